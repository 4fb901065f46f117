"""Tasks for people: what, why, by when, whose."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bridgework.lib.ids import uuid7
from bridgework.network.models import Organization


class TaskState(models.TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Done"
    MOOT = "moot", "No longer needed"


class Task(models.Model):
    """Something that a person must do. At most one open task a kind and subject."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    kind = models.TextField()  # "unconfirmed", "report_owed", "does_not_fit", "reply", "uncertain_delivery", …
    subject_id = models.UUIDField()  # the row that it is about; of a referral's tasks, the referral
    referral_id = models.UUIDField(null=True)
    patient_name = models.TextField(blank=True)
    sentence = models.TextField()
    is_red_flag = models.BooleanField(default=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    state = models.TextField(choices=TaskState, default=TaskState.OPEN)
    outcome = models.TextField(blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "subject_id"],
                name="worklist_one_open",
                condition=models.Q(state="open"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "due_at", "id"], name="worklist_open", condition=models.Q(state="open")
            ),  # queries.open_tasks
            models.Index(fields=["organization", "referral_id"], name="worklist_of_referral"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
