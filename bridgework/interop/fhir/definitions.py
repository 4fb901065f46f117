"""Which elements each FHIR R4 type has, how often and of what type: the table that XML needs and JSON is held to.

The table is generated (`write_definitions.py`) from the structure definitions of FHIR R4 (4.0.1).
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

EVERYWHERE = {"id": "string", "extension": "Extension*", "modifierExtension": "Extension*"}
NUMBERS = frozenset({"decimal", "integer", "positiveInt", "unsignedInt"})
PRIMITIVES = NUMBERS | {"boolean", "code", "id", "markdown", "string", "xhtml", "base64Binary"}
PRIMITIVES |= {"date", "dateTime", "instant", "time", "canonical", "oid", "uri", "url", "uuid"}
# Stands for any resource; its type is in the resource itself.
ANY_RESOURCE = "Resource"


class Element(NamedTuple):
    """One element of a type: the name of its own type, and whether JSON has a list there."""

    type: str
    is_list: bool

    @property
    def is_primitive(self) -> bool:
        """Tell a single value (text, number, yes or no) from a structure."""
        return self.type in PRIMITIVES


@lru_cache(maxsize=2048)
def elements_of(type_name: str) -> dict[str, Element] | None:
    """Give the elements of a type or backbone path (`Patient`, `Patient.contact`), or None when R4 has no such type."""
    own = {} if type_name == "Element" else _table().get(type_name)
    if own is None:
        return None
    return {name: Element(kind.rstrip("*"), kind.endswith("*")) for name, kind in (EVERYWHERE | own).items()}


def is_resource(type_name: str) -> bool:
    """Tell whether R4 has a resource of this name."""
    elements = elements_of(type_name)
    return elements is not None and "implicitRules" in elements


@cache
def _table() -> dict[str, dict[str, str]]:
    raw = Path(__file__).with_name("definitions.json").read_bytes()
    return msgspec.json.decode(raw, type=dict[str, dict[str, str]])
