"""Hold a FHIR tree to the table of R4: afterwards every value has the type and the number that R4 gives it.

What does not fit is left out of the view, with a warning; the original is kept elsewhere. Primitive values that carry
the extension data-absent-reason count as absent (R4, section 2.1.0.6). Text is freed of control characters and of
blanks around it, U+00A0 too.
"""

import re
from decimal import Decimal, InvalidOperation

from bridgework.interop.decoding import Json
from bridgework.interop.fhir.definitions import ANY_RESOURCE, NUMBERS, Element, elements_of, is_resource
from bridgework.interop.notes import Notes

_DATA_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_MAX_DEPTH = 50  # structures within structures; a document with nested sections stays under 20
_MOST_BITS = 256  # far above every identifier; longer ones cost time to write out
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,63}")


def fit_resource(tree: Json, notes: Notes, depth: int = 0) -> dict[str, Json] | None:
    """Fit one resource with everything inside it; None when it is no R4 resource."""
    if not isinstance(tree, dict):
        notes.leave_out("A resource is not written as one; it was left out.")
        return None
    name = tree.get("resourceType")
    if not isinstance(name, str) or not is_resource(name):
        shown = name if isinstance(name, str) and _NAME.fullmatch(name) else "none"
        notes.leave_out(f"A resource has a type that FHIR R4 does not know ({shown}); it was left out.")
        return None
    return {"resourceType": name, **_fit_structure(tree, name, notes, depth + 1)}


def _fit_structure(tree: dict[str, Json], type_name: str, notes: Notes, depth: int) -> dict[str, Json]:
    if depth > _MAX_DEPTH:
        notes.leave_out("A part of the file is nested too deeply; it was left out.")
        return {}
    elements = elements_of(type_name) or {}
    _say_unknown(tree, type_name, elements, notes)
    fitted: dict[str, Json] = {}
    for name, element in elements.items():
        if name not in tree:
            continue
        values = _as_list(tree[name], element, f"{type_name}.{name}", notes)
        if element.is_primitive:
            values = [None if _is_absent(tree, name, at) else value for at, value in enumerate(values)]
        kept = [_fit_value(value, element, f"{type_name}.{name}", notes, depth) for value in values]
        kept = [value for value in kept if value is not None]
        if kept:
            fitted[name] = kept if element.is_list else kept[0]
    return fitted


def _say_unknown(tree: dict[str, Json], type_name: str, elements: dict[str, Element], notes: Notes) -> None:
    """Warn of elements that R4 does not know; "_name" stands beside a primitive, comments are of FHIR DSTU2."""
    for name in tree.keys() - elements.keys() - {"resourceType", "fhir_comments"}:
        if not name.startswith("_"):
            shown = name if _NAME.fullmatch(name) else "Something"
            notes.leave_out(f"{type_name}.{shown} is not an element of FHIR R4; it was left out.")


def _as_list(value: Json, element: Element, path: str, notes: Notes) -> list[Json]:
    """Give the values of an element, however often they are written."""
    if not isinstance(value, list):
        if element.is_list and value is not None:
            notes.leave_out(f"{path} stands alone where FHIR has a list; it was read all the same.")
        return [value]
    if not element.is_list and len(value) > 1:
        notes.leave_out(f"{path} has several values where FHIR has one; the first was read.")
    return value


def _fit_value(value: Json, element: Element, path: str, notes: Notes, depth: int) -> Json:
    if value is None:
        return None
    if element.is_primitive:
        fitted = _fit_primitive(value, element.type, path, notes)
        if fitted is None:
            notes.leave_out(f"{path} is of the wrong type; it was left out.")
        return None if fitted == "" else fitted
    if element.type == ANY_RESOURCE:
        return fit_resource(value, notes, depth)
    if not isinstance(value, dict):
        notes.leave_out(f"{path} is of the wrong type; it was left out.")
        return None
    return _fit_structure(value, element.type, notes, depth + 1)


def _fit_primitive(value: Json, kind: str, path: str, notes: Notes) -> Json:
    """Fit a single value; None when it is of another type."""
    if isinstance(value, dict | list) or (isinstance(value, bool) and kind != "boolean"):
        return None
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return None
    if kind == "boolean":
        return {"true": True, "false": False}.get(str(value).lower()) if isinstance(value, bool | str) else None
    if kind in NUMBERS:
        return _number(value)
    if not isinstance(value, str):
        notes.leave_out(f"{path} is a number where FHIR has text; it was read as text.")
    return _CONTROL.sub("", str(value)).strip()


def _number(value: Json) -> Json:
    """Read a number exactly as it is written; whole ones as int."""
    if not isinstance(value, str | int | float | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() > 30:
        return None
    return int(number) if re.fullmatch(r"-?\d+", str(value)) else number


def _is_absent(tree: dict[str, Json], name: str, at: int) -> bool:
    """Tell whether the sender says that this primitive value is not really there."""
    beside = tree.get(f"_{name}")
    if isinstance(beside, list):
        beside = beside[at] if at < len(beside) else None
    extensions = beside.get("extension") if isinstance(beside, dict) else None
    parts = extensions if isinstance(extensions, list) else [extensions]
    return any(isinstance(part, dict) and part.get("url") == _DATA_ABSENT for part in parts)
