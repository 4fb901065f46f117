"""A referral as one party knows it: the snapshot, the entries that it may see, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal
from uuid import UUID

from django.db import connection

from bridgework.access import viewer
from bridgework.referrals import models
from bridgework.referrals.errors import NoSuchReferral
from bridgework.referrals.lifecycle import Standing, fold, side_of
from bridgework.referrals.timeline import Actor, Entry, Redirected, Sent, Side, from_data, to_data


@dataclass(frozen=True)
class Story:
    """The referral and its entries, shared and the viewer's own private ones."""

    referral: models.Referral
    entries: tuple[Entry, ...]

    @cached_property
    def standing(self) -> Standing:
        """Return what is true now."""
        return fold(self.entries)

    @cached_property
    def names(self) -> Mapping[UUID, str]:
        """Return the names of the organizations that take or took part, as the entries call them."""
        found: dict[UUID, str] = {}
        for entry in self.entries:
            match entry.body:
                case Sent(to_organization=to, to_name=name, from_organization=source, from_name=source_name):
                    found |= {party: text for party, text in ((to, name), (source, source_name)) if party}
                case Redirected(to_organization=to, to_name=name):
                    found[to] = name
        return found

    def side(self, organization_id: UUID) -> Side | Literal["former"] | None:
        """Return the side on which an organization stands."""
        return side_of(self.standing, organization_id)

    def left_at(self, organization_id: UUID) -> datetime | None:
        """Return when an organization's part ended: when the redirect away from it was recorded."""
        left, holder = None, None
        for entry in self.entries:
            match entry.body:
                case Sent(to_organization=to) | Redirected(to_organization=to):
                    left = entry.recorded_at if holder == organization_id else left
                    holder = to
        return left


def lock(referral_id: UUID) -> None:
    """Wait for the turn to write on this referral. Nobody may update the shared row, so the lock is advisory."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(referral_id)])


def load(referral_id: UUID) -> Story:
    """Read a referral as the viewer may see it.

    Raises NoSuchReferral when there is none, or the viewer has no case of it.
    """
    referral = models.Referral.objects.filter(id=referral_id).first()
    if referral is None:
        raise NoSuchReferral("There is no such referral here.")
    rows = models.Entry.objects.filter(referral_id=referral_id).order_by("happened_at", "id")
    return Story(referral, tuple(to_entry(row) for row in rows))


def append(entries: Iterable[Entry]) -> None:
    """Write entries into the timeline, in one statement."""
    models.Entry.objects.bulk_create([to_row(entry) for entry in entries])


def to_entry(row: models.Entry) -> Entry:
    """Read a row of the timeline."""
    return Entry(
        id=row.id,
        referral_id=row.referral_id,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        organization_id=row.organization_id,
        actor=Actor(kind=row.actor_kind, id=row.actor_id, name=row.actor_name),  # type: ignore[arg-type]
        body=from_data(row.kind, row.data),
        origin_system=row.origin_system,
        origin_id=row.origin_id,
        audience=row.audience_id,
    )


def to_row(entry: Entry) -> models.Entry:
    """Return a row of the timeline that is not yet written; what nobody in particular said is the viewer's."""
    return models.Entry(
        id=entry.id,
        referral_id=entry.referral_id,
        organization_id=entry.organization_id or viewer.current(),
        audience_id=entry.audience,
        kind=entry.body.kind,
        data=to_data(entry.body),
        happened_at=entry.happened_at,
        recorded_at=entry.recorded_at,
        actor_kind=entry.actor.kind,
        actor_id=entry.actor.id,
        actor_name=entry.actor.name,
        origin_system=entry.origin_system,
        origin_id=entry.origin_id,
    )


def here() -> UUID:
    """Return the organization in whose name the story is read."""
    return viewer.current()
