"""Write a FHIR JSON tree as FHIR XML, for tests: the other direction of `fhir.xml`."""

from decimal import Decimal
from typing import Any
from xml.sax.saxutils import quoteattr

from bridgework.interop.fhir.definitions import elements_of

NAMESPACE = "http://hl7.org/fhir"


def to_xml(tree: dict[str, Any]) -> bytes:
    """Write a resource as a whole XML file."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_resource(tree, top=True)}'.encode()


def _resource(tree: dict[str, Any], *, top: bool = False) -> str:
    name = tree["resourceType"]
    opening = f'{name} xmlns="{NAMESPACE}"' if top else name
    return f"<{opening}>{_children(tree, name)}</{name}>"


def _children(tree: dict[str, Any], type_name: str) -> str:
    written = []
    for name, element in (elements_of(type_name) or {}).items():
        if name not in tree or (type_name == "Extension" and name == "url"):
            continue
        for value in tree[name] if element.is_list else [tree[name]]:
            written.append(_element(name, element.type, value))
    return "".join(written)


def _element(name: str, type_name: str, value: Any) -> str:
    if type_name == "xhtml":
        return str(value)
    if type_name == "Resource":
        return f"<{name}>{_resource(value)}</{name}>"
    if isinstance(value, dict):
        url = f" url={quoteattr(value['url'])}" if type_name == "Extension" else ""
        return f"<{name}{url}>{_children(value, type_name)}</{name}>"
    text = (
        {True: "true", False: "false"}.get(value)
        if isinstance(value, bool)
        else str(Decimal(value) if isinstance(value, float) else value)
    )
    return f"<{name} value={quoteattr(str(text))}/>"
