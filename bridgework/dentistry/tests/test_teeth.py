import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.dentistry import teeth

NORMAL = teeth.PERMANENT + teeth.PRIMARY
normal_teeth = st.sampled_from(NORMAL)
all_teeth = st.sampled_from(sorted(teeth.TEETH))


@pytest.mark.parametrize(
    ("universal", "fdi", "palmer", "name"),
    [
        ("3", "16", "UR6", "upper right first molar"),
        ("14", "26", "UL6", "upper left first molar"),
        ("19", "36", "LL6", "lower left first molar"),
        ("30", "46", "LR6", "lower right first molar"),
        ("8", "11", "UR1", "upper right central incisor"),
        ("1", "18", "UR8", "upper right third molar"),
        ("16", "28", "UL8", "upper left third molar"),
        ("17", "38", "LL8", "lower left third molar"),
        ("32", "48", "LR8", "lower right third molar"),
        ("24", "31", "LL1", "lower left central incisor"),
        ("28", "44", "LR4", "lower right first premolar"),
        ("A", "55", "URE", "primary upper right second molar"),
        ("E", "51", "URA", "primary upper right central incisor"),
        ("J", "65", "ULE", "primary upper left second molar"),
        ("K", "75", "LLE", "primary lower left second molar"),
        ("P", "81", "LRA", "primary lower right central incisor"),
        ("T", "85", "LRE", "primary lower right second molar"),
    ],
)
def test_published_anchors(universal: str, fdi: str, palmer: str, name: str) -> None:
    assert (teeth.to_fdi(universal), teeth.to_palmer(universal)) == (fdi, palmer)
    assert teeth.name(universal) == name


def test_there_are_52_teeth_and_as_many_extra_ones() -> None:
    assert len(NORMAL) == len(set(NORMAL)) == 52
    assert set(teeth.TEETH) - set(NORMAL) == {str(n) for n in range(51, 83)} | {
        letter + "S" for letter in teeth.PRIMARY
    }


def test_extra_tooth_has_words_but_no_number_elsewhere() -> None:
    assert teeth.name("69") == "extra tooth beside the lower left first molar"
    assert (teeth.to_fdi("69"), teeth.to_palmer("69"), teeth.to_snomed("69")) == ("", "", "")
    assert teeth.label("69") == "#69 (extra tooth)"
    assert teeth.label("19") == "#19 (FDI 36)"


@given(normal_teeth)
def test_every_notation_leads_back_to_the_tooth(universal: str) -> None:
    fdi, palmer = teeth.to_fdi(universal), teeth.to_palmer(universal)
    assert teeth.from_fdi(fdi) == teeth.from_fdi(f"{fdi[0]}.{fdi[1]}") == universal
    assert teeth.from_palmer(palmer) == teeth.from_palmer(palmer.lower()) == universal
    assert teeth.from_coding("http://snomed.info/sct", teeth.to_snomed(universal)) == universal


@given(all_teeth)
def test_universal_reads_back_as_people_write_it(universal: str) -> None:
    for written in (universal, f"#{universal}", f" {universal.lower()} "):
        assert teeth.parse_universal(written) == universal


@given(all_teeth)
def test_name_in_words_reads_back(universal: str) -> None:
    words = teeth.name(universal).replace("extra tooth beside the ", "supernumerary ")
    assert teeth.from_display(words) == universal


@given(normal_teeth)
def test_label_and_every_display_reads_back(universal: str) -> None:
    tooth = teeth.TEETH[universal]
    arch, side = (
        ("maxillary" if tooth.quadrant < 2 else "mandibular"),
        ("right", "left", "left", "right")[tooth.quadrant],
    )
    dentition = "deciduous" if tooth.is_primary else "permanent"
    displays = [
        f"Tooth {universal}" + ("." if universal in "AI" else ""),
        f"#{universal}",
        f"Tooth #{universal}",
        teeth.label(universal),
        f"FDI {tooth.fdi}",
        f"{tooth.fdi} FDI",
        tooth.palmer,
        f"Entire {dentition} {arch} {side} {tooth.kind} tooth",
        f"Structure of {dentition} {arch} {side} {tooth.kind} tooth (body structure)",
        f"{dentition.title()} {'lower' if tooth.quadrant > 1 else 'upper'} {side} {tooth.kind} tooth",
        f"Surgical extraction of tooth #{universal}",
    ]
    assert {display: teeth.from_display(display) for display in displays} == dict.fromkeys(displays, universal)


@pytest.mark.parametrize(
    ("display", "universal"),
    [
        ("Mandibular left lateral tooth", "23"),
        ("\tPermanent maxillary right canine tooth", "6"),
        ("Entire permanent mandibular lower left first premolar tooth", "21"),
        ("Supernumerary deciduous mandibular left second molar tooth ", "KS"),
        ("Permanent\xa0maxillary left first bicuspid", "12"),
        ("left lower 6", "19"),
        ("lower left six", "19"),
        ("upper right wisdom tooth", "1"),
        ("upper left baby canine", "H"),
        ("PA_19.jpg", "19"),
        ("tooth 3.6", "19"),
    ],
)
def test_displays_seen_in_the_wild_are_read(display: str, universal: str) -> None:
    assert teeth.from_display(display) == universal


