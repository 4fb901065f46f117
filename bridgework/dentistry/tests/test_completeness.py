from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgework.dentistry import completeness, specialties, wrong_tooth
from bridgework.dentistry.completeness import Check, Film, PacketSummary

TODAY = date(2026, 11, 22)
NOTE = "Pain lower left 6 for two weeks, cracked under old amalgam. Please extract."
WHOLE = PacketSummary(
    today=TODAY,
    urgency="soon",
    reason=NOTE,
    teeth=("19",),
    guard=wrong_tooth.check(["19"], NOTE, 34, ["PA #19"]),
    answers={"why": "fracture", "swelling": "none"},
    films=(Film("periapical", TODAY, ("19",), shows_all=True),),
    has_medications=True,
    has_allergies=True,
    history_date=date(2026, 3, 2),
    has_insurance=True,
    has_phone=True,
    text_consent_date=date(2026, 11, 19),
)


def one(key: str, packet: PacketSummary, procedure: str = "extraction", specialty: str = "oral_surgery") -> Check:
    (found,) = [check for check in completeness.check(specialty, procedure, packet) if check.key == key]
    return found


def test_whole_packet_is_ready_and_says_so() -> None:
    checks = completeness.check("oral_surgery", "extraction", WHOLE)
    assert [(check.state, check.sentence) for check in checks] == [
        ("ok", "The tooth agrees with your words"),
        ("ok", "The usual questions are answered"),
        ("ok", "Periapical is from today, shows the whole root, 2 mm beyond its tip"),
        ("ok", "Medications and allergies included"),
        ("ok", "Medical history of Mar 2"),
        ("ok", "Insurance included"),
        ("ok", "Consent to text, Nov 19"),
    ]
    assert completeness.may_send(checks)


@pytest.mark.parametrize(
    ("key", "packet"),
    [
        ("patient", replace(WHOLE, has_patient=False)),
        ("receiver", replace(WHOLE, has_receiver=False)),
        ("reason", replace(WHOLE, reason="  ")),
        ("teeth", replace(WHOLE, teeth=())),
    ],
)
def test_without_the_essentials_nothing_is_sent(key: str, packet: PacketSummary) -> None:
    assert one(key, packet).state == "blocking"
    assert not completeness.may_send(completeness.check("oral_surgery", "extraction", packet))


def test_urgent_referral_never_waits_for_the_tooth() -> None:
    packet = replace(WHOLE, teeth=(), urgency="emergency")
    assert one("teeth", packet).state == "missing"
    assert completeness.may_send(completeness.check("oral_surgery", "extraction", packet))


def test_lesion_needs_no_tooth() -> None:
    checks = completeness.check("oral_surgery", "pathology", replace(WHOLE, teeth=(), guard=None))
    assert "teeth" not in {check.key for check in checks}


def test_history_of_fourteen_months_is_old_but_may_go() -> None:
    found = one("history", replace(WHOLE, history_date=date(2025, 9, 20)))
    assert (found.state, found.sentence) == ("missing", "Medical history is 14 months old.")


@pytest.mark.parametrize(
    ("films", "sentence"),
    [
        ((), "Film of the whole root is missing. The office would take a new one."),
        ((Film("bitewing", TODAY),), "Film of the whole root is missing. The office would take a new one."),
        ((Film("periapical", TODAY, ("30",)),), "Periapical shows #30, not #19."),
        ((Film("periapical", None, ("19",)),), "Periapical has no date."),
        ((Film("periapical", date(2025, 9, 20), ("19",)),), "Periapical is 14 months old."),
        ((Film("periapical", date(2027, 1, 1), ("19",)),), "Periapical is dated in the future."),
        ((Film("panoramic", date(2023, 9, 20)),), "Panoramic is 3 years old."),
        ((Film("periapical", TODAY, ("19",), False),), "Periapical does not show the whole root, 2 mm beyond its tip."),
    ],
)
def test_film_that_cannot_be_used_is_named(films: tuple[Film, ...], sentence: str) -> None:
    found = one("films", replace(WHOLE, films=films))
    assert (found.state, found.sentence) == ("missing", sentence)


def test_best_film_counts() -> None:
    films = (
        Film("periapical", date(2020, 1, 1), ("19",)),
        Film("periapical", TODAY, ("30",)),
        Film("panoramic", TODAY),
    )
    assert one("films", replace(WHOLE, films=films)).sentence == "Panoramic is from today"


def test_wisdom_teeth_want_a_panoramic_film() -> None:
    packet = replace(WHOLE, teeth=("17",), films=(Film("periapical", TODAY, ("17",)),))
    assert one("films", packet, "wisdom_teeth").sentence.startswith("Panoramic film is missing.")


def test_disagreeing_tooth_is_shown_and_stops_nothing() -> None:
    packet = replace(WHOLE, teeth=("30",), guard=wrong_tooth.check(["30"], NOTE, 34))
    assert (one("teeth", packet).state, one("teeth", packet).sentence) == (
        "missing",
        "The tooth does not agree with your words.",
    )


def test_open_questions_are_named() -> None:
    found = one("answers", replace(WHOLE, answers={}), "root_canal", "endodontics")
    assert found.sentence == "Still open: Pain, Cold test, Percussion and 4 more."
    assert found.state == "missing"


@pytest.mark.parametrize(
    ("medications", "allergies", "sentence"),
    [
        (True, False, "Allergies are not known, not even as none."),
        (False, True, "Medications are not known, not even as none."),
        (False, False, "Medications and allergies are not known, not even as none."),
    ],
)
def test_unknown_medications_and_allergies_are_told_from_none(
    medications: bool, allergies: bool, sentence: str
) -> None:
    assert one("medications", replace(WHOLE, has_medications=medications, has_allergies=allergies)).sentence == sentence


def test_patient_who_cannot_be_reached_is_noticed() -> None:
    assert "no phone" in one("contact", replace(WHOLE, has_phone=False)).sentence
    assert "Consent" in one("contact", replace(WHOLE, text_consent_date=None)).sentence


def test_evaluate_and_treat_alone_is_questioned() -> None:
    assert one("reason", replace(WHOLE, reason="Evaluate and treat")).state == "missing"


@given(
    st.sampled_from([(s.key, p.key) for s in specialties.SPECIALTIES.values() for p in s.procedures]),
    st.dates(date(1990, 1, 1), TODAY),
    st.booleans(),
    st.sampled_from(sorted(specialties.FILM_KINDS)),
)
def test_every_form_gives_sentences(form: tuple[str, str], day: date, known: bool, kind: str) -> None:
    packet = replace(WHOLE, history_date=day, films=(Film(kind, day),), has_medications=known, has_insurance=known)
    for check in completeness.check(*form, packet):
        assert check.sentence
        assert check.ok != check.sentence.endswith(".")


@given(st.integers(0, 4000))
def test_older_film_is_never_better(days: int) -> None:
    def is_ok(age: int) -> bool:
        return one("films", replace(WHOLE, films=(Film("periapical", TODAY - timedelta(days=age)),))).ok

    assert is_ok(days) or not is_ok(days + 1)
