"""The specialties a referral can go to: what they do, what they ask, which films they need, how soon they usually see."""

import re
from dataclasses import dataclass

from bridgework.dentistry import specialty_questions as asked
from bridgework.dentistry import surgery_questions as surgery
from bridgework.dentistry.questions import Question

FILM_KINDS: dict[str, str] = {
    "periapical": "Periapical",
    "bitewing": "Bitewing",
    "panoramic": "Panoramic",
    "cbct": "CBCT",
    "cephalometric": "Cephalometric",
    "full_mouth": "Full mouth series",
    "photo": "Photograph",
    "other": "Other image",
}


@dataclass(frozen=True)
class ExpectedFilm:
    """One image that the treating office will want. Any of `kinds` will do; `months` is how old it may be."""

    kinds: tuple[str, ...]
    label: str
    months: int
    must_show: str = ""  # what a person checks on it, for example "the whole root and its tip"


@dataclass(frozen=True)
class Procedure:
    """What a specialty is asked to do. An empty `questions` means: those of the specialty."""

    key: str
    label: str
    questions: tuple[Question, ...] = ()
    films: tuple[ExpectedFilm, ...] = ()
    asks_teeth: bool = True
    urgency: str = ""


@dataclass(frozen=True)
class Specialty:
    """One specialty; keys are those of the command line contract, `nucc` the provider taxonomy (nucc.org)."""

    key: str
    label: str
    nucc: str
    procedures: tuple[Procedure, ...]
    questions: tuple[Question, ...]
    urgency: str = "routine"
    films: tuple[ExpectedFilm, ...] = ()

    def procedure(self, key: str) -> Procedure | None:
        """Find one of its procedures, or None for an unknown or empty key."""
        return next((procedure for procedure in self.procedures if procedure.key == key), None)


_APEX = "the whole root, 2 mm beyond its tip"
_PERIAPICAL = ExpectedFilm(("periapical", "cbct"), "Periapical film", 6, _APEX)
_ROOT = ExpectedFilm(("periapical", "panoramic", "cbct"), "Film of the whole root", 12, _APEX)
_WISDOM = ExpectedFilm(("panoramic", "cbct"), "Panoramic film", 24, "the wisdom teeth and the nerve canal")
_SITE = ExpectedFilm(("periapical", "panoramic", "cbct"), "Film of the site", 12, "the bone and the neighboring roots")
_MOUTH = ExpectedFilm(("full_mouth", "bitewing", "panoramic"), "Full mouth series or bitewings", 24, "the bone level")
_PANORAMIC = ExpectedFilm(("panoramic", "cbct"), "Panoramic film", 24, "all teeth, also those not yet through")
_JAW = ExpectedFilm(("panoramic", "cbct"), "Panoramic film or CBCT", 12, "both jaw joints")
_PHOTO = ExpectedFilm(("photo",), "Photograph", 3, "the place in focus, with a scale")
_ADULT_WORK = ExpectedFilm(("full_mouth", "panoramic", "periapical", "cbct"), "Films of the teeth concerned", 24)


def _procedures(*pairs: tuple[str, str], asks_teeth: bool = True) -> tuple[Procedure, ...]:
    return tuple(Procedure(key, label, asks_teeth=asks_teeth) for key, label in pairs)


