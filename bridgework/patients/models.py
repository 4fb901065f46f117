"""An organization's own patient charts: the person, how to reach them, who speaks for them, what is safe."""

from __future__ import annotations

from django.db import models

from bridgework.lib.ids import uuid7
from bridgework.network.models import Organization


class Sex(models.TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not said"


class Channel(models.TextChoices):
    TEXT = "text", "Text"
    EMAIL = "email", "Email"
    CALL = "call", "Call"
    LETTER = "letter", "Letter"


class Anxiety(models.TextChoices):
    """How afraid of dental care the patient says they are."""

    NONE = "none", "Not afraid"
    SOME = "some", "Somewhat afraid"
    HIGH = "high", "Very afraid"
    UNKNOWN = "unknown", "Not asked"


class Patient(models.Model):
    """A person's chart in one organization."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    given = models.TextField()
    middle = models.TextField(blank=True)
    family = models.TextField()
    preferred_name = models.TextField(blank=True)
    name_key = models.TextField(db_collation="C")
    birth_date = models.DateField(null=True, blank=True)
    sex = models.TextField(choices=Sex, default=Sex.UNKNOWN)
    language = models.TextField(default="en")
    preferred_channel = models.TextField(choices=Channel, default=Channel.TEXT)
    may_text = models.BooleanField(default=False)  # the patient agreed to texts
    anxiety = models.TextField(choices=Anxiety, default=Anxiety.UNKNOWN)
    address = models.TextField(blank=True)
    chart_number = models.TextField(blank=True)
    is_deceased = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "id"], name="patients_patient_in_org")]
        indexes = [models.Index(fields=["organization", "name_key", "id"], name="patients_patient_by_name")]

    def __str__(self) -> str:
        return f"patient {self.id}"


class ContactKind(models.TextChoices):
    PHONE = "phone", "Phone"
    EMAIL = "email", "Email"


class Contact(models.Model):
    """A way to reach a patient. Phones are E.164."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="contacts", db_constraint=False)
    kind = models.TextField(choices=ContactKind)
    value = models.TextField()
    label = models.TextField(blank=True)  # mobile, home, work
    is_preferred = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "patient", "kind", "value"], name="patients_contact_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.patient_id}"


class Guardian(models.Model):
    """Who speaks for a minor, or for somebody who cannot speak for themselves."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="guardians", db_constraint=False)
    name = models.TextField()
    relation = models.TextField()
    phone = models.TextField(blank=True)  # E.164
    email = models.EmailField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "patient"], name="patients_guardian_of")]

    def __str__(self) -> str:
        return f"guardian of {self.patient_id}"


class HistoryKind(models.TextChoices):
    ALLERGY = "allergy", "Allergy"
    MEDICATION = "medication", "Medication"
    CONDITION = "condition", "Condition"
    INSURANCE = "insurance", "Insurance"


class HistoryItem(models.Model):
    """An allergy, medication, condition or insurance, in words."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="history", db_constraint=False)
    kind = models.TextField(choices=HistoryKind)
    text = models.TextField()
    noted_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "patient", "kind"], name="patients_history_of")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.patient_id}"


class PatientSearch(models.Model):
    """One row a key that finds a patient; asked by range, because only leakproof operators reach an index here."""

    pk = models.CompositePrimaryKey("organization_id", "key", "patient_id")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, db_index=False)
    key = models.TextField(db_collation="C")
    patient = models.ForeignKey(
        Patient, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        db_table = "patients_search"
        indexes = [
            models.Index(fields=["organization", "patient", "key"], name="patients_search_of"),  # searching.matching
        ]

    def __str__(self) -> str:
        return f"key of {self.patient_id}"
