"""Everything that leaves the house, and every message that comes in."""

from __future__ import annotations

from django.db import models

from bridgework.lib.ids import uuid7
from bridgework.network.models import Organization


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    ATTEMPTED = "attempted", "Being sent"
    SENT = "sent", "Sent"
    UNCERTAIN = "uncertain", "Perhaps sent"  # the process died in between; a person decides
    FAILED = "failed", "Not delivered"
    WITHHELD = "withheld", "Withheld"  # refused by the check at the moment of sending
    CANCELLED = "cancelled", "Cancelled"


class Delivery(models.Model):
    """One message to one address. The row is queue, history and proof in one."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    purpose = models.TextField()  # key of config.channels.GUARDS
    channel = models.TextField()  # key of config.channels.CHANNELS
    address = models.TextField()  # e-mail address or E.164 number
    recipient = models.TextField()  # name, for people who look at the list
    subject = models.TextField(blank=True)
    body = models.TextField()
    language = models.TextField(default="en")
    referral_id = models.UUIDField(null=True)
    patient_id = models.UUIDField(null=True)
    dedupe_key = models.TextField()
    state = models.TextField(choices=State, default=State.WAITING)
    due_at = models.DateTimeField(null=True)  # empty when nothing more will be tried
    attempts = models.PositiveSmallIntegerField(default=0)
    attempted_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    explanation = models.TextField(blank=True)  # why withheld, failed or uncertain, in one sentence
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "dedupe_key"], name="deliveries_delivery_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "attempted"], due_at__isnull=False)
                | models.Q(state__in=["sent", "uncertain", "failed", "withheld", "cancelled"], due_at__isnull=True),
                name="deliveries_delivery_due_while_open",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "referral_id", "made_at"], name="deliveries_of_referral"),
            models.Index(fields=["organization", "channel", "address", "made_at"], name="deliveries_conversation"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class ReceivedMessage(models.Model):
    """A message that came in, kept as it came."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    channel = models.TextField()
    address = models.TextField()  # who wrote
    body = models.TextField()
    reference = models.TextField()  # the provider's id; the same one twice is one message
    referral_id = models.UUIDField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "channel", "reference"], name="deliveries_received_once")
        ]
        indexes = [
            models.Index(fields=["organization", "channel", "address", "received_at"], name="deliveries_received_from")
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.id}"
