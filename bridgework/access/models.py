"""Due work: the one place where work is found across organizations, by ids alone."""

from __future__ import annotations

from django.db import models

from bridgework.lib.ids import uuid7


class Due(models.Model):
    """Says that a row of some organization needs work at a time. Bears no content, so it is not row-secured."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization_id = models.UUIDField()
    kind = models.TextField()
    row_id = models.UUIDField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "row_id"], name="access_due_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="access_due_next"),  # due.claim
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"
