"""Finding charts by ranges of keys: the only kind of search that reaches an index under row-level security.

Besides the keys of `lib.names` every chart has *pair keys*, "t:mar elena marquez": the first three letters of one name,
another name, then the first one whole. They find two names of which both were only begun ("marq ele") by one short range.
Dates and phones carry the names behind them ("b:1968-03-04 marquez elena"), so that a number and a name are one range too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations
from uuid import UUID

from django.db.models import QuerySet

from bridgework.access import viewer
from bridgework.lib import names
from bridgework.lib.names import SearchTerm, name_words
from bridgework.patients.models import Contact, ContactKind, Patient, PatientSearch

# Keys of one patient that may begin alike: "smith john", "smith john a", …
_KEYS_A_PATIENT = 4
_BEGINNING = 3  # letters of the first name of a pair key
_MOST_WORDS = 4
_MOST_NARROWED = 5_000  # charts that a date or number leaves, to be narrowed by names
_END = "\U0010ffff"


def keys_of(patient: Patient, contacts: Iterable[Contact]) -> frozenset[str]:
    """Make every key by which a chart is found: names in both orders and in pairs, phones, birth date."""
    keys = set(names.search_keys(patient.given, patient.middle, patient.family, patient.preferred_name))
    firsts, lasts = _words(f"{patient.given} {patient.middle}", patient.preferred_name), _words(patient.family)
    for first in firsts:
        for last in lasts:
            keys |= {_pair_key(first, last), _pair_key(last, first)}
    numbers = names.birth_date_keys(patient.birth_date) if patient.birth_date else frozenset()
    for contact in contacts:
        if contact.kind == ContactKind.PHONE:
            numbers |= names.phone_keys(contact.value)
    everyone = " ".join(dict.fromkeys((*lasts, *firsts)))
    return frozenset(keys | {f"{number} {everyone}" for number in numbers})


def _words(*parts: str) -> tuple[str, ...]:
    """Split names into words, particles joined to theirs and the last word of each part alone: "delacruz", "cruz"."""
    words: list[str] = []
    for part in parts:
        words += [*name_words(part), *(names.name_key(word) for word in part.split()[-1:])]
    return tuple(dict.fromkeys(filter(None, words)))


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
    ("mar cru", "cruz 0142", "elena 3/4/1968").
    """
    whole = names.parse_search(text)
    if whole is None:
        return ()
    found = _take(_between(whole.prefix, whole.end), limit, ())
    numbers, words = _parts(text)
    if len(found) < limit and numbers and (words or len(numbers) > 1):
        found = _with_numbers(numbers, words, limit, found)
    elif len(found) < limit and len(words) > 1:
        joined = list(name_words(" ".join(words)))  # "de la cruz juan" has two words
        found = _with_names(joined, limit, found)
        if not found and joined != words:
            found = _with_names(words, limit, found)
    return found


def holders(keys: Iterable[str], *, most: int) -> tuple[UUID, ...]:
    """Find the charts that have one of these very dates or phones, by key, then by id."""
    found: dict[UUID, None] = {}
    for key in sorted(keys):
        rows = _between(f"{key} ", f"{key} {_END}").values_list("patient_id", flat=True)
        found |= dict.fromkeys(rows[:most])
    return tuple(found)[:most]


def _pair_key(first: str, second: str) -> str:
    return f"t:{first[:_BEGINNING]} {second} {first}"


def _parts(text: str) -> tuple[list[SearchTerm], list[str]]:
    """Split what was typed into dates and phone numbers, the most telling first, and the words of names."""
    numbers: list[SearchTerm] = []
    words: list[str] = []
    digits: list[str] = []
    for word in [*text.replace(",", " ").split(), ""]:
        term = names.parse_search(word)
        if term and term.kind == "birth_date":
            numbers.append(term)
        elif term and term.kind == "phone":
            digits.append(word)  # "(503) 555 0142" is one number
            continue
        elif term:
            words.append(word)
        if digits and (phone := names.parse_search(" ".join(digits))):
            numbers.append(phone)
        digits = []
    words = [key for word in words if (key := names.name_key(word))]
    numbers.sort(key=lambda term: (term.kind != "birth_date", -len(term.prefix), term.prefix))
    return numbers, words[:_MOST_WORDS]


def _with_numbers(
    numbers: Sequence[SearchTerm], words: Sequence[str], limit: int, found: tuple[UUID, ...]
) -> tuple[UUID, ...]:
    """Take the charts of the most telling number that fit the rest as well."""
    first, *others = numbers
    rows = _between(first.prefix, first.end)
    for word in words:
        rows = rows.filter(key__contains=f" {word}")
    ids = _take(rows, _MOST_NARROWED if others else limit, ())
    for other in others:
        ids = _narrowed(ids, other.prefix)
    return tuple(dict.fromkeys((*found, *ids)))[:limit]


def _with_names(words: Sequence[str], limit: int, found: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """Take the charts whose names begin with these words, in any order, by one pair of words after another."""
    # Two initials alone fit a good part of all charts: they are not searched.
    telling = [pair for pair in permutations(words, 2) if max(map(len, pair)) > 1]
    telling.sort(key=lambda pair: (len(pair[0]) < _BEGINNING, -len(pair[1]), pair))
    for first, second in telling:
        rest = [word for word in words if word not in (first, second)]
        most = _MOST_NARROWED if rest else limit
        ids = _take(_pairs(first, second), most, () if rest else found)
        for word in rest:
            ids = _narrowed(ids, f"n:{word}")
        found = tuple(dict.fromkeys((*found, *ids)))[:limit]
        if len(found) == limit:
            break
    return found


def _pairs(first: str, second: str) -> QuerySet[PatientSearch]:
    """Give the pair keys in which one name begins with `first` and another with `second`."""
    if len(first) >= _BEGINNING:
        start = f"t:{first[:_BEGINNING]} {second}"
        return _between(start, start + _END).filter(key__contains=f" {first}")
    start = f"t:{first}"
    return _between(start, start + _END).filter(key__contains=f" {second}").filter(key__contains=f" {first}")


def _narrowed(ids: Sequence[UUID], prefix: str) -> tuple[UUID, ...]:
    """Keep the charts that also have a key with this beginning, in their order."""
    rows = _between(prefix, prefix + _END).filter(patient_id__in=list(ids)).order_by("patient_id")
    fitting = set(rows.values_list("patient_id", flat=True)) if ids else set()
    return tuple(one for one in ids if one in fitting)


def _between(start: str, end: str) -> QuerySet[PatientSearch]:
    rows = PatientSearch.objects.filter(organization_id=viewer.current(), key__gte=start, key__lt=end)
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
