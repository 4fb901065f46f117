"""From bytes to text and to trees, without trusting the sender: sizes, depth and encodings are checked first."""

import codecs
import re
from decimal import Decimal
from typing import TypeAlias

import msgspec
from lxml import etree

from bridgework.interop.unreadable import Unreadable

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | Decimal | bool | None"

MAX_BYTES = 32 * 1024 * 1024
MAX_PARTS = 200_000  # values or elements; a referral document has a few thousand
MAX_DEPTH = 100  # a FHIR document with nested sections and tables stays under 40

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What XML, JSON, and text around them begin with; tells UTF-16 without a mark from binary content.
_FIRST_LETTERS = (b"<", b"{", b"[", b" ", b"\t", b"\r", b"\n")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(r"""encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
# What clinical systems declare besides Unicode; other names fall back to UTF-8.
_DECLARED = {"iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "us-ascii": "utf-8"}
_DOCUMENT_TYPE = re.compile(r"<!(DOCTYPE|ENTITY)\b", re.IGNORECASE)


def to_text(content: bytes) -> str:
    """Decode by byte order mark, by the XML declaration, by the zeros of UTF-16, else as UTF-8.

    Raises Unreadable for bytes that are no text in that encoding.
    """
    encoding, start = _encoding(content)
    try:
        text = content[start:].decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise Unreadable("This file holds no text that Bridgework can read.") from None
    if "\x00" in text:
        raise Unreadable("This file holds no text that Bridgework can read.")
    return text


def json_tree(text: str) -> Json:
    """Decode JSON; numbers with a point come as Decimal, exactly as they are written.

    Raises Unreadable, with the place, for broken, oversized or too deeply nested JSON.
    """
    if text.count(",") + text.count("[") + text.count("{") > MAX_PARTS:
        raise Unreadable("This JSON file has more parts than a referral can have; it was not read.")
    try:
        tree: Json = _JSON.decode(text)
    except RecursionError:
        raise Unreadable("This JSON file is nested too deeply to be a referral; it was not read.") from None
    except msgspec.DecodeError as error:
        raise Unreadable(f"This JSON file is broken: {_place(str(error), text)}.") from None
    return tree


def xml_tree(text: str) -> etree._Element:
    """Parse XML without document types, entities or network (OWASP XML External Entity Prevention).

    Comments and processing instructions are dropped. Raises Unreadable, with the line, for broken XML.
    """
    if _DOCUMENT_TYPE.search(text):
        raise Unreadable("This XML file brings a document type of its own, which is not safe to read.")
    if text.count("<") > 2 * MAX_PARTS:
        raise Unreadable("This XML file has more parts than a referral can have; it was not read.")
    body = _DECLARATION.sub("", text, count=1).lstrip()
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(body.encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        line = getattr(error, "lineno", None) or 1
        raise Unreadable(f"This XML file is broken near line {line} and cannot be read.") from None
    if _depth(root) > MAX_DEPTH:
        raise Unreadable("This XML file is nested too deeply to be a referral; it was not read.")
    return root


def _encoding(content: bytes) -> tuple[str, int]:
    """Say how the bytes are encoded and where the text begins."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    if content[1:2] == b"\x00" and content[:1] in _FIRST_LETTERS:
        return "utf-16-le", 0
    if content[:1] == b"\x00" and content[1:2] in _FIRST_LETTERS:
        return "utf-16-be", 0
    declaration = _DECLARATION.match(content[:200].decode("ascii", "replace"))
    declared = _ENCODING.search(declaration[0]) if declaration else None
    return _DECLARED.get(declared[1].lower(), "utf-8") if declared else "utf-8", 0


def _place(error: str, text: str) -> str:
    """Say where JSON breaks, from what the decoder reports ("… (byte 12)")."""
    found = re.search(r"byte (\d+)", error)
    if "truncated" in error:
        return "it breaks off before its end"
    if not found:
        return "it holds a value that cannot be read"
    return f"it cannot be read from line {text.encode()[: int(found.group(1))].count(10) + 1} on"


def _depth(root: etree._Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


_JSON = msgspec.json.Decoder(float_hook=Decimal)
