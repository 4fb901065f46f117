"""Small pictures that we make ourselves: the only form in which an uploaded image is ever shown in a page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy
import pydicom
from numpy.typing import NDArray
from PIL import Image, ImageOps
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut, apply_voi_lut
from pydicom.pixels.utils import pixel_array

from bridgework.files.content_type import Inspected
from bridgework.files.inspection import BROKEN, PILLOW_FORMATS, quiet
from bridgework.files.models import FileKind

LONGEST_SIDE = 1600  # pixels
# Decoded at full size they would need half a gigabyte; JPEG is decoded at a smaller scale.
MOST_DECODED_PIXELS = 40_000_000
_SIXTEEN_BIT_MODES = {"I", "I;16", "I;16B", "I;16L", "F"}
# A window that shows all but the darkest and brightest hundredth, when the file names none.
_WINDOW = (1.0, 99.0)


def make(path: Path, inspected: Inspected) -> bytes | None:
    """Make a PNG of at most 1600 pixels a side, without metadata; None when there is nothing to show.

    Broken or unknown pixels give None as well: the file itself is kept.
    """
    try:
        with quiet():
            if inspected.content.kind == FileKind.IMAGE:
                return _as_png(_from_image(path, PILLOW_FORMATS[inspected.content.media_type]))
            if inspected.content.kind == FileKind.DICOM and inspected.details.get("width"):
                return _as_png(_from_dicom(path))
    except BROKEN:
        return None
    return None


def _from_image(path: Path, pillow_format: str) -> Image.Image:
    with Image.open(path, formats=[pillow_format]) as image:
        image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # JPEG only
        if image.width * image.height > MOST_DECODED_PIXELS:
            raise ValueError("Too many pixels to show.")
        upright = ImageOps.exif_transpose(image)
        if upright.mode in _SIXTEEN_BIT_MODES:
            return Image.fromarray(_windowed(_thinned(numpy.asarray(upright)).astype(numpy.float64)))
        if upright.mode in ("1", "L"):
            return upright.convert("L")
        if "A" in upright.getbands() or "transparency" in upright.info:
            return _on_white(upright.convert("RGBA"))
        return upright.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image).convert("RGB")


def _from_dicom(path: Path) -> Image.Image:
    """Show the first frame as its maker meant it: modality and window tables of PS3.3, sections C.11.1 and C.11.2."""
    dataset = pydicom.dcmread(path, defer_size=1024)
    if dataset.Rows * dataset.Columns > MOST_DECODED_PIXELS:
        raise ValueError("Too many pixels to show.")
    pixels = _thinned(pixel_array(path, index=0))
    if dataset.PhotometricInterpretation == "PALETTE COLOR":
        coloured = apply_color_lut(pixels, dataset)
        return Image.fromarray((coloured >> (8 if coloured.dtype.itemsize > 1 else 0)).astype(numpy.uint8)[..., :3])
    if pixels.ndim == 3:
        eight_bit = pixels if pixels.dtype == numpy.uint8 else _windowed(pixels.astype(numpy.float64))
        return Image.fromarray(eight_bit[..., :3])
    values = apply_voi_lut(apply_modality_lut(pixels, dataset), dataset)
    has_window = "WindowCenter" in dataset or "VOILUTSequence" in dataset
    shown = _windowed(values.astype(numpy.float64), whole_range=has_window)
    return Image.fromarray(255 - shown if dataset.PhotometricInterpretation == "MONOCHROME1" else shown)


def _thinned(pixels: NDArray[Any]) -> NDArray[Any]:
    """Leave out rows and columns of a very large picture, so that the arithmetic stays small."""
    step = max(1, max(pixels.shape[:2]) // (2 * LONGEST_SIDE))
    return pixels[::step, ::step]


def _windowed(values: NDArray[numpy.float64], *, whole_range: bool = False) -> NDArray[numpy.uint8]:
    """Spread values over the 256 greys of a screen."""
    finite = values[numpy.isfinite(values)]
    if not finite.size:
        raise ValueError("There is nothing to show.")
    low, high = (finite.min(), finite.max()) if whole_range else numpy.percentile(finite, _WINDOW)
    if high <= low:
        low, high = finite.min(), max(finite.max(), finite.min() + 1)
    spread = numpy.clip((numpy.nan_to_num(values, nan=low) - low) / (high - low), 0, 1)
    grey: NDArray[numpy.uint8] = (spread * 255).round().astype(numpy.uint8)
    return grey


def _as_png(image: Image.Image) -> bytes:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(image.mode, image.size)
    bare.paste(image)  # pixels alone: nothing that the file carried along
    sink = BytesIO()
    bare.save(sink, "PNG", optimize=False)
    return sink.getvalue()
