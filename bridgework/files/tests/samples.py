"""Small files of every kind, made here or taken from pydicom's own test data."""

import random
from io import BytesIO
from pathlib import Path
from typing import Any

import pydicom.data
from PIL import Image

PDF = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >> endobj
xref
0 4
trailer << /Root 1 0 R /Size 4 >>
startxref
9
%%EOF
"""
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200
ARCHIVE_END = b"PK\x05\x06" + b"\x00" * 18
DICOM_FOLDER = Path(pydicom.data.__file__).parent / "test_files"


def image(kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: Any) -> bytes:
    """Make a picture."""
    sink = BytesIO()
    Image.new(mode, size).save(sink, kind, **more)
    return sink.getvalue()


def photo(taken: str) -> bytes:
    """Make a JPEG with the date of its taking, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn by 90 degrees
    exif.get_ifd(0x8769)[0x9003] = taken
    return image("JPEG", exif=exif)


def dicom(name: str) -> bytes:
    """Give one of pydicom's test files."""
    return (DICOM_FOLDER / name).read_bytes()


def noise(kind: str) -> bytes:
    """Make a picture that does not shrink: longer than what is looked at in its head."""
    sink = BytesIO()
    Image.frombytes("L", (120, 120), random.Random(1).randbytes(120 * 120)).save(sink, kind)
    return sink.getvalue()


LARGE_PNG, LARGE_JPEG = noise("PNG"), noise("JPEG")
