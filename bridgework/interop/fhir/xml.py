"""FHIR XML to the same tree that FHIR JSON gives (R4, section 2.6.1 "XML Representation"), by the table of R4."""

import re
from decimal import Decimal

from lxml import etree

from bridgework.interop.decoding import Json
from bridgework.interop.fhir.definitions import ANY_RESOURCE, NUMBERS, Element, elements_of, is_resource
from bridgework.interop.formats import FHIR_NAMESPACE
from bridgework.interop.notes import Notes

_WHOLE = re.compile(r"-?\d{1,30}")
_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,2})?")
_XHTML = "{http://www.w3.org/1999/xhtml}"


def resource_tree(root: etree._Element, notes: Notes) -> dict[str, Json]:
    """Turn a resource element into its JSON tree; elements that R4 does not know are left out with a warning."""
    name = etree.QName(root).localname
    return {"resourceType": name, **(_structure(root, name, notes) if is_resource(name) else {})}


def _structure(parent: etree._Element, type_name: str, notes: Notes) -> dict[str, Json]:
    elements = elements_of(type_name) or {}
    tree: dict[str, Json] = {name: value for name in ("id", "url") if (value := parent.get(name)) is not None}
    for child in parent:
        qualified = etree.QName(child)
        element = elements.get(qualified.localname)
        if element is None or (qualified.namespace != FHIR_NAMESPACE and element.type != "xhtml"):
            notes.leave_out(f"{type_name}.{qualified.localname[:64]} is not an element of FHIR R4; it was left out.")
            continue
        _put(tree, qualified.localname, element, child, notes)
    return tree


def _put(tree: dict[str, Json], name: str, element: Element, child: etree._Element, notes: Notes) -> None:
    """Add one child; what repeats becomes a list, whether R4 allows it (fit.py judges) or not."""
    if element.is_primitive and element.type != "xhtml":
        value, beside = _primitive(child, element, notes)
        _append(tree, name, element, value)
        _append(tree, f"_{name}", element, beside)
        return
    _append(tree, name, element, _value(child, element, notes))


def _append(tree: dict[str, Json], name: str, element: Element, value: Json) -> None:
    before = tree.get(name)
    if isinstance(before, list):
        before.append(value)
    elif name in tree:
        tree[name] = [before, value]
    else:
        tree[name] = [value] if element.is_list else value


def _value(child: etree._Element, element: Element, notes: Notes) -> Json:
    if element.type == "xhtml":
        return etree.tostring(child, encoding="unicode", with_tail=False)
    if element.type == ANY_RESOURCE:
        return resource_tree(child[0], notes) if len(child) else None
    return _structure(child, element.type, notes)


def _primitive(child: etree._Element, element: Element, notes: Notes) -> tuple[Json, Json]:
    """Give the value and, when it has extensions, what JSON writes beside it under the name with an underscore."""
    raw = child.get("value")
    beside = _structure(child, "Element", notes) if len(child) else None
    if raw is None:
        return None, beside
    if element.type == "boolean":
        return {"true": True, "false": False}.get(raw, raw), beside
    if element.type in NUMBERS:
        if _WHOLE.fullmatch(raw):
            return int(raw), beside
        return (Decimal(raw) if _DECIMAL.fullmatch(raw) else raw), beside
    return raw, beside
