"""What the product understands in a file: one shape for every format, printed by `bridgework read`."""

from dataclasses import dataclass, field

from bridgework.intake.fields import DocumentFields as Enclosure
from bridgework.intake.fields import PartyFields as ReadReferrer
from bridgework.intake.fields import PatientFields as ReadPatient
from bridgework.intake.fields import RecipientFields as ReadRecipient

__all__ = [
    "Coded", "Enclosure", "ReadDocument", "ReadIdentifiers", "ReadPatient", "ReadRecipient", "ReadReferrer", "Section",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ReadIdentifiers:
    """The referral's numbers: the placer's is given by who refers, the filler's by who receives."""

    placer: str = ""
    filler: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the original in plain text, so that a person can read beside the fields what the file really says."""

    title: str
    loinc: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Coded:
    """A code as the file gives it: for which field, the words beside it, and the code with its system."""

    field: str
    text: str
    system: str
    code: str


@dataclass(frozen=True, kw_only=True)
class ReadDocument:
    """One file, understood. Absent values are empty, never invented; "unknown" stands where a choice is not made.

    `confidence` has one number from 0 to 1 for each field that is not empty, by its path ("patient.family"): 1.0 was
    coded in the file, less was inferred. The last three attributes are not printed: `original_sections` is the whole
    narrative, `codes` the file's own codes, and `identity` names the document: equal for its JSON and its XML in any
    order of entries, different for another content under the same name, so that no new version counts as a repeat.
    """

    file: str
    format: str = ""
    kind: str = "other"
    patient: ReadPatient = field(default_factory=ReadPatient)
    referrer: ReadReferrer = field(default_factory=ReadReferrer)
    recipient: ReadRecipient = field(default_factory=ReadRecipient)
    specialty: str = "unknown"
    urgency: str = "unknown"
    reason: str = ""
    teeth: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    medications: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    insurance: tuple[str, ...] = ()
    documents: tuple[Enclosure, ...] = ()
    referred_date: str = ""
    identifiers: ReadIdentifiers = ReadIdentifiers()
    confidence: dict[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    original_sections: tuple[Section, ...] = ()
    codes: tuple[Coded, ...] = ()
    identity: str = ""