_ENDODONTICS = _procedures(
    ("root_canal", "Root canal treatment"),
    ("retreatment", "Root canal again"),
    ("apical_surgery", "Root-end surgery"),
    ("crack", "Cracked tooth, evaluate"),
    ("trauma", "Injured tooth"),
    ("evaluation", "Find the cause of pain"),
)
_PERIODONTICS = (
    Procedure("evaluation", "Gum disease, evaluate and treat", asks_teeth=False),
    Procedure("maintenance", "Maintenance after treatment", asks_teeth=False),
    Procedure("crown_lengthening", "Crown lengthening"),
    Procedure("recession", "Recession or gum graft"),
    Procedure("implant", "Implant", surgery.IMPLANT, (_SITE,)),
    Procedure("peri_implantitis", "Disease around an implant"),
    Procedure("frenectomy", "Frenectomy", asks_teeth=False),
)
_ORTHODONTICS = _procedures(
    ("evaluation", "Orthodontic evaluation"),
    ("early", "Early treatment of a child"),
    ("crossbite", "Crossbite"),
    ("impacted", "Impacted tooth"),
    ("before_restoration", "Tooth movement before restoration"),
    asks_teeth=False,
)
_ORAL_SURGERY = (
    Procedure("extraction", "Extraction", surgery.EXTRACTION, (_ROOT,)),
    Procedure("implant", "Implant", surgery.IMPLANT, (_SITE,)),
    Procedure("wisdom_teeth", "Wisdom teeth", surgery.WISDOM_TEETH, (_WISDOM,)),
    Procedure("pathology", "Pathology", surgery.LESION, (_PHOTO,), asks_teeth=False, urgency="soon"),
    Procedure("infection", "Infection", surgery.INFECTION, urgency="urgent"),
    Procedure("trauma", "Trauma", surgery.TRAUMA, urgency="urgent"),
    Procedure("expose", "Expose or remove an impacted tooth", surgery.UNERUPTED, (_PANORAMIC,)),
    Procedure("jaw_joint", "Jaw joint", surgery.JAW_JOINT, (_JAW,), asks_teeth=False),
    Procedure("bone_graft", "Bone graft or sinus lift", films=(_SITE,)),
    Procedure("other", "Other surgery", asks_teeth=False),
)
_LESION = (
    Procedure("lesion", "Ulcer, patch or lump", surgery.LESION, (_PHOTO,), asks_teeth=False, urgency="soon"),
    Procedure("evaluation", "Other evaluation", asks_teeth=False),
)
_PEDIATRIC = (
    *_procedures(("restorations", "Fillings or crowns"), ("pulp", "Nerve treatment"), ("extraction", "Extraction")),
    *_procedures(("behaviour", "Cannot be treated with us"), ("new_patient", "Check-up and care"), asks_teeth=False),
)
_PROSTHODONTICS = (
    *_procedures(("crowns", "Crowns or bridge"), ("implant_crown", "Crown on an implant")),
    *_procedures(("denture", "Denture"), ("full_mouth", "Rebuilding the bite"), asks_teeth=False),
)
_GENERAL = (
    *_procedures(("restoration", "Restoration"), ("extraction", "Extraction"), ("pain", "Toothache")),
    *_procedures(("check_up", "Check-up and care"), ("clearance", "Dental clearance"), asks_teeth=False),
)
_MEDICAL = _procedures(
    ("evaluation", "Medical evaluation"),
    ("diabetes", "Diabetes"),
    ("blood_pressure", "Blood pressure"),
    ("clearance", "Clearance before dental treatment"),
    ("sleep", "Sleep and breathing"),
    asks_teeth=False,
)
_RADIOLOGY = _procedures(("image", "Take images"), ("reading", "Read images"))
_EVALUATION = (Procedure("evaluation", "Evaluation", asks_teeth=False),)

_ALL = (
    Specialty("endodontics", "Endodontics", "1223E0200X", _ENDODONTICS, asked.ENDODONTICS, "soon", (_PERIAPICAL,)),
    Specialty("periodontics", "Periodontics", "1223P0300X", _PERIODONTICS, asked.PERIODONTICS, films=(_MOUTH,)),
    Specialty("orthodontics", "Orthodontics", "1223X0400X", _ORTHODONTICS, asked.ORTHODONTICS, films=(_PANORAMIC,)),
    Specialty("oral_surgery", "Oral surgery", "1223S0112X", _ORAL_SURGERY, surgery.SURGERY),
    Specialty("pediatric", "Pediatric dentistry", "1223P0221X", _PEDIATRIC, asked.PEDIATRIC, "soon"),
    Specialty("prosthodontics", "Prosthodontics", "1223P0700X", _PROSTHODONTICS, asked.GENERAL, films=(_ADULT_WORK,)),
    Specialty("oral_medicine", "Oral medicine", "125Q00000X", _LESION, asked.GENERAL),
    Specialty("oral_radiology", "Oral radiology", "1223X0008X", _RADIOLOGY, asked.RADIOLOGY),
    Specialty("oral_pathology", "Oral pathology", "1223P0106X", _LESION, asked.GENERAL, "soon"),
    Specialty("general", "General dentistry", "1223G0001X", _GENERAL, asked.GENERAL),
    Specialty("medical", "Medical care", "", _MEDICAL, asked.MEDICAL),
    Specialty("unknown", "Not known yet", "", _EVALUATION, asked.GENERAL),
)
SPECIALTIES: dict[str, Specialty] = {specialty.key: specialty for specialty in _ALL}

