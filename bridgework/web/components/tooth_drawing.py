"""Where each tooth stands on the chart and how it is drawn: two arches as the dentist sees the mouth. Pure.

The drawing is 420 by 484 units. An arch is a superellipse; teeth are laid along it by their widths, so that the
ten primary teeth of an arch use the same drawing as the sixteen permanent ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, sin

from bridgework.dentistry import teeth

WIDTH, HEIGHT, MIDDLE = 420, 484, 210.0
UPPER_Y, LOWER_Y, BEND = 212.0, 272.0, 2.2
PERMANENT_RADII, PRIMARY_RADII = (150.0, 170.0), (128.0, 150.0)

# From the midline outwards: place taken on the arch, half width, half height, form.
UPPER_PERMANENT = (
    (33.5, 17.4, 12.0, "incisor"),
    (28.0, 14.2, 11.0, "incisor"),
    (30.0, 13.4, 13.6, "canine"),
    (28.5, 13.2, 14.6, "premolar"),
    (29.5, 13.2, 14.8, "premolar"),
    (39.0, 19.1, 17.9, "molar"),
    (38.0, 17.1, 17.3, "molar"),
    (38.0, 18.7, 16.6, "molar"),
)
LOWER_PERMANENT = (
    (26.0, 13.0, 11.5, "incisor"),
    (27.0, 13.5, 11.8, "incisor"),
    (29.0, 12.9, 13.4, "canine"),
    (29.0, 13.4, 13.0, "premolar"),
    (30.5, 13.6, 13.4, "premolar"),
    (41.5, 20.4, 16.6, "molar"),
    (41.0, 19.6, 16.3, "molar"),
    (41.0, 19.2, 16.0, "molar"),
)
UPPER_PRIMARY = (
    (34.0, 17.0, 12.5, "incisor"),
    (31.0, 15.0, 11.8, "incisor"),
    (34.0, 15.4, 14.8, "canine"),
    (41.0, 19.4, 17.4, "molar"),
    (46.0, 22.0, 19.0, "molar"),
)
LOWER_PRIMARY = (
    (28.0, 13.8, 12.0, "incisor"),
    (30.0, 14.6, 12.2, "incisor"),
    (33.0, 15.0, 14.4, "canine"),
    (44.0, 21.0, 16.8, "molar"),
    (50.0, 23.6, 18.0, "molar"),
)


@dataclass(frozen=True)
class ToothDrawing:
    """One tooth: what it is called and the numbers that the SVG needs, rounded to a tenth."""

    universal: str
    fdi: str
    name: str
    x: float
    y: float
    turn: float
    half_width: float
    half_height: float
    crown: str
    groove: str
    outside: tuple[float, float]
    inside: tuple[float, float]

    @property
    def label(self) -> str:
        """Return "Tooth 19, FDI 36, lower left first molar"."""
        return f"Tooth {self.universal}, FDI {self.fdi}, {self.name}"

    @property
    def hit(self) -> tuple[float, float]:
        """Return the corner of the square of 28 units that takes the finger."""
        return round(self.x - 14, 1), round(self.y - 14, 1)

    @property
    def ring(self) -> tuple[float, float, float, float]:
        """Return the focus ring before turning: x, y, width, height."""
        width, height = self.half_width + 4, self.half_height + 4
        return round(-width, 1), round(-height, 1), round(2 * width, 1), round(2 * height, 1)


@dataclass(frozen=True)
class Quadrant:
    """A quarter of the mouth, with its teeth in the order of the chart."""

    title: str
    teeth: tuple[ToothDrawing, ...]


@cache
def permanent() -> tuple[ToothDrawing, ...]:
    """Return teeth 1 to 32 in the order of the chart: upper left to right, then lower left to right."""
    upper = _arch([str(n) for n in range(1, 17)], UPPER_PERMANENT, PERMANENT_RADII, is_upper=True)
    lower = _arch([str(n) for n in range(32, 16, -1)], LOWER_PERMANENT, PERMANENT_RADII, is_upper=False)
    return (*upper, *lower)


@cache
def primary() -> tuple[ToothDrawing, ...]:
    """Return teeth A to T in the order of the chart."""
    upper = _arch(list("ABCDEFGHIJ"), UPPER_PRIMARY, PRIMARY_RADII, is_upper=True)
    lower = _arch(list("TSRQPONMLK"), LOWER_PRIMARY, PRIMARY_RADII, is_upper=False)
    return (*upper, *lower)


def quadrants(drawn: tuple[ToothDrawing, ...]) -> tuple[Quadrant, ...]:
    """Split the teeth of a chart into its four quarters."""
    size = len(drawn) // 4
    titles = ("Upper right", "Upper left", "Lower right", "Lower left")
    return tuple(Quadrant(title, drawn[i * size : (i + 1) * size]) for i, title in enumerate(titles))


Half = tuple[tuple[float, float, float, str], ...]


def _arch(numbers: list[str], half: Half, radii: tuple[float, float], *, is_upper: bool) -> Iterator[ToothDrawing]:
    places = (*reversed(half), *half)
    path = _path(radii)
    stretch = path[-1][0] / sum(place[0] for place in places)
    walked = 0.0
    for universal, (room, half_width, half_height, form) in zip(numbers, places, strict=True):
        dx, dy = _point_at(path, (walked + room / 2) * stretch)
        walked += room
        yield _tooth(universal, (dx, dy), (half_width, half_height, form), radii, is_upper=is_upper)


def _tooth(
    universal: str,
    at: tuple[float, float],
    form: tuple[float, float, str],
    radii: tuple[float, float],
    *,
    is_upper: bool,
) -> ToothDrawing:
    (dx, dy), (half_width, half_height, kind) = at, form
    x, y = MIDDLE + dx, UPPER_Y - dy if is_upper else LOWER_Y + dy
    out_x, out_y = _outward(dx, dy, radii)
    if not is_upper:
        out_y = -out_y
    beyond, within = half_height + 13, half_height + 10
    return ToothDrawing(
        universal=universal,
        fdi=teeth.to_fdi(universal),
        name=teeth.name(universal),
        x=round(x, 1),
        y=round(y, 1),
        turn=round(degrees(atan2(out_x, -out_y)), 1),
        half_width=half_width,
        half_height=half_height,
        crown=_crown(half_width, half_height, kind),
        groove=_groove(half_width, half_height, kind),
        outside=(round(x + out_x * beyond, 1), round(y + out_y * beyond + 4, 1)),
        inside=(round(x - out_x * within, 1), round(y - out_y * within + 3.3, 1)),
    )


@cache
def _path(radii: tuple[float, float]) -> tuple[tuple[float, float, float], ...]:
    """Return points of the upper half of the superellipse, left to right, each with the distance walked."""
    points = []
    for step in range(1001):
        angle = pi - pi * step / 1000
        side = 1 if cos(angle) >= 0 else -1
        points.append((radii[0] * side * abs(cos(angle)) ** (2 / BEND), radii[1] * max(0.0, sin(angle)) ** (2 / BEND)))
    walked, path = 0.0, [(0.0, *points[0])]
    for (x0, y0), (x1, y1) in pairwise(points):
        walked += hypot(x1 - x0, y1 - y0)
        path.append((walked, x1, y1))
    return tuple(path)


def _point_at(path: tuple[tuple[float, float, float], ...], distance: float) -> tuple[float, float]:
    _, x, y = min(path, key=lambda point: abs(point[0] - distance))
    return x, y


def _outward(dx: float, dy: float, radii: tuple[float, float]) -> tuple[float, float]:
    """Return the unit normal of the upper arch at a point, in screen coordinates (y grows downwards)."""
    side = 1 if dx >= 0 else -1
    nx = side * (abs(dx) / radii[0]) ** (BEND - 1) / radii[0]
    ny = -((dy / radii[1]) ** (BEND - 1)) / radii[1]
    length = hypot(nx, ny)
    return nx / length, ny / length


def _crown(w: float, h: float, kind: str) -> str:
    if kind == "molar":
        return (
            f"M{-0.72 * w:.1f} {-h:.1f}Q0 {-0.86 * h:.1f} {0.72 * w:.1f} {-h:.1f}Q{w:.1f} {-h:.1f} {w:.1f} {-0.6 * h:.1f}"
            f"Q{0.92 * w:.1f} 0 {w:.1f} {0.6 * h:.1f}Q{w:.1f} {h:.1f} {0.7 * w:.1f} {h:.1f}"
            f"Q0 {0.86 * h:.1f} {-0.7 * w:.1f} {h:.1f}Q{-w:.1f} {h:.1f} {-w:.1f} {0.6 * h:.1f}"
            f"Q{-0.92 * w:.1f} 0 {-w:.1f} {-0.6 * h:.1f}Q{-w:.1f} {-h:.1f} {-0.72 * w:.1f} {-h:.1f}Z"
        )
    if kind == "premolar":
        return (
            f"M0 {-h:.1f}C{1.14 * w:.1f} {-h:.1f} {1.1 * w:.1f} {0.2 * h:.1f} {0.8 * w:.1f} {0.7 * h:.1f}"
            f"Q{0.4 * w:.1f} {h:.1f} 0 {h:.1f}Q{-0.4 * w:.1f} {h:.1f} {-0.8 * w:.1f} {0.7 * h:.1f}"
            f"C{-1.1 * w:.1f} {0.2 * h:.1f} {-1.14 * w:.1f} {-h:.1f} 0 {-h:.1f}Z"
        )
    if kind == "canine":
        return (
            f"M0 {-h:.1f}C{1.14 * w:.1f} {-h:.1f} {1.24 * w:.1f} {0.15 * h:.1f} {0.47 * w:.1f} {0.8 * h:.1f}"
            f"Q0 {1.08 * h:.1f} {-0.47 * w:.1f} {0.8 * h:.1f}C{-1.24 * w:.1f} {0.15 * h:.1f} {-1.14 * w:.1f} {-h:.1f} 0 {-h:.1f}Z"
        )
    return (
        f"M{-0.67 * w:.1f} {-0.72 * h:.1f}Q0 {-1.1 * h:.1f} {0.67 * w:.1f} {-0.72 * h:.1f}Q{w:.1f} {-0.5 * h:.1f} {0.8 * w:.1f} 0.5"
        f"Q{0.55 * w:.1f} {h:.1f} 0 {h:.1f}Q{-0.55 * w:.1f} {h:.1f} {-0.8 * w:.1f} 0.5"
        f"Q{-w:.1f} {-0.5 * h:.1f} {-0.67 * w:.1f} {-0.72 * h:.1f}Z"
    )


def _groove(w: float, h: float, kind: str) -> str:
    if kind == "molar":
        return (
            f"M{-0.55 * w:.1f} {-0.1 * h:.1f}Q0 {0.2 * h:.1f} {0.55 * w:.1f} {-0.1 * h:.1f}"
            f"M{-0.2 * w:.1f} {-0.55 * h:.1f}Q-1 0 {-0.2 * w:.1f} {0.55 * h:.1f}M{0.25 * w:.1f} {-0.5 * h:.1f}Q2 0 {0.25 * w:.1f} {0.5 * h:.1f}"
        )
    if kind == "canine":
        return f"M0 {-0.45 * h:.1f}V{0.4 * h:.1f}"
    return f"M{-0.48 * w:.1f} 0Q0 {0.2 * h:.1f} {0.48 * w:.1f} 0"