@pytest.mark.parametrize(
    "display",
    [
        "",
        "Toothache (finding)",
        "lower left molar",
        "tooth 55",
        "tooth 99",
        "teeth 18, 19",
        "Infection of tooth",
        "IMG_0019",
    ],
)
def test_display_in_doubt_names_no_tooth(display: str) -> None:
    assert teeth.from_display(display) is None


@pytest.mark.parametrize(
    ("system", "code", "universal"),
    [
        ("http://terminology.hl7.org/CodeSystem/ADAUniversalToothDesignationSystem", "19", "19"),
        ("http://terminology.hl7.org/CodeSystem/ADAUniversalToothDesignationSystem", "AS", "AS"),
        ("http://terminology.hl7.org/CodeSystem/ADAUniversalToothDesignationSystem", "36", None),
        ("http://ohia-codes.org/CodeSystem/ode-tooth-universal", "30", "30"),
        ("JP", "30", "30"),
        ("http://terminology.hl7.org/CodeSystem/ex-tooth", "36", "19"),
        ("http://terminology.hl7.org/CodeSystem/ex-tooth", "1", None),
        ("urn:iso:std:iso:3950", "85", "T"),
        ("FDI", "3.6", "19"),
        ("JO", "46", "30"),
        ("Palmer", "LL6", "19"),
        ("http://snomed.info/sct", "245568002", "3"),
        ("http://snomed.info/sct", "245592005", "30"),
        ("http://snomed.info/sct", "245615002", "A"),
        ("http://snomed.info/sct", "245642001", "O"),
        ("http://snomed.info/sct|http://snomed.info/sct/731000124108", "865995000", "3"),
        ("urn:oid:2.16.840.1.113883.6.96", "422653006", "8"),
        ("http://snomed.info/sct", "424399000", "9"),
        ("http://snomed.info/sct", "865988009", "14"),
        ("http://snomed.info/sct", "863901004", "15"),
        ("http://snomed.info/sct", "48402004", "18"),
        ("http://snomed.info/sct", " 245604007\xa0", "19"),
        ("http://snomed.info/sct", "27355003", None),
        ("http://www.ada.org/snodent", "161372D", None),
        ("", "19", None),
    ],
)
def test_coded_teeth_are_read_by_their_system(system: str, code: str, universal: str | None) -> None:
    assert teeth.from_coding(system, code) == universal


def test_primary_code_that_is_displayed_as_permanent_stays_primary() -> None:
    assert teeth.is_primary(teeth.from_coding("http://snomed.info/sct", "245616001") or "")


def test_every_family_of_snomed_codes_names_every_tooth_once() -> None:
    codes = teeth.UNIVERSAL_BY_SNOMED
    assert {teeth.to_snomed(tooth) for tooth in NORMAL} <= set(codes)
    assert all(sum(universal == tooth for universal in codes.values()) >= 2 for tooth in NORMAL)
    assert len(codes) == 52 + 52 + 20  # twelve of the older structures kept their code


@pytest.mark.parametrize(
    ("typed", "found", "unreadable"),
    [
        ("19, 3.6, UR6", ("19", "3"), ()),
        ("1 16 17 32", ("1", "16", "17", "32"), ()),
        ("#17 and #32", ("17", "32"), ()),
        ("1-3; a", ("1", "2", "3", "A"), ()),
        ("LL 6, lower right first molar", ("19", "30"), ()),
        ("36", (), ("36",)),
        ("55", ("55",), ()),
        ("19, x9, 3.9", ("19",), ("x9", "3.9")),
        ("", (), ()),
    ],
)
def test_typed_teeth_are_read_and_the_rest_named(
    typed: str, found: tuple[str, ...], unreadable: tuple[str, ...]
) -> None:
    assert teeth.parse_typed(typed) == (found, unreadable)


@given(st.lists(all_teeth, max_size=6, unique=True), st.sampled_from([", ", " ", "; ", " and ", "\n"]))
def test_typed_list_gives_the_same_teeth_in_order(picked: list[str], joint: str) -> None:
    assert teeth.parse_typed(joint.join(picked)) == (tuple(picked), ())


@given(st.text(max_size=60))
def test_any_typed_text_is_read_or_named_unreadable(text: str) -> None:
    found, _ = teeth.parse_typed(text)
    assert set(found) <= set(teeth.TEETH)
    assert len(found) == len(set(found))


def test_arches_are_drawn_as_the_dentist_sees_the_mouth() -> None:
    upper, lower = teeth.ARCHES["permanent"]
    assert (upper[0], upper[-1], lower[0], lower[-1]) == ("1", "16", "32", "17")
    upper, lower = teeth.ARCHES["primary"]
    assert (upper[0], upper[-1], lower[0], lower[-1]) == ("A", "J", "T", "K")


@pytest.mark.parametrize(
    ("age", "dentition"),
    [(0, "primary"), (5.9, "primary"), (6, "mixed"), (12, "mixed"), (13, "permanent"), (40, "permanent")],
)
def test_age_tells_which_teeth_to_expect(age: float, dentition: str) -> None:
    assert teeth.expected_dentition(age) == dentition
