"""What whoever treats must know before treating, read from lists of medications, allergies and conditions.

The product points at words; it never says that nothing is wrong. Names of drugs are facts (generic and brand, United
States). A flag is shown until a person takes the entry off the list.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from bridgework.dentistry.plain_words import is_denied


@dataclass(frozen=True)
class SafetyFlag:
    """One thing to know before treating; `because` quotes the entries that it was read from."""

    kind: str
    label: str
    because: str


# In the order in which they are shown.
SAFETY_FLAGS: dict[str, str] = {
    "anticoagulant": "Anticoagulant",
    "antiplatelet": "Antiplatelet drug",
    "bleeding_disorder": "Bleeding disorder",
    "antiresorptive": "Antiresorptive drug",
    "head_neck_radiation": "Head and neck radiation",
    "antibiotic_cover": "May need antibiotic cover",
    "anaesthetic_allergy": "Allergy to a local anesthetic",
    "penicillin_allergy": "Penicillin allergy",
    "latex_allergy": "Latex allergy",
    "pregnancy": "Pregnancy",
    "immunosuppression": "Immunosuppression",
    "diabetes": "Diabetes poorly controlled",
}

_ANTICOAGULANTS = """warfarin coumadin jantoven apixaban eliquis rivaroxaban xarelto dabigatran pradaxa edoxaban savaysa
    heparin enoxaparin lovenox dalteparin fragmin fondaparinux arixtra acenocoumarol"""
_ANTIPLATELETS = """clopidogrel plavix prasugrel effient ticagrelor brilinta aspirin asa ecotrin dipyridamole aggrenox
    cilostazol pletal vorapaxar"""
_ANTIRESORPTIVES = """alendronate alendronic fosamax binosto risedronate actonel atelvia ibandronate boniva zoledronic
    zoledronate reclast zometa pamidronate aredia etidronate didronel clodronate denosumab prolia xgeva jubbonti wyost
    romosozumab evenity"""
_IMMUNOSUPPRESSANTS = """methotrexate trexall azathioprine imuran mycophenolate cellcept myfortic cyclosporine neoral
    tacrolimus prograf sirolimus rapamune everolimus adalimumab humira etanercept enbrel infliximab remicade rituximab
    rituxan golimumab simponi certolizumab cimzia tofacitinib xeljanz baricitinib olumiant upadacitinib rinvoq tocilizumab
    actemra abatacept orencia ustekinumab stelara leflunomide arava prednisone prednisolone methylprednisolone medrol
    dexamethasone"""
_ANAESTHETICS = """lidocaine lignocaine xylocaine lignospan articaine septocaine mepivacaine carbocaine polocaine prilocaine
    citanest bupivacaine marcaine benzocaine procaine novocaine novocain tetracaine metabisulfite sulfite sulfites"""
_PENICILLINS = """penicillin penicillins pcn amoxicillin amoxil ampicillin augmentin amoxiclav dicloxacillin piperacillin
    unasyn"""

_DRUGS: dict[str, frozenset[str]] = {
    "anticoagulant": frozenset(_ANTICOAGULANTS.split()),
    "antiplatelet": frozenset(_ANTIPLATELETS.split()),
    "antiresorptive": frozenset(_ANTIRESORPTIVES.split()),
    "immunosuppression": frozenset(_IMMUNOSUPPRESSANTS.split()),
}
_ALLERGENS: dict[str, frozenset[str]] = {
    "anaesthetic_allergy": frozenset(_ANAESTHETICS.split()),
    "penicillin_allergy": frozenset(_PENICILLINS.split()),
    "latex_allergy": frozenset({"latex"}),
}
_LOCAL_ANAESTHETIC = re.compile(r"local an(?:a)?esthetics?|\bcaine\b", re.I)
_RUBBER = re.compile(r"\b(?:natural )?rubber\b", re.I)

_RADIATED = r"(?:radiation|radiotherapy|irradiat\w+|xrt|imrt|chemoradiation)"
_HEAD_NECK = (
    r"(?:head|neck|jaw|mandib\w+|maxill\w+|oral|mouth|tongue|throat|larynx|laryn\w+|\w*pharyn\w+|parotid|tonsil\w*)"
)
_VALVE = r"(?:heart|cardiac|aortic|mitral|tricuspid|pulmonary|pulmonic)"
_CONDITIONS: tuple[tuple[str, str], ...] = (
    ("bleeding_disorder", r"h(?:a)?emophilia\w*|von willebrand\w*|thrombocytop\w+|bleeding disorder|coagulopathy|factor (?:viii|ix) deficiency"),
    ("head_neck_radiation", rf"{_RADIATED}[^.;]{{0,40}}\b{_HEAD_NECK}|{_HEAD_NECK}\b[^.;]{{0,40}}\b{_RADIATED}|osteoradionecrosis"),
    # American Heart Association 2021 (Circulation 143:e963): prosthetic valve or material, endocarditis before, some
    # congenital heart disease, valve disease after a heart transplant. Joint replacements are not among them.
    ("antibiotic_cover", rf"(?:prosthetic|artificial|mechanical|bio-?prosthetic|tissue|replaced|new) (?:\w+ )?(?:heart )?valve|(?:{_VALVE} )?valve (?:was )?replace\w*|replacement of (?:\w+ ){{0,2}}valve|tav[ri]|annuloplasty|mitraclip|ventricular assist device|lvad"),
    ("antibiotic_cover", r"endocarditis"),
    ("antibiotic_cover", r"congenital heart|cyanotic heart|congenital cardiac|tetralogy|fontan|transposition of (?:the )?great|hypoplastic left"),
    ("antibiotic_cover", r"(?:heart|cardiac) transplant\w*[^.;]{0,40}\bvalv\w+"),
    ("pregnancy", r"pregnan\w*|gravid\w*|gestation\w*|(?:first|second|third|1st|2nd|3rd) trimester"),
    ("immunosuppression", r"transplant\w*|immuno-?suppress\w*|immuno-?compromis\w*|immune deficien\w*|immunodeficien\w*|hiv|aids|chemotherapy|neutropeni\w*|leuk(?:a)?emia|multiple myeloma|splenectomy|asplenia"),
    ("diabetes", r"(?:uncontrolled|poorly.controlled|brittle|out of control) (?:\w+ ){0,3}diabet\w*|diabet\w*[^.;]{0,30}\b(?:uncontrolled|poorly controlled|not controlled|poor control|with hyperglyc(?:a)?emia)"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{pattern})\b", re.I)) for kind, pattern in _CONDITIONS)
_HBA1C = re.compile(r"(?:hb ?a1c|a1c|h(?:a)?emoglobin a1c)\D{0,15}(\d{1,2}(?:\.\d+)?)", re.I)
_HBA1C_TOO_HIGH = 8.0  # percent; elective surgery is usually put off from here on

_WORD = re.compile(r"[a-z]+", re.I)
_ALLERGIC = re.compile(r"allerg|anaphyla|hives|reaction to", re.I)
_FUZZY_FROM, _FUZZY_TO = 7, 40  # letters; shorter names are too near to others
_ALIKE = 0.87


def safety_flags(
    medications: Iterable[str], allergies: Iterable[str], conditions: Iterable[str]
) -> tuple[SafetyFlag, ...]:
    """Read the flags from free entries such as "Eliquis 5 mg BID", "Penicillin: hives", "Mitral valve replaced 2019".

    One flag a kind, in the order of SAFETY_FLAGS, quoting every entry that gave it. Slips of spelling are forgiven in
    long names. Entries that deny themselves ("no latex allergy", "not pregnant") give nothing.
    """
    quoted: dict[str, list[str]] = {}
    for entries, read in ((medications, _in_medication), (allergies, _in_allergy), (conditions, _in_condition)):
        for entry in entries:
            for kind in read(entry):
                kept = quoted.setdefault(kind, [])
                kept += [entry.strip()] if entry.strip() not in kept else []
    return tuple(
        SafetyFlag(kind, label, "From the record: " + ", ".join(f"“{entry}”" for entry in quoted[kind]) + ".")
        for kind, label in SAFETY_FLAGS.items()
        if kind in quoted
    )


def _in_medication(entry: str) -> set[str]:
    return {kind for kind, names in _DRUGS.items() if _names_one_of(entry, names)}


def _in_allergy(entry: str) -> set[str]:
    kinds = {kind for kind, names in _ALLERGENS.items() if _names_one_of(entry, names)}
    for kind, pattern in (("anaesthetic_allergy", _LOCAL_ANAESTHETIC), ("latex_allergy", _RUBBER)):
        if _is_said(entry, pattern):
            kinds.add(kind)
    return kinds


def _in_condition(entry: str) -> set[str]:
    """Read a condition; people also write drugs and allergies there ("on warfarin", "allergic to latex")."""
    kinds = {kind for kind, pattern in _PATTERNS if _is_said(entry, pattern)} | _in_medication(entry)
    if _ALLERGIC.search(entry):
        kinds |= _in_allergy(entry)
    if any(_HBA1C_TOO_HIGH <= float(value) < 20 for value in _HBA1C.findall(entry)):
        kinds.add("diabetes")
    return kinds


def _is_said(entry: str, pattern: re.Pattern[str]) -> bool:
    return any(not is_denied(entry, match.start(), match.end()) for match in pattern.finditer(entry))


def _names_one_of(entry: str, names: frozenset[str]) -> bool:
    return any(
        _is_one_of(match[0].lower(), names) and not is_denied(entry, match.start(), match.end())
        for match in _WORD.finditer(entry)
    )


@lru_cache(maxsize=4096)
def _is_one_of(word: str, names: frozenset[str]) -> bool:
    """Tell whether a word is one of the names or a slip of one; no drug has a name of forty letters."""
    if word in names or not _FUZZY_FROM <= len(word) < _FUZZY_TO:
        return word in names
    alike = (
        name for name in names if len(name) >= _FUZZY_FROM and name[0] == word[0] and abs(len(name) - len(word)) < 3
    )
    return any(SequenceMatcher(None, word, name).ratio() >= _ALIKE for name in alike)