_OTHER_NUCC = {
    "204E00000X": "oral_surgery",
    "1223D0008X": "oral_radiology",  # printed on claim forms in place of 1223X0008X
    "1223X2210X": "oral_medicine",
    "122300000X": "general",
    "1223D0001X": "general",
    "124Q00000X": "general",
    "261QD0000X": "general",
}
_PHYSICIAN_NUCC = re.compile(r"(20|363|261QP2300|261QF0400)")
# Read from the top: "oral surgery" before "surgery", "pediatric dentistry" before "dentistry".
_WORDS = (
    ("endodontics", r"endodont|root canal"),
    ("periodontics", r"periodont|gum disease"),
    ("orthodontics", r"orthodont"),
    ("oral_pathology", r"oral (and|&) maxillofacial patholog|oral patholog"),
    ("oral_radiology", r"(oral|dental|maxillofacial) radiolog"),
    ("oral_surgery", r"oral (and|&) maxillofacial|oral.{0,30}surg|maxillofacial|\bomfs\b|\boms\b|dental surgery"),
    ("pediatric", r"p(a)?ediatric dent|pedodont|children.s dent"),
    ("prosthodontics", r"prosthodont"),
    ("oral_medicine", r"oral medicine|orofacial pain"),
    ("general", r"\bdent(al|ist|istry)\b"),
    ("medical", r"physician|family medicine|internal medicine|primary care|medical|cardiolog|oncolog|endocrinolog"),
)


def questions_for(specialty: str, procedure: str = "") -> tuple[Question, ...]:
    """Give the questions of a procedure, else those of its specialty. Raises KeyError for an unknown specialty."""
    chosen = SPECIALTIES[specialty].procedure(procedure)
    return (chosen.questions if chosen else ()) or SPECIALTIES[specialty].questions


def films_for(specialty: str, procedure: str = "") -> tuple[ExpectedFilm, ...]:
    """Give the images that the treating office will want. Raises KeyError for an unknown specialty."""
    chosen = SPECIALTIES[specialty].procedure(procedure)
    return (chosen.films if chosen else ()) or SPECIALTIES[specialty].films


def asks_teeth(specialty: str, procedure: str = "") -> bool:
    """Tell whether a referral of this kind must name teeth. Raises KeyError for an unknown specialty."""
    chosen = SPECIALTIES[specialty].procedure(procedure)
    return chosen.asks_teeth if chosen else False


def default_urgency(specialty: str, procedure: str = "") -> str:
    """Give the urgency that the form begins with; a person chooses. Raises KeyError for an unknown specialty."""
    chosen = SPECIALTIES[specialty].procedure(procedure)
    return (chosen.urgency if chosen else "") or SPECIALTIES[specialty].urgency


def from_nucc(code: str) -> str:
    """Tell the specialty of a provider taxonomy code; "unknown" for one that names none of ours."""
    own = {specialty.nucc: specialty.key for specialty in _ALL if specialty.nucc}
    plain = code.strip().upper()
    physician = "medical" if _PHYSICIAN_NUCC.match(plain) else "unknown"
    return own.get(plain) or _OTHER_NUCC.get(plain) or physician


def from_words(text: str) -> str:
    """Tell the specialty that a title, a heading or a sentence names; "unknown" when it names none."""
    folded = text.casefold()
    return next((key for key, pattern in _WORDS if re.search(pattern, folded)), "unknown")
