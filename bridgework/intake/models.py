"""The Inbox: everything that arrived and is not yet a referral."""

from __future__ import annotations

from django.db import models

from bridgework.files.models import StoredFile
from bridgework.lib.ids import uuid7
from bridgework.network.models import Organization


class ItemState(models.TextChoices):
    NEW = "new", "New"
    CONFIRMED = "confirmed", "Became a referral"
    SET_ASIDE = "set_aside", "Set aside"


class InboxItem(models.Model):
    """One thing that arrived, its original, and the fields proposed from it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    came_by = models.TextField()  # "file", later "fax", "email", "fhir", …
    name = models.TextField()  # of the file, as it was called
    format = models.TextField()  # fhir, cda, hl7v2, …
    kind = models.TextField()  # referral, consult_report, other, …
    identity = models.TextField()  # the document's own identity; the same one twice is one item
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, db_constraint=False)
    fields = models.JSONField(default=dict)  # as `bridgework read` prints them
    sections = models.JSONField(default=list)  # [{"title", "code", "text"}], the document's own words
    state = models.TextField(choices=ItemState, default=ItemState.NEW)
    referral_id = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "identity"], name="intake_inboxitem_once")]
        indexes = [
            models.Index(
                fields=["organization", "received_at", "id"],
                name="intake_inboxitem_new",
                condition=models.Q(state="new"),
            ),  # queries.waiting
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
