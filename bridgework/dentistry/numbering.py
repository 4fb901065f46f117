"""The four ways to number a tooth: Universal (ours), FDI (ISO 3950), Palmer, and words.

Universal identifiers are strings: "1" to "32" permanent, "A" to "T" primary, "51" to "82" and "AS" to "TS" for an extra
(supernumerary) tooth beside the one it is counted from (claim form of the American Dental Association: +50, +S).
"""

from dataclasses import dataclass
from typing import Literal

QUADRANTS = ("upper right", "upper left", "lower left", "lower right")  # in the order of FDI, 1 to 4 and 5 to 8
PERMANENT = tuple(str(number) for number in range(1, 33))
PRIMARY = tuple("ABCDEFGHIJKLMNOPQRST")

_PALMER_QUADRANTS = ("UR", "UL", "LL", "LR")
_FRONT_NAMES = ("central incisor", "lateral incisor", "canine")
_PERMANENT_NAMES = (*_FRONT_NAMES, "first premolar", "second premolar", "first molar", "second molar", "third molar")
_PRIMARY_NAMES = (*_FRONT_NAMES, "first molar", "second molar")

# As the dentist sees the mouth, patient's right at the left: upper row, lower row.
ARCHES: dict[Literal["permanent", "primary"], tuple[tuple[str, ...], tuple[str, ...]]] = {
    "permanent": (PERMANENT[:16], PERMANENT[:15:-1]),
    "primary": (PRIMARY[:10], PRIMARY[:9:-1]),
}


@dataclass(frozen=True)
class Tooth:
    """One place in the mouth. `position` counts from the midline: 1 to 8, in primary teeth 1 to 5."""

    universal: str
    quadrant: int  # index into QUADRANTS
    position: int
    is_primary: bool
    is_extra: bool = False

    @property
    def fdi(self) -> str:
        """Two digits of ISO 3950, "" for an extra tooth, which that standard does not number."""
        return "" if self.is_extra else f"{self.quadrant + (5 if self.is_primary else 1)}{self.position}"

    @property
    def palmer(self) -> str:
        """Quadrant and position ("LL6"), letters for primary teeth ("LLE"), "" for an extra tooth."""
        position = "ABCDE"[self.position - 1] if self.is_primary else str(self.position)
        return "" if self.is_extra else _PALMER_QUADRANTS[self.quadrant] + position

    @property
    def kind(self) -> str:
        """What sort of tooth it is, without its place: "first molar"."""
        return (_PRIMARY_NAMES if self.is_primary else _PERMANENT_NAMES)[self.position - 1]


def _ring(identifiers: tuple[str, ...], *, is_primary: bool) -> list[Tooth]:
    """Universal numbers run once around the mouth: in to the midline, out again, and back below."""
    size = len(identifiers) // 4
    positions = [*range(size, 0, -1), *range(1, size + 1)] * 2
    return [
        Tooth(identifier, index // size, position, is_primary)
        for index, (identifier, position) in enumerate(zip(identifiers, positions, strict=True))
    ]


def _extra(tooth: Tooth) -> Tooth:
    identifier = tooth.universal + "S" if tooth.is_primary else str(int(tooth.universal) + 50)
    return Tooth(identifier, tooth.quadrant, tooth.position, tooth.is_primary, is_extra=True)


_NORMAL = _ring(PERMANENT, is_primary=False) + _ring(PRIMARY, is_primary=True)
TEETH: dict[str, Tooth] = {tooth.universal: tooth for tooth in [*_NORMAL, *map(_extra, _NORMAL)]}
_BY_FDI = {tooth.fdi: tooth.universal for tooth in _NORMAL}
_BY_PALMER = {tooth.palmer: tooth.universal for tooth in _NORMAL}


def parse_universal(text: str) -> str | None:
    """Read one Universal identifier ("19", "#19", " t ", "AS"), or None."""
    identifier = text.strip().removeprefix("#").strip().upper()
    return identifier if identifier in TEETH else None


def from_fdi(text: str) -> str | None:
    """Read one FDI number ("36", "3.6") as Universal, or None."""
    return _BY_FDI.get(text.strip().replace(".", "", 1))


def from_palmer(text: str) -> str | None:
    """Read one Palmer number ("LL6", "ll-6", "URE") as Universal, or None."""
    return _BY_PALMER.get(text.upper().replace("-", "").replace(" ", ""))


def to_fdi(universal: str) -> str:
    """Give the FDI number; "" for an extra tooth. Raises KeyError when the identifier is unknown."""
    return TEETH[universal].fdi


def to_palmer(universal: str) -> str:
    """Give the Palmer number; "" for an extra tooth. Raises KeyError when the identifier is unknown."""
    return TEETH[universal].palmer


def is_primary(universal: str) -> bool:
    """Tell whether it is a milk tooth. Raises KeyError when the identifier is unknown."""
    return TEETH[universal].is_primary


def name(universal: str) -> str:
    """Name the tooth in words: "lower left first molar", "primary lower left second molar".

    Raises KeyError when the identifier is unknown.
    """
    tooth = TEETH[universal]
    words = f"{'primary ' if tooth.is_primary else ''}{QUADRANTS[tooth.quadrant]} {tooth.kind}"
    return f"extra tooth beside the {words}" if tooth.is_extra else words


def label(universal: str) -> str:
    """Name the tooth in both notations as lists show it: "#19 (FDI 36)"."""
    fdi = to_fdi(universal)
    return f"#{universal} (FDI {fdi})" if fdi else f"#{universal} (extra tooth)"


def find(quadrant: int, position: int, *, primary: bool) -> str | None:
    """Find the tooth at a place counted from the midline, or None where there is none (no sixth primary tooth)."""
    return _BY_FDI.get(f"{quadrant + (5 if primary else 1)}{position}")
