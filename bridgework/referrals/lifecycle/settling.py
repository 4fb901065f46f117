"""From what arrived to what counts: private entries left out, duplicates dropped, corrections applied.

The result depends on the set of entries alone, never on the order in which they came.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from bridgework.referrals.envelope import Entry, UnknownKind, from_data
from bridgework.referrals.lifecycle.standing import Contradiction
from bridgework.referrals.timeline import Corrected


def settle(entries: Iterable[Entry]) -> tuple[list[Entry], list[Contradiction]]:
    """Give the shared facts that stand, unsorted and without the corrections, and what is wrong with the corrections."""
    kept, same_as = _without_duplicates(entry for entry in entries if entry.audience is None)
    corrections = {entry.id: entry for entry in kept.values() if isinstance(entry.body, Corrected)}
    facts = [entry for entry in kept.values() if entry.id not in corrections]
    if not corrections:
        return facts, []
    return _Correcting(corrections, {entry.id: entry for entry in kept.values()}, same_as).apply(facts)


def _without_duplicates(entries: Iterable[Entry]) -> tuple[dict[object, Entry], dict[UUID, UUID]]:
    """Keep one entry an origin, the one with the smallest id; also map every dropped id to the one kept for it."""
    kept: dict[object, Entry] = {}
    same_as: dict[UUID, UUID] = {}
    for entry in entries:
        key = (entry.origin_system, entry.origin_id) if entry.origin_id else entry.id
        other = kept.setdefault(key, entry)
        if other.id != entry.id:
            first, second = (entry, other) if entry.id < other.id else (other, entry)
            kept[key] = first
            same_as[second.id] = first.id
    return kept, same_as


class _Correcting:
    """Applies corrections from the outermost inwards, so that a correction of a correction acts first."""

    def __init__(self, corrections: dict[UUID, Entry], known: dict[UUID, Entry], same_as: dict[UUID, UUID]) -> None:
        self._corrections = corrections
        self._known = known
        self._same_as = same_as
        self._waiting: dict[UUID, list[Entry]] = defaultdict(list)
        self._contradictions: list[Contradiction] = []

    def apply(self, facts: list[Entry]) -> tuple[list[Entry], list[Contradiction]]:
        for correction in self._outermost_first():
            standing = self._corrected(correction)
            if standing is not None and self._is_sound(standing):
                self._waiting[self._target(standing)].append(standing)
        settled = [fact for fact in map(self._corrected, facts) if fact is not None]
        return settled, sorted(self._contradictions, key=lambda found: (found.entry_id, found.sentence))

    def _target(self, correction: Entry) -> UUID:
        assert isinstance(correction.body, Corrected)
        target = correction.body.target
        while target in self._same_as:
            target = self._same_as[target]
        return target

    def _outermost_first(self) -> list[Entry]:
        """Order corrections by how many others they build on, deepest first; leave out those that go in a circle."""
        depth: dict[UUID, int] = {}
        for start in self._corrections:
            path: list[UUID] = []
            at = start
            while at in self._corrections and at not in depth and at not in path:
                path.append(at)
                at = self._target(self._corrections[at])
            if at in path:
                circle = path[path.index(at) :]
                path = path[: path.index(at)]
                for member in circle:
                    depth[member] = 0
                    self._contradict(self._corrections[member], "Corrections correct each other in a circle.")
            below = depth.get(at, 0)
            for steps, member in enumerate(reversed(path), start=1):
                depth[member] = below + steps
        going = [correction for correction in self._corrections.values() if depth[correction.id]]
        return sorted(going, key=lambda correction: -depth[correction.id])

    def _corrected(self, entry: Entry) -> Entry | None:
        """Apply the last recorded correction of an entry; None when that one takes it back."""
        waiting = self._waiting.get(entry.id)
        if not waiting:
            return entry
        last = max(waiting, key=lambda correction: (correction.recorded_at, correction.id)).body
        assert isinstance(last, Corrected)
        return None if last.action == "retract" else _replaced(entry, last)

    def _is_sound(self, correction: Entry) -> bool:
        """Check that a correction is the maker's own and can be read; one without its target waits for it."""
        target = self._known.get(self._target(correction))
        if target is None:
            return True
        owners = {correction.organization_id, target.organization_id} - {None}
        if len(owners) > 1:
            return self._contradict(correction, "An office corrected what another office had said.")
        assert isinstance(correction.body, Corrected)
        try:
            body = _replaced(target, correction.body).body
        except UnknownKind:
            return self._contradict(correction, "A correction holds something that cannot be read.")
        if isinstance(body, Corrected) != isinstance(target.body, Corrected):
            return self._contradict(correction, "A correction puts another correction in the place of what happened.")
        if isinstance(body, Corrected) and self._target(replace(correction, body=body)) != self._target(target):
            return self._contradict(correction, "A correction of a correction speaks of another entry.")
        return True

    def _contradict(self, entry: Entry, sentence: str) -> bool:
        self._contradictions.append(Contradiction(entry_id=entry.id, sentence=sentence))
        return False


def _replaced(entry: Entry, correction: Corrected) -> Entry:
    body = entry.body
    if correction.action == "replace" and correction.replacement is not None:
        body = from_data(correction.replacement_kind or body.kind, correction.replacement)
    return replace(entry, body=body, happened_at=correction.happened_at or entry.happened_at)
