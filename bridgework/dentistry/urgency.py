"""How soon a patient must be seen, and words that should make somebody look at once.

The product only suggests; a person chooses the urgency and a clinician signs a red flag off.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bridgework.dentistry.plain_words import duration_in_days, is_denied


@dataclass(frozen=True)
class Urgency:
    """One step of urgency. Hours and days are those of the receiving office; `visit_days` 0 means the same day."""

    key: str
    label: str
    contact_hours: int
    limit_hours: int
    visit_days: int


@dataclass(frozen=True)
class RedFlag:
    """One reason to act at once. `because` quotes what was written or answered; `urgency` is the least that fits."""

    kind: str
    label: str
    because: str
    urgency: str


_ALL = (
    Urgency("routine", "Routine", 24, 48, 28),
    Urgency("soon", "Soon", 24, 48, 7),
    Urgency("urgent", "Urgent", 4, 8, 2),
    Urgency("emergency", "Emergency", 1, 2, 0),
)
URGENCIES: dict[str, Urgency] = {urgency.key: urgency for urgency in _ALL}
_RANK = {key: rank for rank, key in enumerate(URGENCIES)}

RED_FLAGS: dict[str, str] = {
    "airway": "Airway at risk",
    "spreading_infection": "Spreading infection",
    "trauma": "Injury",
    "suspected_cancer": "Suspected cancer",
}

_CANNOT = (
    r"(?:can(?:no|')?t|cannot|unable to|not able to|difficulty|difficult to|trouble|hard to|struggl\w+ to|hurts to)"
)
_PLACE = r"(?:eye|orbit|throat|neck|chin|jaw|cheek|face|floor of (?:the )?mouth|submandibular|sublingual)"
_LESION = (
    r"(?:ulcer\w*|(?:mouth|canker|cold|open|a) sores?|(?<!apical )(?<!carious )lesions?|lumps?|patch\w*|growths?|mass)"
)
# kind, least urgency, pattern. The first finding of a kind is quoted.
_WORDS: tuple[tuple[str, str, str], ...] = (
    ("airway", "emergency", rf"{_CANNOT}\s+(?:to\s+)?(?:swallow|breath|speak|talk)\w*"),
    ("airway", "emergency", r"dysphagia|dyspn(?:o)?ea|stridor|drooling|(?:muffled|hot.potato) voice|ludwig\S*"),
    ("airway", "emergency", r"(?:floor of (?:the )?mouth|tongue) (?:is |looks )?(?:raised|elevated|swollen|pushed)"),
    ("spreading_infection", "emergency", rf"swell\w*(?: \w+){{0,4}} (?:clos\w+|near|around|toward\w*|into|to|over|under) (?:\w+ ){{0,2}}{_PLACE}"),
    ("spreading_infection", "emergency", r"eye (?:is |was )?(?:almost |nearly |half )?(?:swollen|clos\w+|shut)|(?:swollen|closed|closing) (?:\w+ )?eye"),
    ("spreading_infection", "emergency", r"trismus|(?:can(?:no|')?t|cannot|unable to|hardly) open (?:\w+ ){0,2}mouth"),
    ("spreading_infection", "emergency", r"cellulitis|cavernous sinus|spreading (?:infection|swelling)|(?:infection|swelling) (?:is |keeps )?(?:spread|grow|increas)\w+"),
    ("spreading_infection", "urgent", r"(?:facial|cheek|submandibular|neck|jaw) (?:swelling|is swollen)|swollen (?:face|cheek|neck|jaw)|(?:face|cheek|neck|jaw) (?:is |was )?swollen"),
    ("spreading_infection", "urgent", r"fever\w*(?: \w+){0,4} (?:swell\w*|abscess)|(?:swell\w*|abscess)(?: \w+){0,4} fever"),
    ("trauma", "emergency", r"avuls\w+|knocked.out|(?:broken|fractured) (?:jaw|mandible|maxilla)|(?:jaw|mandib\w+|maxill\w+|alveolar|condyl\w+) fracture"),
    ("trauma", "urgent", r"luxat\w+|intruded|extruded tooth|(?:dental|facial|recent) trauma|(?:hit|kicked|punched|elbowed) (?:in|on) (?:the )?(?:face|mouth|jaw|teeth)|fell (?:on|off|from|down)"),
    ("suspected_cancer", "urgent", r"leu[ck]oplaki\w+|erythro\w*plaki\w+|(?:white|red|speckled)(?: and (?:white|red))? (?:\w+ )?(?:patch|lesion|plaque)\w*"),
    ("suspected_cancer", "urgent", rf"non.?healing (?:\w+ )?(?:{_LESION}|socket)|{_LESION}(?: \w+){{0,5}} (?:not|n't|won't|never|does not|doesn't|has not|hasn't) heal\w*"),
    ("suspected_cancer", "urgent", r"numb\w*(?: \w+){0,3} (?:lip|chin|tongue|cheek)|(?:lip|chin|tongue) (?:is |feels |went |has been )?numb\w*|par(?:a)?esthesia"),
    ("suspected_cancer", "urgent", r"indurat\w+|fixed (?:lump|mass|node)|(?:neck|cervical) (?:lump|mass|node)s?|lump in (?:the |her |his )?neck|enlarged (?:lymph )?nodes?"),
    ("suspected_cancer", "urgent", r"(?:suspicious|suspect\w*|susp\.|possible|probable|r/o|rule out|concern\w* for|query) (?:\w+ ){0,3}(?:cancer|carcinoma|malignan\w+|lesion|scc|neoplas\w+|dysplasia|lymphoma)"),
    ("suspected_cancer", "urgent", r"squamous cell|unexplained (?:bleeding|tooth mobility|loosening|mass|lump)"),
)  # fmt: skip
_PATTERNS = tuple((kind, urgency, re.compile(rf"\b(?:{pattern})\b", re.I)) for kind, urgency, pattern in _WORDS)
_LASTING_LESION = re.compile(rf"\b({_LESION})\b[^.;\n]{{0,80}}", re.I)
_LASTS_TOO_LONG = 14  # days; a lesion that stays longer needs a biopsy (American Dental Association guideline, 2017)
_LONG_AGO = re.compile(r"[^.;\n]{0,60}\b(?:years? ago|months? ago|as a (?:child|kid|teen\w*)|in (?:19|20)\d\d)\b", re.I)


def red_flags_in(text: str, answers: Mapping[str, str]) -> tuple[RedFlag, ...]:
    """Find the red flags in a reason and in the answers of a form, gravest first, one of each kind.

    English words only. What the text itself denies ("no swelling", "trismus: none") does not count.
    """
    found: dict[str, RedFlag] = {}
    for flag in (*_in_answers(answers), *_in_text(text.replace("’", "'"))):
        kept = found.get(flag.kind)
        if kept is None or _RANK[flag.urgency] > _RANK[kept.urgency]:
            found[flag.kind] = flag
    return tuple(found[kind] for kind in RED_FLAGS if kind in found)


def suggested(chosen: str, flags: tuple[RedFlag, ...]) -> str:
    """Suggest the urgency that fits the flags, never less than what was chosen. Raises KeyError for an unknown word."""
    return max((chosen, *(flag.urgency for flag in flags)), key=_RANK.__getitem__)


def _in_text(text: str) -> list[RedFlag]:
    flags = []
    for kind, urgency, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            is_over = kind == "trauma" and _LONG_AGO.match(text, match.end())
            if not is_over and not is_denied(text, match.start(), match.end()):
                flags.append(_flag(kind, f"The reason says “{_quoted(match[0])}”.", urgency))
                break
    return flags + _lasting_lesion(text)


def _lasting_lesion(text: str) -> list[RedFlag]:
    """Find "ulcer for five weeks", whatever stands between."""
    for match in _LASTING_LESION.finditer(text):
        days = duration_in_days(match[0])
        if days and days > _LASTS_TOO_LONG and not is_denied(text, match.start(1), match.end(1)):
            return [_flag("suspected_cancer", f"The reason says “{_quoted(match[0])}”.", "urgent")]
    return []


def _in_answers(answers: Mapping[str, str]) -> list[RedFlag]:
    """Read the answers of the surgical and endodontic forms; keys as in `surgery_questions`."""
    swelling, colour = answers.get("swelling", ""), answers.get("colour", "")
    is_swollen, is_short = swelling in ("local", "face", "spreading"), answers.get("duration") == "under_2_weeks"
    rules = (
        ("airway", "emergency", answers.get("swallowing") == "yes", "Swallowing, speaking or breathing is hard."),
        ("spreading_infection", "emergency", swelling == "spreading", "The swelling spreads to eye, throat or neck."),
        ("spreading_infection", "emergency", is_swollen and answers.get("opening") == "under_20", "Swelling, and the mouth hardly opens."),
        ("spreading_infection", "urgent", swelling == "face", "The face is swollen."),
        ("spreading_infection", "urgent", is_swollen and answers.get("fever") == "yes", "Swelling with fever."),
        ("trauma", "emergency", answers.get("injury") in ("knocked_out", "jaw"), "A tooth is knocked out or the jaw may be broken."),
        ("trauma", "emergency", answers.get("unconscious") == "yes", "The patient was unconscious or sick after the injury."),
        ("trauma", "urgent", answers.get("injury") == "moved", "A tooth was moved by the injury."),
        ("suspected_cancer", "urgent", answers.get("duration") == "over_3_weeks" and answers.get("form") != "bone", "The lesion has been there for over three weeks."),
        ("suspected_cancer", "urgent", colour in ("red", "white", "red_and_white") and not is_short, "A red or white patch that has not gone."),
        ("suspected_cancer", "urgent", answers.get("hard") == "yes", "The lesion is hard or fixed."),
        ("suspected_cancer", "urgent", answers.get("numbness") == "yes", "Lip, chin or tongue is numb."),
        ("suspected_cancer", "urgent", answers.get("neck_lump") == "yes", "There is a lump in the neck."),
    )  # fmt: skip
    return [_flag(kind, because, urgency) for kind, urgency, applies, because in rules if applies]


def _flag(kind: str, because: str, urgency: str) -> RedFlag:
    return RedFlag(kind, RED_FLAGS[kind], because, urgency)


def _quoted(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= 60 else plain[:57].rsplit(" ", 1)[0] + " …"
