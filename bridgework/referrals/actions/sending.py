"""Making a referral and sending it, in one act: snapshot, packet, cases of both offices, first entries."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.files import actions as files
from bridgework.lib.ids import uuid7
from bridgework.referrals import models, projection, story
from bridgework.referrals.errors import Refused
from bridgework.referrals.lifecycle import Standing, fold
from bridgework.referrals.recording import Telling, tell
from bridgework.referrals.snapshot import PatientIdentity, Snapshot, to_json
from bridgework.referrals.story import Story
from bridgework.referrals.timeline import Booked, Entry, Kind, Received, Request, Sent
from bridgework.scheduling import actions as scheduling

_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, so no words; nothing that looks like something else


@dataclass(frozen=True, kw_only=True)
class PacketFile:
    """A stored file of the viewer's that goes with the referral."""

    file_id: UUID
    kind: str  # film, photo, document
    title: str
    teeth: tuple[str, ...] = ()
    taken_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """Where it goes. `channel` is "portal" for an office on Bridgework, else how it is told."""

    organization_id: UUID
    name: str
    office_id: UUID | None = None
    provider_name: str = ""
    channel: str = "portal"


@dataclass(frozen=True, kw_only=True)
class Order:
    """A whole referral, ready to go.

    `sender_id` differs from the viewer when the receiving office types in what came on paper or in a file. `patient_id`
    is the viewer's own chart. `booking` is the visit agreed before the patient left, `opening_id` an offered time that
    is taken for it.
    """

    sender_id: UUID
    sender_name: str
    receiver: Receiver
    patient: PatientIdentity
    snapshot: Snapshot
    request: Request
    packet: tuple[PacketFile, ...] = ()
    patient_id: UUID | None = None
    draft_id: UUID | None = None
    booking: Booked | None = None
    opening_id: UUID | None = None


@transaction.atomic
def send(order: Order, *, telling: Telling) -> models.Referral:
    """Make the referral and send it; the receiving office sees it at once.

    Told twice with the same draft, the first referral is returned. Raises Refused when the draft was discarded, or
    sender and receiver are the same, and scheduling's Taken when the chosen time is gone.
    """
    if order.sender_id == order.receiver.organization_id:
        raise Refused("A referral needs two offices: choose somebody else to send it to.")
    if (sent := _sent_before(order)) is not None:
        return sent
    referral = _referral(order, telling.at)
    entries = tuple(_entries(order, _booking(order, referral.id, telling), referral.id, telling))
    known, after = Story(referral, entries), fold(entries)
    # The own case comes first: from then on the policies let this organization write the rest.
    case = projection.insert(
        referral, projection.columns_of(known, after, viewer.current()), viewer.current(), at=telling.at
    )
    if order.patient_id is not None:
        models.Case.objects.filter(organization_id=viewer.current(), id=case.id).update(patient_id=order.patient_id)
    referral.save(force_insert=True)
    story.append(entries)
    add_to_packet(referral.id, order.packet, at=telling.at)
    _settle_draft(order, referral.id, telling.at)
    audit.record("referral.sent", by=telling.by, at=telling.at, referral_id=referral.id, patient_id=order.patient_id)
    _tell_each(referral, entries)
    return referral


def _tell_each(referral: models.Referral, entries: tuple[Entry, ...]) -> None:
    """Publish the first entries one after the other, each with the standing before and after it."""
    before = Standing()
    for count in range(1, len(entries) + 1):
        known = Story(referral, entries[:count])
        tell(known, entries[count - 1], before=before, after=known.standing)
        before = known.standing


def _sent_before(order: Order) -> models.Referral | None:
    if order.draft_id is None:
        return None
    draft = models.Draft.objects.select_for_update().filter(organization_id=viewer.current(), id=order.draft_id).first()
    if draft is None or draft.state == models.DraftState.DISCARDED:
        raise Refused("This draft was discarded, so it cannot be sent.")
    if draft.referral_id is None:
        return None
    return models.Referral.objects.get(id=draft.referral_id)


def _settle_draft(order: Order, referral_id: UUID, at: datetime) -> None:
    if order.draft_id is not None:
        models.Draft.objects.filter(organization_id=viewer.current(), id=order.draft_id).update(
            state=models.DraftState.SENT, referral_id=referral_id, saved_at=at
        )


def _referral(order: Order, at: datetime) -> models.Referral:
    who = order.patient
    return models.Referral(
        id=uuid7(at),
        number="BW-" + "".join(secrets.choice(_ALPHABET) for _ in range(7)),
        patient_given=who.given,
        patient_family=who.family,
        patient_birth_date=who.birth_date,
        patient_sex=who.sex,
        patient_phone=who.phone,
        patient_email=who.email,
        snapshot=to_json(order.snapshot),
        made_at=at,
    )


def _booking(order: Order, referral_id: UUID, telling: Telling) -> Booked | None:
    if order.opening_id is None:
        return order.booking
    opening = scheduling.hold(opening_id=order.opening_id, referral_id=referral_id, by=telling.by, at=telling.at)
    if opening.organization_id != order.receiver.organization_id:
        raise Refused("That time is offered by another office. Choose one of the office that you send to.")
    return Booked(
        starts_at=opening.starts_at,
        minutes=opening.minutes,
        office_id=opening.office_id,
        provider_name=opening.provider_name,
        booked_by="sender",
    )


def _entries(order: Order, booking: Booked | None, referral_id: UUID, telling: Telling) -> list[Entry]:
    to = order.receiver
    sent = Sent(
        to_organization=to.organization_id,
        to_office=to.office_id,
        to_provider_name=to.provider_name,
        to_name=to.name,
        from_organization=order.sender_id,
        from_name=order.sender_name,
        from_provider_name=order.snapshot.referrer.provider,
        request=order.request,
        channel=to.channel,
    )
    bodies: list[Kind] = [sent]
    if viewer.current() == to.organization_id:  # typed in, or read from a file, by the office that has it now
        bodies.append(Received(channel=to.channel))
    if booking is not None:
        bodies.append(booking)
    return [
        Entry(
            id=uuid7(telling.at),
            referral_id=referral_id,
            happened_at=telling.at if isinstance(body, Received) else telling.happened_at or telling.at,
            recorded_at=telling.at,
            organization_id=viewer.current(),
            actor=telling.by,
            body=body,
            origin_system=telling.system,
            origin_id=f"{telling.key}:{body.kind}" if telling.key else "",
        )
        for body in bodies
    ]


def add_to_packet(referral_id: UUID, packet: tuple[PacketFile, ...], *, at: datetime) -> None:
    """Write the packet's rows and let every other party read the files."""
    models.PacketItem.objects.bulk_create(
        [
            models.PacketItem(
                id=uuid7(at), referral_id=referral_id, organization_id=viewer.current(), file_id=item.file_id,
                kind=item.kind, title=item.title, teeth=list(item.teeth), taken_on=item.taken_on, attached_at=at,
            )
            for item in packet
        ]
    )  # fmt: skip
    share_packet(referral_id, at=at)


def share_packet(referral_id: UUID, *, at: datetime) -> None:
    """Let the present parties read the viewer's own files of this packet."""
    mine = models.PacketItem.objects.filter(referral_id=referral_id, organization_id=viewer.current())
    file_ids = list(mine.order_by("id").values_list("file_id", flat=True))
    if not file_ids:
        return
    standing = story.load(referral_id).standing
    for party in (standing.sender, standing.receiver):
        if party is not None and party != viewer.current():
            files.share(file_ids, with_organization_id=party, at=at)
