"""What names a document, and what its content is: equal for its JSON and XML, in whatever order things are written."""

import hashlib

import msgspec

from bridgework.interop.decoding import Json
from bridgework.interop.fhir import narrative
from bridgework.interop.fhir.datatypes import Identifier
from bridgework.interop.fhir.resources import Tree
from bridgework.interop.fhir.scope import Scope


def identity(scope: Scope, fitted: Tree) -> str:
    """Name the document: the identifier of its bundle, else of its composition (R4, section 3.3.1), else its content."""
    named = [scope.bundle.identifier if scope.bundle else None]
    named += [scope.composition.view.identifier if scope.composition else None]
    for identifier in named:
        if identifier and identifier.value:
            return f"fhir:{_token(identifier)}"
    return f"fhir-content:{fingerprint(fitted)}"


def fingerprint(fitted: Tree) -> str:
    """Give a digest of everything in the file; order, blanks and markup do not count."""
    return hashlib.sha256(msgspec.json.encode(_canonical(fitted), order="sorted")).hexdigest()


def _token(identifier: Identifier) -> str:
    return f"{identifier.system}|{identifier.value}"


def _canonical(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _words(part) if name == "div" else _canonical(part) for name, part in value.items()}
    if isinstance(value, list):
        return sorted(map(_canonical, value), key=lambda part: msgspec.json.encode(part, order="sorted"))
    return " ".join(value.split()) if isinstance(value, str) else value


def _words(xhtml: Json) -> str:
    return " ".join(narrative.text_of(narrative.lines(str(xhtml))).split())
