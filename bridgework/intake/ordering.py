"""An Inbox item as an order for a referral: who refers, whom, what for, with which papers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bridgework.access import viewer
from bridgework.dentistry import urgency
from bridgework.intake.fields import Fields
from bridgework.intake.models import InboxItem
from bridgework.lib import phones
from bridgework.lib.actor import Actor
from bridgework.network import matching as network
from bridgework.network import offices
from bridgework.network.models import Organization
from bridgework.patients import charts
from bridgework.referrals import actions as referrals
from bridgework.referrals.snapshot import PatientIdentity, Referrer, Snapshot
from bridgework.referrals.timeline import Request

LONGEST_AGO = timedelta(days=3660)


def missing(fields: Fields) -> list[str]:
    """Name what a referral cannot do without."""
    needed = {
        "the patient's name": fields.patient.family or fields.patient.given,
        "who refers": fields.referrer.provider or fields.referrer.office or fields.referrer.npi,
    }
    return [name for name, value in needed.items() if not value]


def order_of(item: InboxItem, fields: Fields, *, by: Actor, at: datetime) -> referrals.Order:
    """Make the order, finding or typing in the referring office and the patient's own chart."""
    here = Organization.objects.get(id=viewer.current())
    found = network.find_or_make_referrer(clues=_clues(fields), by=by, at=at)
    office = offices.to_write_to(here.id)
    patient = _patient(fields)
    return referrals.Order(
        sender_id=found.organization_id,
        sender_name=found.office.organization.name,
        receiver=referrals.Receiver(
            organization_id=here.id, name=here.name, office_id=office.id if office else None,
            provider_name=fields.recipient.provider, channel=item.format,
        ),
        patient=patient,
        snapshot=_snapshot(item, fields, found.office.name),
        request=_request(fields, here),
        packet=(referrals.PacketFile(file_id=item.original_id, kind="document", title=_title(item)),),
        patient_id=charts.find_or_make(patient, _history(fields), by=by, at=at),
    )  # fmt: skip


def telling_of(item: InboxItem, fields: Fields, *, by: Actor, at: datetime) -> referrals.Telling:
    """Say when it happened: on the document's day of referral when it names one, else when it arrived."""
    came = item.received_at.date()
    try:
        day = date.fromisoformat(fields.referred_date)
    except ValueError:
        day = came
    day = day if came - day <= LONGEST_AGO else came  # year 1 stands in documents for an unknown date
    happened_at = min(datetime.combine(day, time(12), UTC), item.received_at, at)
    return referrals.Telling(by=by, at=at, happened_at=happened_at, key=f"inbox:{item.id}", system=item.format)


def _history(fields: Fields) -> charts.History:
    who = fields.patient
    return charts.History(
        allergies=fields.allergies, medications=fields.medications, conditions=fields.conditions,
        insurance=fields.insurance, address=who.address, language=who.language, phones=who.phones, emails=who.emails,
    )  # fmt: skip


def _clues(fields: Fields) -> network.Clues:
    source = fields.referrer
    return network.Clues(
        provider=source.provider, npi=source.npi, office=source.office, phone=source.phone, fax=source.fax,
        email=source.email,
    )  # fmt: skip


def _patient(fields: Fields) -> PatientIdentity:
    who = fields.patient
    return PatientIdentity(
        given=who.given,
        family=who.family,
        birth_date=fields.born,
        sex=who.sex or "unknown",
        phone=next((number for text in who.phones if (number := phones.to_e164(text))), ""),
        email=next(iter(who.emails), ""),
    )


def _snapshot(item: InboxItem, fields: Fields, office: str) -> Snapshot:
    source = fields.referrer
    return Snapshot(
        language=fields.patient.language[:2] or "en",
        address=fields.patient.address,
        allergies=fields.allergies,
        medications=fields.medications,
        conditions=fields.conditions,
        insurance=fields.insurance,
        history_as_of=item.received_at.date(),
        referrer=Referrer(
            office=source.office or office, provider=source.provider, npi=source.npi, phone=source.phone,
            fax=source.fax, email=source.email,
        ),
        identifiers=dict(fields.identifiers),
        documents=tuple(f"{each.title} {each.date}".strip() for each in fields.documents),
        source=item.came_by,
    )  # fmt: skip


def _request(fields: Fields, here: Organization) -> Request:
    specialty = fields.specialty if fields.specialty != "unknown" else here.specialty or "general"
    flags = urgency.red_flags_in(fields.reason, {})
    return Request(
        specialty=specialty,
        procedure=", ".join(fields.procedures),
        urgency=fields.urgency if fields.urgency != "unknown" else "routine",
        red_flags=tuple(flag.kind for flag in flags),
        reason=fields.reason,
        teeth=fields.teeth,
    )


def _title(item: InboxItem) -> str:
    return f"Original {item.format.upper()} document: {item.name}"
