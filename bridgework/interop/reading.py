"""Read any file: one object of what the product understands in it, for `bridgework read` and for the Inbox."""

import hashlib
import json
from dataclasses import asdict, replace

from bridgework.interop.document import ReadDocument
from bridgework.interop.fhir import read as fhir
from bridgework.interop.fhir import xml
from bridgework.interop.formats import Recognised, recognise
from bridgework.interop.notes import Notes

__all__ = ["ReadDocument", "read_file", "to_json_line"]

# Kept with the document, not printed by `bridgework read`.
_NOT_PRINTED = frozenset({"original_sections", "codes", "identity"})


def read_file(name: str, content: bytes) -> ReadDocument:
    """Read a file by its content alone; `name` is only repeated.

    Never raises: a broken or foreign file is a document of kind "other" whose first warning says why in one sentence.
    """
    found = recognise(content)
    document = _read(_printable(name), found)
    return replace(document, identity=document.identity or f"file:{hashlib.sha256(content).hexdigest()}")


def to_json_line(document: ReadDocument) -> str:
    """Write a document as the one line that `bridgework read` prints."""
    fields = {name: value for name, value in asdict(document).items() if name not in _NOT_PRINTED}
    return json.dumps(fields, ensure_ascii=False)


def _printable(name: str) -> str:
    """Replace what is no text in a file's name: file systems allow any bytes there."""
    return name.encode("utf-8", "replace").decode().replace("\x00", "?")


def _read(name: str, found: Recognised) -> ReadDocument:
    if found.sentence:
        return ReadDocument(file=name, format=found.format, warnings=(found.sentence,))
    notes = Notes()
    tree = xml.resource_tree(found.root, notes) if found.root is not None else found.tree
    return fhir.read(name, tree, notes)
