"""Drawn radiographs: shapes of teeth and bone in grey. They look the part and show nobody."""

from __future__ import annotations

import zlib
from io import BytesIO
from math import cos, pi
from random import Random

import numpy
from PIL import Image, ImageDraw, ImageFilter

PERIAPICAL, PANORAMIC = (480, 640), (1280, 640)  # as drawn
LARGEST = (960, 480)  # as kept: fine grain takes long to pack
IN_A_ROW = 14
AIR, BONE, LIGAMENT, LAMINA, DENTIN, ENAMEL, METAL = 20, 84, 52, 132, 158, 206, 250

Pen = ImageDraw.ImageDraw
Points = list[tuple[float, float]]


def draw(kind: str, key: str) -> bytes:
    """Draw a periapical or panoramic film as PNG; the same key gives the same film."""
    seed = zlib.crc32(key.encode())
    image = _panoramic(Random(seed)) if kind == "panoramic" else _periapical(Random(seed))
    sink = BytesIO()
    image.thumbnail(LARGEST)
    _exposed(image, seed).save(sink, "PNG", compress_level=2)
    return sink.getvalue()


def _periapical(rng: Random) -> Image.Image:
    """Three teeth side by side in bone, one with a filling, sometimes a dark spot at a root."""
    width, height = PERIAPICAL
    image = Image.new("L", PERIAPICAL, AIR)
    pen = ImageDraw.Draw(image)
    crest = height * 0.43
    hills: Points = [(x, crest + 12 * cos(x / width * 6 * pi)) for x in range(0, width + 1, 8)]
    pen.polygon([*hills, (width, height), (0, height)], fill=BONE)
    _trabeculae(pen, rng, (0, crest + 20, width, height), 900)
    filled = rng.randrange(3)
    for number in range(3):
        center = width * (0.17 + 0.33 * number) + rng.uniform(-5, 5)
        if number == filled and rng.random() < 0.6:
            _spot(pen, center, height * 0.85, rng.uniform(26, 40))
        _tooth(pen, center, height * 0.17, width * 0.3, height * rng.uniform(0.64, 0.7), roots=rng.choice((1, 2, 2)))
        if number == filled:
            _filling(pen, rng, center, height * 0.17, width * 0.3)
    return image.filter(ImageFilter.GaussianBlur(2.6))


def _panoramic(rng: Random) -> Image.Image:
    """Two rows of teeth in curved jaws, joints at both sides, lower wisdom teeth lying askew."""
    width, _ = PANORAMIC
    image = Image.new("L", PANORAMIC, AIR + 14)
    pen = ImageDraw.Draw(image)
    pen.polygon(_jaw(top=300, sag=120, left=140, right=width - 140, depth=-210), fill=BONE - 12)
    for side in (0.3, 0.7):
        pen.ellipse((width * side - 120, 130, width * side + 120, 230), fill=AIR + 24)
    pen.polygon(_jaw(top=318, sag=120, left=110, right=width - 110, depth=205), fill=BONE + 8)
    for mirror in (False, True):
        branch: Points = [(150, 560), (64, 420), (48, 160), (70, 90), (120, 88), (138, 160), (150, 330), (230, 430)]
        pen.polygon([(width - x if mirror else x, y) for x, y in branch], fill=BONE + 4)
    _trabeculae(pen, rng, (270, 440, width - 270, 560), 500)
    for number in range(IN_A_ROW):
        across = (number + 0.5) / IN_A_ROW
        center, level = 190 + across * (width - 380), 308 + _sag(across, 120)
        size = 56 if 0.28 < across < 0.72 else 68
        for length in (158, -150):
            _tooth(pen, center, level + (6 if length > 0 else -6), size, length, roots=1 if size < 60 else 2)
    for center, lean in ((168, 1), (width - 168, -1)):
        crown: Points = [(0, -34), (30, -10), (22, 26), (-14, 30), (-30, -4)]
        pen.polygon([(center + lean * x * 1.2, 420 + y * 1.2) for x, y in crown], fill=DENTIN + rng.randint(0, 24))
    return image.filter(ImageFilter.GaussianBlur(3.0))


def _jaw(*, top: float, sag: float, left: float, right: float, depth: float) -> Points:
    """Outline a jaw: a curve that sags in the middle, and the same curve again some way below or above."""
    steps = [number / 40 for number in range(41)]
    edge: Points = [(left + step * (right - left), top + _sag(step, sag)) for step in steps]
    rounded: Points = [(x, y + depth * (0.55 + 0.45 * _sag(step, 1))) for step, (x, y) in zip(steps, edge, strict=True)]
    return edge + rounded[::-1]


