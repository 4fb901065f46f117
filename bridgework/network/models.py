"""The directory: organizations, their offices, and the providers who work there over time.

Directory rows are seen by everyone who is signed in and written by their own organization, or, for offices without
an account ("unlisted"), by the organization that typed them in.
"""

from __future__ import annotations

from django.db import models

from bridgework.lib.ids import uuid7


class OrganizationKind(models.TextChoices):
    GENERAL = "general", "General dentist"
    SPECIALIST = "specialist", "Specialist"
    HEALTH_CENTER = "health_center", "Health center"


class ReachedBy(models.TextChoices):
    """How an office wants to be told."""

    PORTAL = "portal", "In Bridgework"
    EMAIL = "email", "Email"
    FAX = "fax", "Fax"
    LETTER = "letter", "Letter"
    PHONE = "phone", "Phone call"
    UNKNOWN = "unknown", "Not known yet"  # an unlisted office of which a document said no more than the name


class Organization(models.Model):
    """A practice, group or health center. Without `is_member` it has no users and was typed in by `made_by_id`."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.TextField()
    name_key = models.TextField(db_collation="C")
    slug = models.SlugField(unique=True, max_length=80)
    kind = models.TextField(choices=OrganizationKind)
    specialty = models.TextField(blank=True)  # key of dentistry.specialties; empty for a general dentist
    is_member = models.BooleanField(default=True)
    made_by_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name_key", "id"], name="network_org_by_name")]  # queries.directory

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A place with an address, a time zone and opening hours."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="offices")
    name = models.TextField()
    street = models.TextField(blank=True)
    city = models.TextField(blank=True)
    state = models.TextField(blank=True)
    postal_code = models.TextField(blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    phone = models.TextField(blank=True)  # E.164
    fax = models.TextField(blank=True)  # E.164
    email = models.EmailField(blank=True)
    zone = models.TextField(default="America/Los_Angeles")  # IANA time zone
    weekly_hours = models.JSONField(default=dict)  # {"0": [["08:00", "17:00"]], …}, Monday is 0
    closed_dates = models.JSONField(default=list)  # ["2026-12-24", …] besides federal holidays
    reached_by = models.TextField(choices=ReachedBy, default=ReachedBy.PORTAL)
    report_days = models.PositiveSmallIntegerField(default=2)  # working days in which it promises its report
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "id"], name="network_office_in_org")]
        indexes = [
            models.Index(fields=["phone"], name="network_office_phone"),
            models.Index(fields=["fax"], name="network_office_fax"),
        ]

    def __str__(self) -> str:
        return self.name


class Provider(models.Model):
    """A dentist, surgeon or physician. One person, however many offices."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    given = models.TextField(blank=True)
    family = models.TextField()
    name_key = models.TextField(db_collation="C")
    credentials = models.TextField(blank=True)
    npi = models.TextField(null=True, blank=True, unique=True)
    taxonomy = models.TextField(blank=True)  # NUCC code
    made_by_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["name_key", "id"], name="network_provider_name")]

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class Affiliation(models.Model):
    """A provider works in an office from a date, perhaps until one."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="affiliations")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="affiliations")
    works_from = models.DateField()
    works_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(works_until__isnull=True) | models.Q(works_until__gte=models.F("works_from")),
                name="network_affiliation_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["organization", "office", "provider", "works_from"], name="network_affiliation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} at {self.office_id}"
