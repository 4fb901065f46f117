"""Who saw and changed what. Rows are only ever added; a job seals them in a hash chain an organization."""

from __future__ import annotations

from django.db import models

from bridgework.lib.ids import uuid7


class Event(models.Model):
    """One look or change. `transaction` is filled by the database and decides what a seal may cover."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization_id = models.UUIDField()
    at = models.DateTimeField()
    actor_kind = models.TextField()  # person, guest, job, import
    actor_id = models.TextField()
    actor_name = models.TextField()
    act = models.TextField()  # "referral.viewed", "referral.accepted", …
    referral_id = models.UUIDField(null=True)
    patient_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)  # ids and names of fields, never their content
    transaction = models.BigIntegerField(db_default=models.Func(function="app_transaction"), editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["organization_id", "transaction", "id"], name="audit_event_to_seal"),
            models.Index(fields=["organization_id", "referral_id", "at"], name="audit_event_of_referral"),
            models.Index(fields=["organization_id", "patient_id", "at"], name="audit_event_of_patient"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.id}"


class Seal(models.Model):
    """A link of the chain: the hash over the former seal and every event of the transactions it covers."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization_id = models.UUIDField()
    number = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    until_transaction = models.BigIntegerField()  # covers events of lower transactions, from the former seal's on
    events = models.PositiveIntegerField()
    digest = models.TextField()  # SHA-256, hexadecimal

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization_id", "number"], name="audit_seal_number")]

    def __str__(self) -> str:
        return f"seal {self.number}"
