"""What a file says of itself: size in pixels, frames, when a film was taken, whose it is. Pixels are not read here."""

from __future__ import annotations

import logging
import re
import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pydicom
from PIL import Image
from PIL.ExifTags import IFD, Base
from pydicom import config as pydicom_config
from pydicom.errors import BytesLengthException, InvalidDicomError
from pydicom.filereader import read_file_meta_info
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from bridgework.files.content_type import ContentType, Inspected, recognize
from bridgework.files.models import FileKind
from bridgework.files.unacceptable import Unacceptable
from bridgework.lib.plain_text import one_line

MOST_PIXELS = 120_000_000  # a panoramic film has five million, the largest photo of a phone 108 million
MOST_FRAMES = 2_000  # a cone-beam scan has some hundreds
MOST_PAGES = 2_000
PILLOW_FORMATS = {
    "image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP", "image/tiff": "TIFF",
    "image/bmp": "BMP",
}  # fmt: skip
# What readers of foreign bytes raise. They are libraries of many hands: a broken file surprises each of them differently.
BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, EOFError,
    MemoryError, RecursionError, AssertionError, NotImplementedError, RuntimeError, ZeroDivisionError, struct.error,
    zlib.error, InvalidDicomError, BytesLengthException, Image.DecompressionBombError,
)  # fmt: skip

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# Their complaints quote the file, and so the patient.
pydicom_config.settings.reading_validation_mode = pydicom_config.IGNORE
for _library in ("pydicom", "PIL"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

_DICOM_TAGS = [
    "PatientName", "PatientBirthDate", "AcquisitionDate", "ContentDate", "StudyDate", "Modality", "Rows", "Columns",
    "NumberOfFrames", "SamplesPerPixel", "BitsAllocated", "BodyPartExamined",
    "StudyDescription", "SeriesDescription", "ImageLaterality",
]  # fmt: skip
_HEAD = 144  # bytes: preamble, "DICM", and the element that tells the length of the rest of the head
_PLAIN_PIXELS = {ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian}
_OLDEST_FILM = date(1895, 11, 8)  # Röntgen's


@contextmanager
def quiet() -> Iterator[None]:
    """Silence what libraries grumble about strangers' files; what matters is checked here.

    Filters of warnings are shared by threads: the worst that two at once can do is to leave them silent.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def inspect(path: Path, *, on: date) -> Inspected:
    """Say what a file is and says of itself; a date of taking after the day `on` is not believed.

    Raises Unacceptable with one sentence.
    """
    content = recognize(path)
    if content.kind == FileKind.IMAGE:
        return _image(path, content, on)
    if content.kind == FileKind.DICOM:
        return _dicom(path, content, on)
    if content.kind == FileKind.PDF:
        return _pdf(path, content)
    return Inspected(content, details={"format": content.format} if content.format else {})


def _image(path: Path, content: ContentType, on: date) -> Inspected:
    try:
        with quiet(), Image.open(path, formats=[PILLOW_FORMATS[content.media_type]]) as image:
            width, height = image.size
            frames = getattr(image, "n_frames", 1)
            taken_on = _exif_date(image, on)
    except Image.DecompressionBombError as bomb:
        raise Unacceptable(_TOO_MANY_PIXELS) from bomb
    except BROKEN as broken:
        raise Unacceptable(f"This file begins like {content.label}, but cannot be opened.") from broken
    _check_extent(width, height, frames)
    return Inspected(content, taken_on, {"width": width, "height": height, "frames": frames})


def _exif_date(image: Image.Image, on: date) -> date | None:
    """Read when the camera or sensor took the picture (Exif 2.32, DateTimeOriginal, else DateTime)."""
    try:
        exif = image.getexif()
        stamp = exif.get_ifd(IFD.Exif).get(Base.DateTimeOriginal) or exif.get(Base.DateTime)
    except BROKEN:
        return None
    return _believable(re.sub(r"\D", "", str(stamp or ""))[:8], on)


def _dicom(path: Path, content: ContentType, on: date) -> Inspected:
    try:
        with quiet():
            # Unpacking it would need as much memory as its maker liked.
            meta = read_file_meta_info(path)
            if meta.get("TransferSyntaxUID") == DeflatedExplicitVRLittleEndian:
                raise Unacceptable("This DICOM file is packed (deflated). Export it without packing.")
            dataset = pydicom.dcmread(path, stop_before_pixels=True, specific_tags=list(_DICOM_TAGS))
            words = {name: _word(dataset, name) for name in _DICOM_TAGS}
            if not meta and not any(words.values()):
                raise InvalidDicomError
    except Unacceptable:
        raise
    except BROKEN as broken:
        raise Unacceptable("This file begins like DICOM, but cannot be read.") from broken
    rows, columns, frames = (_number(words[name]) for name in ("Rows", "Columns", "NumberOfFrames"))
    _check_extent(columns, rows, frames or 1)
    if path.stat().st_size < _least_size(meta, words):
        raise Unacceptable("This DICOM file is cut off: part of it is missing. Please export it again.")
    details: dict[str, str | int] = {
        "patient_name": words["PatientName"].replace("^", " ").strip(),
        "patient_birth_date": _as_iso(words["PatientBirthDate"]),
        "modality": words["Modality"],
        "body_part": words["BodyPartExamined"],
        "description": words["StudyDescription"] or words["SeriesDescription"],
        "width": columns,
        "height": rows,
        "frames": frames or 1,
    }
    days = (_believable(words[name], on) for name in ("AcquisitionDate", "ContentDate", "StudyDate"))
    return Inspected(content, next(filter(None, days), None), {name: value for name, value in details.items() if value})


def _least_size(meta: pydicom.Dataset, words: Mapping[str, str]) -> int:
    """Return how many bytes the file has at least: its head, and pixels that are not packed (PS3.5, section 8.1.1)."""
    length = int(meta.get("FileMetaInformationGroupLength", 0) or 0)
    head = _HEAD + length if length else 0
    if meta.get("TransferSyntaxUID") not in _PLAIN_PIXELS:
        return head
    # Of three samples a pixel, two may be shared by neighbours (YBR_FULL_422).
    samples = min(_number(words["SamplesPerPixel"]), 2)
    pixels = _number(words["Rows"]) * _number(words["Columns"]) * (_number(words["NumberOfFrames"]) or 1)
    return head + pixels * samples * _number(words["BitsAllocated"]) // 8


def _pdf(path: Path, content: ContentType) -> Inspected:
    """Check that the PDF is whole: it ends with its table (ISO 32000-1, section 7.5.5); pages are counted when plain."""
    body = path.read_bytes()
    tail = body[-4096:]
    if b"%%EOF" not in tail or b"startxref" not in body[-8192:]:
        raise Unacceptable("This PDF is cut off: its end is missing. Please save or scan it again.")
    pages = len(re.findall(rb"/Type\s*/Page\b", body))
    if pages > MOST_PAGES:
        raise Unacceptable(f"This PDF has more than {MOST_PAGES:,} pages.")
    details: dict[str, str | int] = {"pages": pages} if pages else {}
    if re.search(rb"/Encrypt\s+\d", body[-8192:]):
        details["is_locked"] = 1
    return Inspected(content, details=details)


_TOO_MANY_PIXELS = f"This image has more than {MOST_PIXELS // 1_000_000} million pixels."


def _check_extent(width: int, height: int, frames: int) -> None:
    if width * height > MOST_PIXELS:
        raise Unacceptable(_TOO_MANY_PIXELS)
    if frames > MOST_FRAMES:
        raise Unacceptable(f"This file has more than {MOST_FRAMES:,} frames.")


def _word(dataset: pydicom.Dataset, name: str) -> str:
    """Read one value as a short line; what cannot be read counts as missing."""
    try:
        return one_line(str(dataset.get(name, "") or "")[:120], field="value")
    except BROKEN:
        return ""


def _number(word: str) -> int:
    return int(word) if re.fullmatch(r"[0-9]{1,9}", word) else 0


def _as_iso(word: str) -> str:
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError:
        return ""


def _believable(word: str, on: date) -> date | None:
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return None
    return day if _OLDEST_FILM <= day <= on else None
