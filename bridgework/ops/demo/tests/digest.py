"""Everything that a demo holds, in words: keys, numbers and secrets left out, each organization asked as itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Model

from bridgework.access import viewer
from bridgework.accounts.models import Membership, User
from bridgework.deliveries.models import Delivery, ReceivedMessage
from bridgework.files.models import StoredFile
from bridgework.intake.models import InboxItem
from bridgework.lib.ids import uuid7
from bridgework.network.models import Affiliation, Office, Organization, Provider
from bridgework.patients.models import Contact, Guardian, HistoryItem, Patient, PatientSearch
from bridgework.referrals.models import Case, Draft, Entry, PacketItem, Referral
from bridgework.scheduling.models import Opening
from bridgework.worklist.models import Task

Digest = dict[str, list[str]]

_ROWS: tuple[type[Model], ...] = (
    Organization, Office, Provider, Affiliation, Membership, Patient, Contact, Guardian, HistoryItem, PatientSearch,
    Referral, Entry, Case, PacketItem, Draft, Task, Delivery, ReceivedMessage, Opening, InboxItem, StoredFile,
)  # fmt: skip
_KEY = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}|BW-[0-9A-Z]{7}|-[0-9a-f]{8}\b")


def members() -> list[UUID]:
    """Give the organizations that sign in, by name."""
    with viewer.acting(uuid7()):
        return list(Organization.objects.filter(is_member=True).order_by("name_key").values_list("id", flat=True))


def digest_of_everything() -> Digest:
    """Write down every row that any member sees, by table."""
    digest: Digest = {model.__name__: [] for model in _ROWS}
    for organization_id in members():
        with viewer.acting(organization_id):
            for model in _ROWS:
                digest[model.__name__] += sorted(_lines(model))
    digest["User"] = sorted(User.objects.order_by("email").values_list("email", flat=True))
    return digest


def _lines(model: type[Model]) -> Iterator[str]:
    for row in model._default_manager.order_by().values():
        yield _KEY.sub("#", repr(sorted((name, str(value)) for name, value in row.items())))
