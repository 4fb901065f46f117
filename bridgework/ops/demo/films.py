"""Drawn radiographs: shapes of teeth and bone in grey. They look the part and show nobody."""

from __future__ import annotations

import zlib
from io import BytesIO
from random import Random

import numpy
from PIL import Image, ImageDraw, ImageFilter

PERIAPICAL, PANORAMIC = (480, 640), (1280, 640)
_MANDIBLE_ROWS = 14


def draw(kind: str, key: str) -> bytes:
    """Draw a periapical or panoramic film as PNG; the same key gives the same film."""
    seed = zlib.crc32(key.encode())
    image = _panoramic(Random(seed)) if kind == "panoramic" else _periapical(Random(seed))
    sink = BytesIO()
    _exposed(image, seed).save(sink, "PNG", compress_level=6)
    return sink.getvalue()


def _periapical(rng: Random) -> Image.Image:
    """Three teeth side by side in bone, one with a filling, sometimes a dark spot at a root."""
    width, height = PERIAPICAL
    image = Image.new("L", PERIAPICAL, 26)
    pen = ImageDraw.Draw(image)
    crest = height * 0.44
    pen.rectangle((0, crest, width, height), fill=86)
    _trabeculae(pen, rng, (0, crest, width, height), 420)
    filled = rng.randrange(3)
    for number in range(3):
        center = width * (0.17 + 0.33 * number) + rng.uniform(-8, 8)
        tooth_width = width * 0.24
        _tooth(pen, center, height * 0.2, tooth_width, height * 0.6, roots=rng.choice((1, 2, 2)))
        if number == filled:
            _filling(pen, rng, center, height * 0.22, tooth_width)
            if rng.random() < 0.6:
                _lesion(pen, center, height * 0.83, rng.uniform(20, 34))
    return image.filter(ImageFilter.GaussianBlur(3.2))


def _panoramic(rng: Random) -> Image.Image:
    """Two rows of teeth on curved jaws, joints at both sides, wisdom teeth lying askew."""
    width, height = PANORAMIC
    image = Image.new("L", PANORAMIC, 30)
    pen = ImageDraw.Draw(image)
    pen.arc((90, -380, width - 90, height - 20), 20, 160, fill=104, width=130)
    pen.ellipse((20, 40, 120, 190), fill=98)
    pen.ellipse((width - 120, 40, width - 20, 190), fill=98)
    pen.polygon([(40, 150), (130, 150), (210, 470), (110, 470)], fill=98)
    pen.polygon([(width - 40, 150), (width - 130, 150), (width - 210, 470), (width - 110, 470)], fill=98)
    _trabeculae(pen, rng, (110, 330, width - 110, 560), 500)
    for number in range(_MANDIBLE_ROWS):
        across = (number + 0.5) / _MANDIBLE_ROWS
        center = 230 + across * (width - 460)
        sag = 70 * (1 - (2 * across - 1) ** 2)
        size = 46 if 0.25 < across < 0.75 else 60
        _tooth(pen, center, 300 + sag * 0.6, size, 150, roots=1 if size < 50 else 2)
        _tooth(pen, center, 296 + sag * 0.6, size, -140, roots=1 if size < 50 else 2)
    for center, lean in ((190, 1), (width - 190, -1)):
        pen.polygon(
            [(center - 26, 380), (center + 26, 362), (center + 34 + 60 * lean, 420), (center - 10 + 60 * lean, 440)],
            fill=rng.randint(176, 196),
        )
    return image.filter(ImageFilter.GaussianBlur(3.6))


def _tooth(pen: ImageDraw.ImageDraw, center: float, top: float, width: float, length: float, *, roots: int) -> None:
    """Draw crown, roots and canals; a negative length grows upwards."""
    neck, tip, half = top + length * 0.36, top + length, width / 2
    pen.polygon(
        [(center - half, top), (center + half, top), (center + half * 0.82, neck), (center - half * 0.82, neck)],
        fill=204,
    )
    pen.line([(center - half, top), (center + half, top)], fill=232, width=7)
    spread = half * 0.5 if roots == 2 else 0.0
    for side in (-1, 1)[:roots]:
        middle = center + side * spread if roots == 2 else center
        base = half * (0.42 if roots == 2 else 0.72)
        pen.polygon([(middle - base, neck), (middle + base, neck), (middle + side * 4, tip)], fill=170)
        pen.line([(middle, neck), (middle + side * 3, top + length * 0.9)], fill=128, width=5)
    low, high = sorted((top + length * 0.16, neck))
    pen.ellipse((center - half * 0.3, low, center + half * 0.3, high), fill=138)


def _filling(pen: ImageDraw.ImageDraw, rng: Random, center: float, top: float, width: float) -> None:
    left = center - width * rng.uniform(0.3, 0.4)
    pen.rounded_rectangle((left, top, left + width * 0.5, top + 42), radius=10, fill=248)


def _lesion(pen: ImageDraw.ImageDraw, center: float, middle: float, radius: float) -> None:
    pen.ellipse((center - radius, middle - radius, center + radius, middle + radius), fill=44)


def _trabeculae(pen: ImageDraw.ImageDraw, rng: Random, box: tuple[float, float, float, float], count: int) -> None:
    """Scatter the short light lines of spongy bone."""
    left, top, right, bottom = box
    for _ in range(count):
        across, down = rng.uniform(left, right), rng.uniform(top, bottom)
        end = (across + rng.uniform(-16, 16), down + rng.uniform(-10, 10))
        pen.line([(across, down), end], fill=rng.randint(92, 128), width=2)


def _exposed(image: Image.Image, seed: int) -> Image.Image:
    """Add the grain of a sensor and the fall of light toward the edges."""
    grey = numpy.asarray(image, dtype=numpy.float32)
    rows, columns = numpy.ogrid[-1 : 1 : grey.shape[0] * 1j, -1 : 1 : grey.shape[1] * 1j]
    light = 1.06 - 0.22 * (rows**2 + columns**2)
    grain = numpy.random.default_rng(seed).normal(0, 3.2, grey.shape)
    return Image.fromarray(numpy.clip(grey * light + grain, 0, 255).astype(numpy.uint8))
