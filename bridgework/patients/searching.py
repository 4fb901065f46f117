"""Finding charts by ranges of keys: the only kind of search that reaches an index under row-level security."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from bridgework.access import viewer
from bridgework.lib import names
from bridgework.lib.names import SearchTerm
from bridgework.patients.models import Contact, ContactKind, Patient, PatientSearch

# Keys of one patient that may begin alike: "smith john", "smith john a", …
_KEYS_A_PATIENT = 4
_MOST_TERMS = 6
_NUMBERISH = re.compile(r"[\d+()./\-]+")


def keys_of(patient: Patient, contacts: Iterable[Contact]) -> frozenset[str]:
    """Make every key by which a chart is found: names in both orders, phone digits and last four, birth date."""
    keys = set(names.search_keys(patient.given, patient.middle, patient.family, patient.preferred_name))
    for contact in contacts:
        if contact.kind == ContactKind.PHONE:
            keys |= names.phone_keys(contact.value)
    if patient.birth_date:
        keys |= names.birth_date_keys(patient.birth_date)
    return frozenset(keys)


def refresh_keys(patient: Patient) -> None:
    """Write the keys of a chart anew, after its name, birth date or phones changed."""
    wanted = keys_of(patient, patient.contacts.filter(organization_id=patient.organization_id).order_by("id"))
    rows = PatientSearch.objects.filter(organization_id=patient.organization_id, patient_id=patient.id)
    present = frozenset(rows.order_by("key").values_list("key", flat=True))
    if gone := present - wanted:
        rows.filter(key__in=gone).delete()
    PatientSearch.objects.bulk_create(
        PatientSearch(organization_id=patient.organization_id, key=key, patient_id=patient.id)
        for key in sorted(wanted - present)
    )


def matching(text: str, *, limit: int) -> tuple[UUID, ...]:
    """Find the charts that a typed text means, in the order of the key that matched, then of the chart's id.

    The text as one beginning comes first ("Cruz, Ma"), then charts that have every part of it somewhere
    ("mar cru 1968", "cruz 0142").
    """
    whole = names.parse_search(text)
    if whole is None:
        return ()
    found = _take(_with([whole]), limit, ())
    parts = _parts(text)
    if len(found) < limit and len(parts) > 1:
        found = _take(_with(parts), limit, found)
    return found


def holders(keys: Iterable[str], *, most: int) -> tuple[UUID, ...]:
    """Find the charts that have one of these very keys, by id."""
    rows = PatientSearch.objects.filter(organization_id=viewer.current(), key__in=sorted(keys))
    return tuple(rows.order_by("patient_id").values_list("patient_id", flat=True).distinct()[:most])


def _parts(text: str) -> list[SearchTerm]:
    """Split what was typed into names, dates and phone numbers, the most telling first."""
    terms = {}
    for piece in _pieces(text):
        term = names.parse_search(piece)
        if term is not None:
            terms[term.prefix] = term
    rank = {"birth_date": 0, "phone": 1, "name": 2}
    return sorted(terms.values(), key=lambda term: (rank[term.kind], -len(term.prefix), term.prefix))[:_MOST_TERMS]


def _pieces(text: str) -> Iterator[str]:
    """Give each word of a name, and the digits that stand side by side as one piece."""
    words: list[str] = []
    digits: list[str] = []
    for word in text.replace(",", " ").split():
        is_number = bool(_NUMBERISH.fullmatch(word))
        (digits if is_number else words).append(word)
        if not is_number and digits:
            yield " ".join(digits)
            digits = []
    if digits:
        yield " ".join(digits)
    yield from names.name_words(" ".join(words))


def _with(terms: Sequence[SearchTerm]) -> QuerySet[PatientSearch]:
    first, *others = terms
    rows = PatientSearch.objects.filter(organization_id=viewer.current(), key__gte=first.prefix, key__lt=first.end)
    for term in others:
        same = PatientSearch.objects.filter(
            organization_id=viewer.current(),
            patient_id=OuterRef("patient_id"),
            key__gte=term.prefix,
            key__lt=term.end,
        )
        rows = rows.filter(Exists(same))
    return rows.order_by("key", "patient_id")


def _take(rows: QuerySet[PatientSearch], limit: int, found: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """Take charts until there are `limit`, each once, although several of its keys may match."""
    taken = dict.fromkeys(found)
    start, size = 0, limit * _KEYS_A_PATIENT
    while len(taken) < limit:
        batch = list(rows.values_list("patient_id", flat=True)[start : start + size])
        taken |= dict.fromkeys(batch)
        if len(batch) < size:
            break
        start += size
    return tuple(taken)[:limit]
