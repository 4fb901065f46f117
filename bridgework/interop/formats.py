"""Tell what a file is by its content; its name is never trusted."""

import re
from dataclasses import dataclass

from lxml import etree

from bridgework.interop import decoding
from bridgework.interop.decoding import Json
from bridgework.interop.unreadable import Unreadable

FHIR_NAMESPACE = "http://hl7.org/fhir"
_CDA_NAMESPACE = "urn:hl7-org:v3"
_CANNOT = "Bridgework cannot read those yet."

# First bytes -> (format, sentence)
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "paper", f"This is a PDF; {_CANNOT}"),
    (b"\x89PNG", "paper", f"This is a PNG picture; {_CANNOT}"),
    (b"\xff\xd8\xff", "paper", f"This is a JPEG picture; {_CANNOT}"),
    (b"GIF8", "paper", f"This is a GIF picture; {_CANNOT}"),
    (b"II*\x00", "paper", f"This is a TIFF picture, as fax machines make; {_CANNOT}"),
    (b"MM\x00*", "paper", f"This is a TIFF picture, as fax machines make; {_CANNOT}"),
    (b"BM", "paper", f"This is a bitmap picture; {_CANNOT}"),
    (b"{\\rtf", "paper", f"This is an RTF letter; {_CANNOT}"),
    (b"\xd0\xcf\x11\xe0", "", f"This is an older Office file; {_CANNOT}"),
    (b"\x1f\x8b", "", "This is a compressed file; unpack it and send what is inside."),
)
_TEXT_SIGNATURES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"[\x0b\s]*(MSH|FHS|BHS)[^A-Za-z0-9\s]"), "hl7v2", f"This is an HL7 v2 message; {_CANNOT}"),
    (re.compile(r"\s*ISA[^A-Za-z0-9\s]\d\d"), "", f"This is an X12 claim or inquiry; {_CANNOT}"),
    (re.compile(r"\s*<(!doctype\s+html|html)\b", re.IGNORECASE), "", "This is a web page, not a referral document."),
)
_PICTURE = re.compile(rb"BM....\x00\x00\x00\x00", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """What a file is. `tree` is JSON, `root` XML, one of them set for FHIR alone; else `sentence` says why it is not read."""

    format: str
    sentence: str = ""
    tree: Json = None
    root: etree._Element | None = None


def recognise(content: bytes) -> Recognised:
    """Name the format and decode it as far as FHIR goes; never raises for any content."""
    if len(content) > decoding.MAX_BYTES:
        size = decoding.MAX_BYTES // (1024 * 1024)
        return Recognised(format="", sentence=f"This file is larger than {size} MB, more than Bridgework reads.")
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        return Recognised(format="", sentence="This file is empty.")
    return _by_signature(content) or _by_text(content)


def _by_signature(content: bytes) -> Recognised | None:
    for start, form, sentence in _SIGNATURES:
        if content.startswith(start) and (start != b"BM" or _PICTURE.match(content)):
            return Recognised(format=form, sentence=sentence)
    if content[128:132] == b"DICM":
        return Recognised(format="", sentence=f"This is a DICOM image; {_CANNOT}")
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    return None


def _archive(content: bytes) -> Recognised:
    """Tell Office files from other archives by the names inside."""
    if b"xl/workbook" in content:
        return Recognised(format="tabular", sentence=f"This is an Excel workbook; {_CANNOT}")
    if b"word/document" in content:
        return Recognised(format="paper", sentence=f"This is a Word letter; {_CANNOT}")
    return Recognised(format="", sentence="This is a compressed file; unpack it and send what is inside.")


def _by_text(content: bytes) -> Recognised:
    try:
        text = decoding.to_text(content)
    except Unreadable as unreadable:
        return Recognised(format="", sentence=str(unreadable))
    for pattern, form, sentence in _TEXT_SIGNATURES:
        if pattern.match(text):
            return Recognised(format=form, sentence=sentence)
    first = text.lstrip()[:1]
    if first in ("{", "["):
        return _json(text)
    if first == "<":
        return _xml(text)
    if _is_table(text):
        return Recognised(format="tabular", sentence=f"This is a table of values; {_CANNOT}")
    return Recognised(format="paper", sentence=f"This is a plain text file; {_CANNOT}")


def _json(text: str) -> Recognised:
    try:
        tree = decoding.json_tree(text)
    except Unreadable as unreadable:
        return Recognised(format="fhir" if '"resourceType"' in text else "", sentence=str(unreadable))
    parts = tree if isinstance(tree, list) else [tree]
    if any(isinstance(part, dict) and "resourceType" in part for part in parts):
        return Recognised(format="fhir", tree=tree)
    return Recognised(format="", sentence="This JSON file is not FHIR: it holds no resource.")


def _xml(text: str) -> Recognised:
    try:
        root = decoding.xml_tree(text)
    except Unreadable as unreadable:
        return Recognised(format=_format_named_in(text), sentence=str(unreadable))
    namespace = etree.QName(root).namespace
    if namespace == FHIR_NAMESPACE:
        return Recognised(format="fhir", root=root)
    if namespace == _CDA_NAMESPACE:
        return Recognised(format="cda", sentence=f"This is a clinical document of the CDA kind; {_CANNOT}")
    return Recognised(format="", sentence="This XML file is not FHIR: it names no FHIR resource.")


def _format_named_in(text: str) -> str:
    """Guess the format of XML that cannot be parsed, from the namespace near its start."""
    start = text[:5000]
    if f'"{FHIR_NAMESPACE}"' in start:
        return "fhir"
    return "cda" if _CDA_NAMESPACE in start else ""


def _is_table(text: str) -> bool:
    """Tell a table from prose: the first lines have the same number of separators."""
    lines = [line for line in text.splitlines()[:10] if line.strip()]
    for separator in ("\t", ",", ";", "|"):
        counts = {line.count(separator) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and counts != {0}:
            return True
    return False
