"""What names a document: equal for its JSON and its XML, in whatever order things are written."""

import hashlib

import msgspec

from bridgework.interop.decoding import Json
from bridgework.interop.fhir import narrative
from bridgework.interop.fhir.resources import Tree
from bridgework.interop.fhir.scope import Scope

_LONGEST_NAME = 200


def identity(scope: Scope, fitted: Tree) -> str:
    """Name the document by the identifier of its bundle or composition (R4, section 3.3.1), and by its content.

    The content counts because senders reuse identifiers: a corrected document must not pass for the one before it.
    """
    content = _digest(fitted)
    named = [scope.bundle.identifier if scope.bundle else None]
    named += [scope.composition.view.identifier if scope.composition else None]
    for identifier in named:
        if identifier and identifier.value:
            return f"fhir:{identifier.system[:_LONGEST_NAME]}|{identifier.value[:_LONGEST_NAME]}#{content}"
    return f"fhir:#{content}"


def _digest(fitted: Tree) -> str:
    """Digest everything in the file but what servers note about it; order, blanks and markup do not count."""
    return hashlib.sha256(msgspec.json.encode(_canonical(fitted), order="sorted")).hexdigest()[:32]


def _canonical(value: Json) -> Json:
    if isinstance(value, dict):
        kept = ((name, part) for name, part in value.items() if name != "meta")
        return {name: _words(part) if name == "div" else _canonical(part) for name, part in kept}
    if isinstance(value, list):
        return sorted(map(_canonical, value), key=lambda part: msgspec.json.encode(part, order="sorted"))
    return " ".join(value.split()) if isinstance(value, str) else value


def _words(xhtml: Json) -> str:
    return " ".join(narrative.text_of(narrative.lines(str(xhtml))).split())
