"""Stored files: kept by content, known by hash, shown only as previews that we made ourselves."""

from __future__ import annotations

from django.db import models

from bridgework.lib.ids import uuid7
from bridgework.network.models import Organization


class FileKind(models.TextChoices):
    IMAGE = "image", "Image"
    PDF = "pdf", "PDF"
    DICOM = "dicom", "DICOM"
    DOCUMENT = "document", "Document"  # a received FHIR, CDA or HL7 file, kept as it came
    TEXT = "text", "Text"


class StoredFile(models.Model):
    """Bytes of one organization. The name is what the sender called it and is never used as a path."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    digest = models.TextField()  # SHA-256, hexadecimal
    size = models.BigIntegerField()  # bytes
    kind = models.TextField(choices=FileKind)
    media_type = models.TextField()  # by content, not by name
    name = models.TextField()
    taken_on = models.DateField(null=True)  # from DICOM or EXIF
    details = models.JSONField(default=dict)  # what the file says of itself: modality, patient name, pixels
    has_preview = models.BooleanField(default=False)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "id"], name="files_storedfile_in_org")]
        indexes = [models.Index(fields=["organization", "digest"], name="files_storedfile_digest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class FileShare(models.Model):
    """Lets another organization read a file. Written by the owner only."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")  # who may read
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="shares", db_constraint=False)
    shared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "file"], name="files_fileshare_once")]

    def __str__(self) -> str:
        return f"{self.file_id} for {self.organization_id}"
