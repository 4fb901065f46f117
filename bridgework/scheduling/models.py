"""Openings that an office offers to referring offices."""

from __future__ import annotations

from django.db import models

from bridgework.lib.ids import uuid7
from bridgework.network.models import Office, Organization


class OpeningState(models.TextChoices):
    OPEN = "open", "Open"
    BOOKED = "booked", "Booked"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Opening(models.Model):
    """A time that anyone on Bridgework may take for a patient whom they refer."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, db_constraint=False)
    provider_name = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    state = models.TextField(choices=OpeningState, default=OpeningState.OPEN)
    referral_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "office", "provider_name", "starts_at"], name="scheduling_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="booked", referral_id__isnull=False)
                | (~models.Q(state="booked") & models.Q(referral_id__isnull=True)),
                name="scheduling_booked_for_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "starts_at"], name="scheduling_next", condition=models.Q(state="open")
            ),  # queries.next_openings
        ]

    def __str__(self) -> str:
        return f"opening {self.id}"
