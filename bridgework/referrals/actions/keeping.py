"""What each office keeps beside the shared story: notes, files, an owner, its own chart."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from bridgework.access import viewer
from bridgework.audit import actions as audit
from bridgework.patients.models import Patient
from bridgework.referrals import story
from bridgework.referrals.actions.sending import PacketFile, add_to_packet
from bridgework.referrals.errors import NoSuchReferral, Refused
from bridgework.referrals.models import Case, PacketItem
from bridgework.referrals.recording import Telling, record
from bridgework.referrals.timeline import Assigned, Attached, Entry, Noted


def note(*, referral_id: UUID, telling: Telling, text: str, is_private: bool) -> Entry:
    """Write a note, for both offices or for one's own alone."""
    return record("note", Noted(text=text), referral_id=referral_id, telling=telling, is_private=is_private)


@transaction.atomic
def attach(*, referral_id: UUID, telling: Telling, files: tuple[PacketFile, ...]) -> Entry:
    """Add files to the packet; every party may read them. Raises Refused when all of them are in it already."""
    story.lock(referral_id)
    known = set(PacketItem.objects.filter(referral_id=referral_id).values_list("file_id", flat=True))
    files = tuple(file for file in files if file.file_id not in known)
    if not files:
        raise Refused("This is in the packet already.")
    body = Attached(titles=tuple(file.title for file in files), file_ids=tuple(file.file_id for file in files))
    entry = record("attach", body, referral_id=referral_id, telling=telling)
    if entry.recorded_at == telling.at:
        add_to_packet(referral_id, files, at=telling.at)
    return entry


@transaction.atomic
def assign(*, referral_id: UUID, telling: Telling, user_id: UUID, user_name: str) -> Entry:
    """Give one's own side of the referral to somebody; only one's own office sees who."""
    body = Assigned(user_id=str(user_id), user_name=user_name)
    entry = record("assign", body, referral_id=referral_id, telling=telling, is_private=True)
    _change_own_case(referral_id, owner_id=user_id)
    return entry


@transaction.atomic
def link_patient(*, referral_id: UUID, telling: Telling, patient_id: UUID) -> None:
    """Tie one's own chart to the referral.

    Raises Refused when there is no such chart in this organization.
    """
    if not Patient.objects.filter(organization_id=viewer.current(), id=patient_id).exists():
        raise Refused("There is no such chart here.")
    _change_own_case(referral_id, patient_id=patient_id)
    audit.record(
        "referral.patient_linked", by=telling.by, at=telling.at, referral_id=referral_id, patient_id=patient_id
    )


def _change_own_case(referral_id: UUID, **columns: UUID) -> None:
    if Case.objects.filter(organization_id=viewer.current(), referral_id=referral_id).update(**columns) != 1:
        raise NoSuchReferral("There is no such referral here.")
