"""What a file is by its bytes. Its name and the type that a browser claims are not asked."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import puremagic

from bridgework.files.models import FileKind
from bridgework.files.unacceptable import Unacceptable

HEAD = 4096
TAIL = 66_000  # a ZIP archive ends with a directory that lies within the last 65,557 bytes

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE, "image/png"),
    (b"\xff\xd8\xff", FileKind.IMAGE, "image/jpeg"),
    (b"GIF87a", FileKind.IMAGE, "image/gif"),
    (b"GIF89a", FileKind.IMAGE, "image/gif"),
    (b"II*\x00", FileKind.IMAGE, "image/tiff"),
    (b"MM\x00*", FileKind.IMAGE, "image/tiff"),
    (b"%PDF-", FileKind.PDF, "application/pdf"),
)
# What runs or unpacks, in the words of the person who gave it.
_REFUSED_HEADS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\xfe\xed\xfa", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"#!", "a script"),
    (b"PK\x03\x04", "an archive or office document"),
    (b"PK\x05\x06", "an archive"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)
_WEB_PAGE = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|iframe|svg|\?php)\b|<\?php", re.I)
_ARCHIVE_AT_THE_END = b"PK\x05\x06"
_ENDS = {
    "image/png": b"IEND\xaeB`\x82", "image/jpeg": b"\xff\xd9", "image/gif": b"\x00;", "application/pdf": b"%%EOF",
}  # fmt: skip
_SAY = {
    "image/png": "a PNG image", "image/jpeg": "a JPEG image", "image/gif": "a GIF image", "image/webp": "a WebP image",
    "image/tiff": "a TIFF image", "image/bmp": "a BMP image", "application/pdf": "a PDF", "application/dicom": "DICOM",
}  # fmt: skip


@dataclass(frozen=True)
class ContentType:
    """What a file is. `format` is set for received documents: json, xml or hl7v2."""

    kind: str
    media_type: str
    format: str = ""

    @property
    def label(self) -> str:
        """Say it in a sentence: "a PNG image"."""
        return _SAY.get(self.media_type, "a document")


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept. `details` holds what it says of itself, by plain names."""

    content: ContentType
    taken_on: date | None = None
    details: Mapping[str, str | int] = field(default_factory=dict)


def recognize(path: Path) -> ContentType:
    """Say what a file is, by its content alone.

    Raises Unacceptable for what runs, unpacks, is a web page, is two kinds of file in one, or is nothing known.
    """
    head, tail = _ends_of(path)
    if not head:
        raise Unacceptable("The file is empty.")
    found = _by_signature(head) or _as_text(path, head)
    if found is None:
        raise Unacceptable(f"This is {_name_of(head)}. Bridgework keeps images, PDF, DICOM and text.")
    if found.kind in (FileKind.IMAGE, FileKind.PDF, FileKind.DICOM):
        _refuse_two_in_one(found, head, tail)
    return found


def _ends_of(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        head = file.read(HEAD)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - TAIL))
        return head, file.read()


def _by_signature(head: bytes) -> ContentType | None:
    if head[128:132] == b"DICM":
        return ContentType(FileKind.DICOM, "application/dicom")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ContentType(FileKind.IMAGE, "image/webp")
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":  # reserved; two letters alone may begin a text
        return ContentType(FileKind.IMAGE, "image/bmp")
    for signature, kind, media_type in _SIGNATURES:
        if head.startswith(signature):
            return ContentType(kind, media_type)
    return None


def _refuse_two_in_one(found: ContentType, head: bytes, tail: bytes) -> None:
    """Refuse a file that another program would read as something else: a web page in front, an archive behind.

    A DICOM file may begin with 128 bytes for other programs (PS3.10, section 7.1); a program or page there is refused.
    """
    if found.kind == FileKind.DICOM and any(head.startswith(start) for start, _ in _REFUSED_HEADS):
        raise Unacceptable("This file is a program that also looks like DICOM.")
    if _WEB_PAGE.search(head[:1024]):
        raise Unacceptable(f"This file is a web page that also looks like {found.label}.")
    end = _ENDS.get(found.media_type)
    behind = tail.rpartition(end)[2] if end and end in tail else b""
    if _ARCHIVE_AT_THE_END in tail[-65_557:] and found.kind != FileKind.DICOM:
        raise Unacceptable(f"This file is an archive that also looks like {found.label}.")
    if _WEB_PAGE.search(behind):
        raise Unacceptable(f"This file is a web page that also looks like {found.label}.")


def _as_text(path: Path, head: bytes) -> ContentType | None:
    """Recognize text: HL7 version 2, XML, JSON, else plain. A web page is no document."""
    if any(head.startswith(start) for start, _ in _REFUSED_HEADS):
        return None
    text = _read_text(path)
    if text is None:
        return None
    begins = text.lstrip("\ufeff \t\r\n")[:HEAD]
    if _WEB_PAGE.search(begins.encode()):
        raise Unacceptable("This is a web page. Save it as PDF, or send the image itself.")
    if re.match(r"(FHS|BHS|MSH)[^\w\s]", begins):
        return ContentType(FileKind.DOCUMENT, "text/plain", "hl7v2")
    if begins.startswith("<"):
        return ContentType(FileKind.DOCUMENT, "text/plain", "xml")
    if begins[:1] in ("{", "[") and _is_json(text):
        return ContentType(FileKind.DOCUMENT, "text/plain", "json")
    return ContentType(FileKind.TEXT, "text/plain")


def _read_text(path: Path) -> str | None:
    """Read UTF-8 or UTF-16 text; None when there are bytes that no text has."""
    content = path.read_bytes()
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    # HL7 version 2 frames its segments by carriage returns, and MLLP by the vertical tab and file separator.
    return None if re.search(r"[\x00-\x08\x0e-\x1b\x1d-\x1f]", text) else text


def _is_json(text: str) -> bool:
    try:
        json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return True


def _name_of(head: bytes) -> str:
    """Say what a file that is not kept looks like."""
    for start, words in _REFUSED_HEADS:
        if head.startswith(start):
            return words
    try:
        best = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return "not a kind of file that we know"
    return f"{best[0].name[:80]} by its content" if best and best[0].name else "not a kind of file that we know"
