"""The shared referral and its timeline, each organization's own case, and drafts.

`Referral`, `Entry` and `PacketItem` are shared: a party sees them through its `Case`, and nobody can change a row once
written (the app role may only insert). What is true now is folded from the entries and kept in `Case` for fast lists.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from bridgework.files.models import StoredFile
from bridgework.lib.ids import uuid7
from bridgework.network.models import Organization
from bridgework.patients.models import Patient


class Side(models.TextChoices):
    SENDER = "sender", "Sent"
    RECEIVER = "receiver", "Received"
    FORMER = "former", "Passed on"


class Referral(models.Model):
    """The snapshot made at sending. It belongs to no organization and never changes; amendments are entries."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.TextField()  # what people say on the phone: BW-7K2M9Q
    patient_given = models.TextField()
    patient_family = models.TextField()
    patient_birth_date = models.DateField(null=True)
    patient_sex = models.TextField(default="unknown")
    patient_phone = models.TextField(blank=True)  # E.164
    patient_email = models.TextField(blank=True)
    snapshot = models.JSONField(default=dict)  # referrals.snapshot.Snapshot: language, guardian, history, referrer, …
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number"], name="referrals_referral_number")]

    def __str__(self) -> str:
        return self.number


class Entry(models.Model):
    """One line of the timeline. `data` is the body of `referrals.timeline`, by its kind."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="entries", db_index=False)
    organization_id = models.UUIDField()  # who says so
    audience_id = models.UUIDField(null=True)  # empty = every party; else only this organization
    kind = models.TextField()
    data = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_kind = models.TextField()
    actor_id = models.TextField()
    actor_name = models.TextField()
    origin_system = models.TextField()
    origin_id = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "referral", "origin_system", "origin_id"],
                name="referrals_entry_once",
                condition=~Q(origin_id=""),
            ),
        ]
        indexes = [models.Index(fields=["referral", "happened_at", "id"], name="referrals_entry_timeline")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class PacketKind(models.TextChoices):
    FILM = "film", "Film"
    PHOTO = "photo", "Photo"
    DOCUMENT = "document", "Document"


class PacketItem(models.Model):
    """A film, photo or document that went with the referral."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="packet", db_index=False)
    organization_id = models.UUIDField()  # who attached it and owns the file
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, db_constraint=False)
    kind = models.TextField(choices=PacketKind)
    title = models.TextField()
    teeth = models.JSONField(default=list)
    taken_on = models.DateField(null=True)
    attached_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["referral", "attached_at"], name="referrals_packet_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Case(models.Model):
    """An organization's own side of a referral: its chart, owner and the columns of its lists.

    Everything under "projected" is written by `projection` alone and equals a replay of the timeline.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, db_index=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="cases")
    # private
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)  # passed on to another office: later entries are not seen
    # copied from the snapshot
    number = models.TextField()
    patient_name = models.TextField()
    patient_name_key = models.TextField(db_collation="C")
    patient_birth_date = models.DateField(null=True)
    # projected
    side = models.TextField(choices=Side)
    other_organization_id = models.UUIDField(null=True)
    other_name = models.TextField(blank=True)
    office_id = models.UUIDField(null=True)  # the receiving office, whose hours the clocks keep
    specialty = models.TextField()
    procedure = models.TextField(blank=True)
    urgency = models.TextField()
    is_red_flag = models.BooleanField(default=False)
    teeth = models.TextField(blank=True)  # "17, 32"
    reason = models.TextField(blank=True)
    status = models.TextField()
    patient_track = models.TextField()
    treatment_track = models.TextField()
    communication_track = models.TextField()
    authorization_track = models.TextField()
    ball = models.TextField()  # sender, receiver, patient, nobody
    ball_since = models.DateTimeField(null=True)
    owes = models.TextField(blank=True)
    appointment_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(default=False)
    no_shows = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    first_contact_at = models.DateTimeField(null=True)
    attended_at = models.DateTimeField(null=True)
    report_sent_at = models.DateTimeField(null=True)
    report_read_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    is_loop_closed = models.BooleanField(default=False)
    is_contradictory = models.BooleanField(default=False)
    clock = models.TextField(blank=True)  # the running clock that ends first for this side
    clock_due_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()  # the newest shared entry's recorded_at

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "referral"], name="referrals_case_once"),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
                name="referrals_case_closed_at",
            ),
        ]
        indexes = [
            # queries.listed: newest change first, by keyset; everything, one status (closed too), open, and what hurries
            models.Index(fields=["organization", "side", "-changed_at", "-id"], name="referrals_case_listed"),
            models.Index(fields=["organization", "side", "status", "-changed_at", "-id"], name="referrals_case_status"),
            models.Index(
                fields=["organization", "side", "-changed_at", "-id"], name="referrals_case_open", condition=Q(closed_at=None)
            ),
            models.Index(
                fields=["organization", "side", "urgency", "-changed_at", "-id"],
                name="referrals_case_urgent",
                condition=Q(closed_at=None),
            ),
            # queries.mine: what this side owes, red flags first
            models.Index(
                fields=["organization", "-is_red_flag", "clock_due_at", "id"],
                name="referrals_case_mine",
                condition=Q(closed_at=None, ball=F("side")),
            ),
            # queries.visits_of_day
            models.Index(
                fields=["organization", "appointment_at", "id"],
                name="referrals_case_visits",
                condition=Q(closed_at=None, appointment_at__isnull=False),
            ),
            # queries.found: search by the patient's name
            models.Index(fields=["organization", "patient_name_key", "id"], name="referrals_case_by_name"),
            # cases.with_organization: the page of the other office
            models.Index(fields=["organization", "other_organization_id", "-changed_at", "-id"], name="referrals_case_with"),
            models.Index(fields=["organization", "patient"], name="referrals_case_of_patient"),
            models.Index(fields=["organization", "number"], name="referrals_case_number"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} at {self.organization_id}"


class DraftState(models.TextChoices):
    OPEN = "open", "Being written"
    SENT = "sent", "Sent"
    DISCARDED = "discarded", "Discarded"


class Draft(models.Model):
    """A referral that is being written. It belongs to its office alone and never expires."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, db_constraint=False)
    answers = models.JSONField(default=dict)  # the form as typed, unchecked
    state = models.TextField(choices=DraftState, default=DraftState.OPEN)
    referral_id = models.UUIDField(null=True)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "id"], name="referrals_draft_in_org")]
        indexes = [
            models.Index(
                fields=["organization", "-saved_at"], name="referrals_draft_open", condition=Q(state="open")
            ),  # queries.open_drafts
        ]

    def __str__(self) -> str:
        return f"draft {self.id}"


class DraftItem(models.Model):
    """A file that will go with the draft's referral."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="items", db_constraint=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, db_constraint=False)
    kind = models.TextField(choices=PacketKind)
    title = models.TextField()
    teeth = models.JSONField(default=list)
    attached_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organization", "draft"], name="referrals_draftitem_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