def _sag(across: float, depth: float) -> float:
    return depth * (1 - (2 * across - 1) ** 2)


def _tooth(pen: Pen, center: float, top: float, width: float, length: float, *, roots: int) -> None:
    """Draw roots in their sockets, crown and pulp; a negative length grows upwards."""
    half, neck = width / 2, top + length * 0.34
    offsets = (-0.42, 0.42) if roots == 2 else (0.0,)
    for layer, fill in ((9.0, LAMINA), (5.5, LIGAMENT), (0.0, DENTIN)):
        for offset in offsets:
            base = half * (0.42 if roots == 2 else 0.74)
            middle = center + offset * half
            pen.polygon(_root(middle, neck, base, top + length, offset * width * 0.12, layer * width / 140), fill=fill)
    crown: Points = [(-0.72, 1.0), (-0.9, 0.62), (-0.97, 0.3), (-0.8, 0.04), (-0.4, 0.0), (0.0, 0.07), (0.4, 0.0)]
    crown += [(0.8, 0.04), (0.97, 0.3), (0.9, 0.62), (0.72, 1.0)]
    pen.polygon([(center + x * half, top + y * length * 0.37) for x, y in crown], fill=ENAMEL)
    inner: Points = [(-0.7, 1.02), (-0.62, 0.46), (0.0, 0.36), (0.62, 0.46), (0.7, 1.02)]
    pen.polygon([(center + x * half, top + y * length * 0.37) for x, y in inner], fill=DENTIN + 12)
    pulp: Points = [(-0.24, 1.05), (-0.28, 0.7), (0.0, 0.78), (0.28, 0.7), (0.24, 1.05)]
    pen.polygon([(center + x * half, top + y * length * 0.37) for x, y in pulp], fill=LAMINA - 14)
    for offset in offsets:
        start, end = center + offset * half * 0.8, center + offset * half + offset * width * 0.1
        pen.line([(start, neck), (end, top + length * 0.92)], fill=LAMINA - 8, width=max(2, round(width / 26)))


def _root(middle: float, neck: float, base: float, tip: float, lean: float, layer: float) -> Points:
    """Outline one root with a blunt tip, widened by a layer."""
    reach = tip - neck
    sign = 1 if reach > 0 else -1
    steps = [number / 10 for number in range(11)]
    left = [(middle + lean * s - base * (1 - s**2.2 * 0.82) - layer, neck + reach * s) for s in steps]
    right = [(middle + lean * s + base * (1 - s**2.2 * 0.82) + layer, neck + reach * s) for s in reversed(steps)]
    return [*left, (middle + lean, tip + sign * (layer + abs(reach) * 0.02)), *right]


def _filling(pen: Pen, rng: Random, center: float, top: float, width: float) -> None:
    left = center - width * rng.uniform(0.22, 0.3)
    pen.rounded_rectangle((left, top + 4, left + width * 0.48, top + 54), radius=14, fill=METAL)


def _spot(pen: Pen, center: float, middle: float, radius: float) -> None:
    pen.ellipse((center - radius, middle - radius, center + radius, middle + radius), fill=LIGAMENT - 10)


def _trabeculae(pen: Pen, rng: Random, box: tuple[float, float, float, float], count: int) -> None:
    """Scatter the short light and dark lines of spongy bone."""
    left, top, right, bottom = box
    for _ in range(count):
        across, down = rng.uniform(left, right), rng.uniform(top, bottom)
        end = (across + rng.uniform(-14, 14), down + rng.uniform(-12, 12))
        pen.line([(across, down), end], fill=rng.choice((BONE - 16, BONE + 14, BONE + 26)), width=2)


def _exposed(image: Image.Image, seed: int) -> Image.Image:
    """Add the grain of a sensor and the fall of light toward the edges."""
    grey = numpy.asarray(image, dtype=numpy.float32)
    rows, columns = numpy.ogrid[-1 : 1 : grey.shape[0] * 1j, -1 : 1 : grey.shape[1] * 1j]
    light = 1.08 - 0.22 * (rows**2 + columns**2)
    grain = numpy.random.default_rng(seed).normal(0, 2.2, grey.shape)
    return Image.fromarray(numpy.clip(grey * light + grain, 0, 255).astype(numpy.uint8))
