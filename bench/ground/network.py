"""Two hundred organizations of unequal size, each with an office, a coordinator, tasks and an Inbox."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from bench.ground.database import Link, copy_rows
from bridgework.accounts.models import Membership, Role, User
from bridgework.files.models import StoredFile
from bridgework.intake.models import InboxItem
from bridgework.lib.ids import uuid7
from bridgework.lib.names import name_key
from bridgework.network.models import Office, Organization
from bridgework.worklist.models import Task

SENDERS, RECEIVERS = 150, 50
SENDER_SKEW, RECEIVER_SKEW = 0.6, 0.8  # the share of the k-th largest falls as k to this power
TASKS, INBOX_ITEMS = 12, 4
HOURS = {str(day): [["08:00", "17:00"]] for day in range(5)}


@dataclass(frozen=True)
class Member:
    """An organization of the benchmark and the person who works there. `share` is its part of its side's referrals."""

    organization_id: UUID
    name: str
    office_id: UUID
    user_id: UUID
    side: str
    share: float


@dataclass(frozen=True)
class _Made:
    organization: Organization
    office: Office
    user: User
    side: str


def found(link: Link) -> tuple[Member, ...]:
    """Give the organizations that an earlier run has written, largest first on each side."""
    rows = link.execute(
        "select o.id, o.name, f.id, m.user_id, case when o.kind = 'general' then 'sender' else 'receiver' end as side"
        " from network_organization o join network_office f on f.organization_id = o.id"
        " join accounts_membership m on m.organization_id = o.id where o.slug like 'bench-%' order by side desc, o.id"
    ).fetchall()
    shares = {"sender": iter(shares_of(SENDERS, SENDER_SKEW)), "receiver": iter(shares_of(RECEIVERS, RECEIVER_SKEW))}
    return tuple(Member(*row, share=next(shares[str(row[-1])])) for row in rows)  # type: ignore[arg-type, misc]


def fill(link: Link, *, at: datetime) -> tuple[Member, ...]:
    """Write the organizations with all that a signed-in person's pages ask for; largest first on each side."""
    members = tuple(
        _made(f"{word} {number}", side, at)
        for side, word, count in (("sender", "Family Dental", SENDERS), ("receiver", "Oral Surgery", RECEIVERS))
        for number in range(1, count + 1)
    )
    chance = random.Random(7)
    copy_rows(link, "network_organization", [one.organization for one in members])
    copy_rows(link, "network_office", [one.office for one in members])
    copy_rows(link, "accounts_user", [one.user for one in members])
    copy_rows(link, "accounts_membership", [_membership(one) for one in members])
    copy_rows(link, "worklist_task", [task for one in members for task in _tasks(one, at, chance)])
    files = {one.organization.id: _file(one, at) for one in members}
    copy_rows(link, "files_storedfile", list(files.values()))
    copy_rows(link, "intake_inboxitem", [item for one in members for item in _inbox(one, files, at)])
    return found(link)


def shares_of(count: int, skew: float) -> list[float]:
    """Give each rank its share of the whole."""
    weights = [1 / rank**skew for rank in range(1, count + 1)]
    return [weight / sum(weights) for weight in weights]


def _made(name: str, side: str, at: datetime) -> _Made:
    slug = name_key(name).replace(" ", "-")
    kind, specialty = ("general", "") if side == "sender" else ("specialist", "oral_surgery")
    organization = Organization(
        id=uuid7(), name=name, name_key=name_key(name), slug=f"bench-{slug}", kind=kind, specialty=specialty, made_at=at
    )
    office = Office(
        organization=organization, name=name, city="Portland", state="OR", postal_code="97204", phone="+15035550120",
        email=f"office@{slug}.example.org", zone="America/Los_Angeles", weekly_hours=HOURS,
    )  # fmt: skip
    user = User(email=f"{slug}@example.org", name="Dana Whitfield", password=UNUSABLE_PASSWORD_PREFIX)
    return _Made(organization, office, user, side)


def _membership(member: _Made) -> Membership:
    return Membership(organization=member.organization, user=member.user, office=member.office, role=Role.COORDINATOR)


def _tasks(member: _Made, at: datetime, chance: random.Random) -> list[Task]:
    return [
        Task(
            organization=member.organization,
            kind="reply",
            subject_id=uuid7(),
            patient_name="Elena Marquez",
            sentence="Wrote: can I come an hour later on Friday?",
            due_at=at + timedelta(hours=chance.uniform(-30, 60)),
            made_at=at,
        )
        for _ in range(TASKS)
    ]


def _file(member: _Made, at: datetime) -> StoredFile:
    return StoredFile(
        organization=member.organization, digest="0" * 64, size=1, kind="document", media_type="application/json",
        name="note.json", stored_at=at,
    )  # fmt: skip


def _inbox(member: _Made, files: dict[UUID, StoredFile], at: datetime) -> list[InboxItem]:
    return [
        InboxItem(
            organization=member.organization,
            came_by="file",
            name=f"note {number}.json",
            format="fhir",
            kind="referral",
            identity=f"bench-{number}",
            original=files[member.organization.id],
            fields={"patient": {"given": "Ana", "family": "Silva", "birth_date": "1980-05-05"}},
            received_at=at - timedelta(hours=number),
        )
        for number in range(INBOX_ITEMS)
    ]
