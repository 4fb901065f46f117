"""All resources of a file, and the way from a reference to the resource that it means.

References are followed by full address, by relative address, by `urn:uuid`, by version, into `contained`, and by
identifier (R4, sections 2.3.0.1 "Literal References" and 2.36.4.1 "Resolving references in Bundles").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from bridgework.interop.decoding import Json
from bridgework.interop.fhir.datatypes import Identifier, Reference, View
from bridgework.interop.notes import Notes

Tree = dict[str, Json]
V = TypeVar("V", bound=View)
_MOST_BUNDLES_DEEP = 5


@dataclass(frozen=True, eq=False)
class Held:
    """One resource of the file: its tree, the address of its bundle entry, and the resource that contains it."""

    tree: Tree
    address: str = ""
    container: "Held | None" = None

    @property
    def type(self) -> str:
        """The name of the resource type."""
        return str(self.tree["resourceType"])

    @property
    def local(self) -> str:
        """Type and id ("Patient/1"), "" without id."""
        return f"{self.type}/{self.tree['id']}" if self.tree.get("id") else ""


@dataclass(frozen=True, eq=False)
class Found(Generic[V]):
    """A resource as a reading view, with what is needed to follow its references."""

    view: V
    held: Held


class Resources:
    """The resources of one file, each once, whatever the order of entries."""

    def __init__(self, root: Tree, notes: Notes) -> None:
        self._notes = notes
        self._by_address: dict[str, Held] = {}
        self._by_identifier: dict[tuple[str, str], Held] = {}
        self._contained: dict[tuple[int, str], Held] = {}
        every = sorted(_unpack(root), key=_rank, reverse=True)
        self._all = [held for held in every if self._index(held)]
        self._held_inside = [inner for held in self._all for inner in self._unfold(held)]

    def of_type(self, view_type: type[V]) -> list[Found[V]]:
        """Give all resources of a type, contained ones last, in an order that does not depend on the file's."""
        name = view_type.__name__
        return [_view(held, view_type) for held in (*self._all, *self._held_inside) if held.type == name]

    def read(self, held: Held, view_type: type[V]) -> Found[V]:
        """Read a resource of this type through its view."""
        return _view(held, view_type)

    def types(self) -> set[str]:
        """Name the types of the resources in the file, contained ones aside."""
        return {held.type for held in self._all}

    def narratives(self) -> list[tuple[str, str]]:
        """Give the type and XHTML of every resource that has a narrative of its own."""
        texts = ((held.type, held.tree.get("text")) for held in self._all)
        return [(kind, str(text["div"])) for kind, text in texts if isinstance(text, dict) and "div" in text]

    def follow(self, reference: Reference | None, view_type: type[V], origin: Held) -> Found[V] | None:
        """Give the resource that a reference means, when it is of this type; None, with a warning when it is missing."""
        held = self.held(reference, origin)
        return _view(held, view_type) if held and held.type == view_type.__name__ else None

    def held(self, reference: Reference | None, origin: Held, *, quietly: bool = False) -> Held | None:
        """Give the resource that a reference means, of whatever type; a missing one is warned about unless `quietly`."""
        if reference is None or not (reference.reference or reference.identifier):
            return None
        held = self._find(reference.reference, origin) or self._identified(reference.identifier)
        if held is None and reference.reference and not quietly:
            name = f" ({reference.display})" if reference.display else ""
            self._notes.warn(f"The file refers to {reference.reference[:120]}{name} but does not hold it.")
        return held

    def _index(self, held: Held) -> bool:
        """Enter a resource under its addresses; False for another copy of one that is in already."""
        if held.local and held.local in self._by_address and held.tree == self._by_address[held.local].tree:
            return False
        for address in (held.address, held.local, _tail(held.address)):
            if address:
                self._by_address.setdefault(address, held)
        if key := held.tree.get("id"):
            self._by_address.setdefault(f"urn:uuid:{key}", held)
        given = held.tree.get("identifier")
        for one in given if isinstance(given, list) else [given]:
            if isinstance(one, dict):
                self._by_identifier.setdefault((str(one.get("system", "")), str(one.get("value", ""))), held)
        return True

    def _unfold(self, held: Held) -> Iterator[Held]:
        inside = held.tree.get("contained")
        for tree in inside if isinstance(inside, list) else ():
            if isinstance(tree, dict):
                inner = Held(tree, container=held)
                self._contained[id(held), str(tree.get("id", ""))] = inner
                yield inner

    def _find(self, address: str, origin: Held) -> Held | None:
        container = origin.container or origin
        if address == "#":
            return container
        if address.startswith("#"):
            return self._contained.get((id(container), address[1:]))
        plain = address.partition("/_history/")[0].partition("|")[0]
        for candidate in (address, plain, _tail(plain), f"urn:uuid:{plain}"):
            if candidate and candidate in self._by_address:
                return self._by_address[candidate]
        return None

    def _identified(self, wanted: Identifier | None) -> Held | None:
        """Find the resource that bears an identifier."""
        return self._by_identifier.get((wanted.system, wanted.value)) if wanted and wanted.value else None


def first(found: Iterable[Found[V]]) -> Found[V] | None:
    """Give the first of several, if there is any."""
    return next(iter(found), None)


def _unpack(root: Tree, address: str = "", depth: int = 0) -> Iterator[Held]:
    """Give the resource, or those of a bundle; bundles within bundles are opened too."""
    if root["resourceType"] != "Bundle":
        yield Held(root, address)
        return
    entries = root.get("entry")
    for entry in entries if isinstance(entries, list) and depth < _MOST_BUNDLES_DEEP else ():
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict) and isinstance(entry, dict):
            yield from _unpack(resource, str(entry.get("fullUrl", "")), depth + 1)


def _tail(address: str) -> str:
    """Give "Patient/1" of "https://a.example/fhir/Patient/1"."""
    parts = address.rsplit("/", 2)
    return "/".join(parts[-2:]) if len(parts) > 1 and parts[-2][:1].isupper() else ""


def _rank(held: Held) -> tuple[str, int, bytes]:
    """Order resources by themselves: the newer version of one first, then by content."""
    meta = held.tree.get("meta")
    version = meta if isinstance(meta, dict) else {}
    number = str(version.get("versionId", ""))
    content = msgspec.json.encode(held.tree, order="sorted")
    return str(version.get("lastUpdated", "")), int(number) if number.isdecimal() and len(number) < 10 else 0, content


def _view(held: Held, view_type: type[V]) -> Found[V]:
    """Read a fitted tree through a view; fitting has made sure that it can be."""
    return Found(msgspec.convert(held.tree, view_type), held)
