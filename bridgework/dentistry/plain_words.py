"""Small readings of English notes that several rules need: what is denied, and how long something lasts."""

import re

_NUMBERS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_UNIT_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_DURATION = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_NUMBERS)}|an|one|several|many|couple of|few)\s*-?\s*"
    r"(?:to\s+\d+\s+|-\s*\d+\s+)?(?:more\s+)?(days?|weeks?|wks?|months?|mos?|years?|yrs?)\b",
    re.I,
)
_STRONG = r"\b(?P<strong>denie[sd]|denying|negative for|free of|absence of|ruled out|without)"
_WEAK = r"(?P<weak>\bnot|n't|\bnever)"
_NO_DENIAL = (
    r"relief|improv\w+|better|change|response|respond\w+|help\w*|work\w*|longer|only|answer|insurance|sleep|sure"
)
_DENIAL = re.compile(rf"(?:{_STRONG}|{_WEAK}|\b(?:no|nor|neither|nil))\b(?!\s+(?:{_NO_DENIAL})\b)", re.I)
# After one of these a denial before it is over: "no pain but swelling", "no fever, has trismus".
_DENIAL_ENDS = re.compile(
    r"\b(?:but|however|although|except|now|has|is|with|reports|presents|developed|only)\b|[.;:!?\n]", re.I
)
_AFTER_NOT = re.compile(
    r"\s*(?:(?:have|had|having|any|a|an|the|report\w*|show\w*|note\w*|feel\w*|experienc\w*)\s+){0,3}\w*\s*"
)
_OTHER_CLAUSE = re.compile(r"[.;:!?\n]|\bbut\b", re.I)
_DENIED_AFTER = re.compile(
    r"\s*(?:tests?|screen(?:ing)?)?\s*(?:[:=-]|is|was|are)?\s*"
    r"(?:(?:no|none|nil)(?=\s*(?:$|[,.;)\n]))|(?:absent|denied|negative|not present|resolved|ruled out)\b)",
    re.I,
)


def is_denied(text: str, start: int, end: int) -> bool:
    """Tell whether a finding is said to be absent, by words before it in the same clause or right behind it.

    In doubt it is not: a denial reaches three words, and over commas only in a list that it plainly governs ("denies
    fever, swelling", "no fever, swelling or trismus"), so that "no relief, facial swelling" stays a finding.
    """
    if _DENIED_AFTER.match(text, end):
        return True
    before = text[max(0, start - 80) : start]
    denials = list(_DENIAL.finditer(before))
    return bool(denials) and _reaches(
        denials[-1], before[denials[-1].end() :], _OTHER_CLAUSE.split(text[end : end + 60])[0]
    )


def _reaches(denial: re.Match[str], between: str, after: str) -> bool:
    """Tell whether a denial holds up to a finding, by the words between them and those behind the finding."""
    pieces = between.split(",")
    if _DENIAL_ENDS.search(between) or any(len(piece.split()) > 3 for piece in pieces):
        return False
    if denial["weak"]:
        return _AFTER_NOT.fullmatch(between) is not None
    return len(pieces) == 1 or bool(denial["strong"]) or re.search(r"\bn?or\b", between + after, re.I) is not None


def duration_in_days(text: str) -> int | None:
    """Read the longest time span that a text names, in days, or None. "Several" counts as three."""
    spans = [_count(match[1].lower()) * _UNIT_DAYS[match[2][0].lower()] for match in _DURATION.finditer(text)]
    return max(spans, default=None)


def _count(word: str) -> int:
    if word.isdigit():
        return int(word)
    vague = {"an": 1, "one": 1, "several": 3, "many": 3, "couple of": 2, "few": 3}
    return vague[word] if word in vague else _NUMBERS.index(word) + 1
