"""Reading views of FHIR R4 resources: only the elements that the product looks at; the original is kept as it came."""

import msgspec

from bridgework.interop.fhir.datatypes import (
    Address,
    Annotation,
    Attachment,
    CodeableConcept,
    Coding,
    ContactPoint,
    Extension,
    HumanName,
    Identifier,
    Narrative,
    Period,
    Quantity,
    Reference,
    View,
)


class PatientCommunication(View):
    """A language of the patient."""

    language: CodeableConcept | None = None
    preferred: bool = False


class Patient(View):
    """The person who is referred."""

    identifier: list[Identifier] = []
    name: list[HumanName] = []
    telecom: list[ContactPoint] = []
    gender: str = ""
    birth_date: str = ""
    address: list[Address] = []
    communication: list[PatientCommunication] = []


class PractitionerQualification(View):
    """What a practitioner may do."""

    code: CodeableConcept | None = None


class Practitioner(View):
    """A provider as a person."""

    identifier: list[Identifier] = []
    name: list[HumanName] = []
    telecom: list[ContactPoint] = []
    qualification: list[PractitionerQualification] = []


class PractitionerRole(View):
    """A provider at an office."""

    identifier: list[Identifier] = []
    practitioner: Reference | None = None
    organization: Reference | None = None
    code: list[CodeableConcept] = []
    specialty: list[CodeableConcept] = []
    location: list[Reference] = []
    healthcare_service: list[Reference] = []
    telecom: list[ContactPoint] = []


class Organization(View):
    """An office, a payer or another body."""

    identifier: list[Identifier] = []
    type: list[CodeableConcept] = []
    name: str = ""
    telecom: list[ContactPoint] = []


class Location(View):
    """A place."""

    name: str = ""
    telecom: list[ContactPoint] = []
    managing_organization: Reference | None = None


class HealthcareService(View):
    """A service that an office offers."""

    provided_by: Reference | None = None
    type: list[CodeableConcept] = []
    specialty: list[CodeableConcept] = []
    name: str = ""
    telecom: list[ContactPoint] = []


class ServiceRequest(View):
    """The referral as a request."""

    identifier: list[Identifier] = []
    requisition: Identifier | None = None
    status: str = ""
    intent: str = ""
    category: list[CodeableConcept] = []
    priority: str = ""
    code: CodeableConcept | None = None
    order_detail: list[CodeableConcept] = []
    subject: Reference | None = None
    encounter: Reference | None = None
    authored_on: str = ""
    requester: Reference | None = None
    performer_type: CodeableConcept | None = None
    performer: list[Reference] = []
    reason_code: list[CodeableConcept] = []
    reason_reference: list[Reference] = []
    insurance: list[Reference] = []
    supporting_info: list[Reference] = []
    body_site: list[CodeableConcept] = []
    note: list[Annotation] = []
    patient_instruction: str = ""
    extension: list[Extension] = []


class CompositionSection(View):
    """One section of a document."""

    title: str = ""
    code: CodeableConcept | None = None
    text: Narrative | None = None
    entry: list[Reference] = []
    section: list["CompositionSection"] = []


class Composition(View):
    """The head of a document: what it is, by whom, about whom, in which sections."""

    identifier: Identifier | None = None
    status: str = ""
    type: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    date: str = ""
    author: list[Reference] = []
    title: str = ""
    custodian: Reference | None = None
    section: list[CompositionSection] = []
    extension: list[Extension] = []


class Encounter(View):
    """A visit, held or planned."""

    status: str = ""
    type: list[CodeableConcept] = []
    subject: Reference | None = None
    period: Period | None = None
    service_provider: Reference | None = None


class Condition(View):
    """A finding or diagnosis of the patient."""

    clinical_status: CodeableConcept | None = None
    verification_status: CodeableConcept | None = None
    category: list[CodeableConcept] = []
    code: CodeableConcept | None = None
    body_site: list[CodeableConcept] = []
    subject: Reference | None = None
    extension: list[Extension] = []


class ObservationComponent(View):
    """A part of an observation."""

    code: CodeableConcept | None = None
    value_quantity: Quantity | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: str = ""


class Observation(View):
    """Something measured or seen."""

    status: str = ""
    code: CodeableConcept | None = None
    subject: Reference | None = None
    effective_date_time: str = ""
    value_quantity: Quantity | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: str = ""
    body_site: CodeableConcept | None = None
    has_member: list[Reference] = []
    component: list[ObservationComponent] = []
    extension: list[Extension] = []


class Procedure(View):
    """Something done, or prepared, for the patient."""

    status: str = ""
    code: CodeableConcept | None = None
    subject: Reference | None = None
    performed_date_time: str = ""
    performed_period: Period | None = None
    body_site: list[CodeableConcept] = []
    extension: list[Extension] = []


class BodyStructure(View):
    """A part of the body; for a tooth also its surface."""

    location: CodeableConcept | None = None
    description: str = ""


class Medication(View):
    """A drug."""

    code: CodeableConcept | None = None


class MedicationRequest(View):
    """A drug that was prescribed."""

    status: str = ""
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
    subject: Reference | None = None
    do_not_perform: bool = False


class MedicationStatement(View):
    """A drug that the patient is said to take."""

    status: str = ""
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
    subject: Reference | None = None


class AllergyReaction(View):
    """How an allergy showed itself."""

    substance: CodeableConcept | None = None


class AllergyIntolerance(View):
    """What the patient does not tolerate."""

    clinical_status: CodeableConcept | None = None
    verification_status: CodeableConcept | None = None
    code: CodeableConcept | None = None
    patient: Reference | None = None
    reaction: list[AllergyReaction] = []


class CoverageClass(View):
    """A group or plan of an insurance."""

    type: CodeableConcept | None = None
    value: str = ""
    name: str = ""


class Coverage(View):
    """An insurance of the patient."""

    status: str = ""
    type: CodeableConcept | None = None
    subscriber_id: str = ""
    beneficiary: Reference | None = None
    payor: list[Reference] = []
    coverage_class: list[CoverageClass] = msgspec.field(name="class", default_factory=list)


class DocumentContent(View):
    """One form of a document."""

    attachment: Attachment | None = None


class DocumentReference(View):
    """A document that is named or carried."""

    status: str = ""
    type: CodeableConcept | None = None
    subject: Reference | None = None
    date: str = ""
    description: str = ""
    content: list[DocumentContent] = []


class Media(View):
    """A picture, film or sound."""

    status: str = ""
    type: CodeableConcept | None = None
    subject: Reference | None = None
    created_date_time: str = ""
    content: Attachment | None = None


class DiagnosticReport(View):
    """A report of a laboratory or of imaging."""

    status: str = ""
    code: CodeableConcept | None = None
    subject: Reference | None = None
    effective_date_time: str = ""
    issued: str = ""
    presented_form: list[Attachment] = []


class ImagingStudy(View):
    """Images held in an imaging system."""

    status: str = ""
    modality: list[Coding] = []
    subject: Reference | None = None
    started: str = ""
    description: str = ""


class CommunicationPayload(View):
    """What was said."""

    content_string: str = ""


class Communication(View):
    """Something told to somebody."""

    status: str = ""
    payload: list[CommunicationPayload] = []


class Task(View):
    """The work on a referral and how far it is."""

    identifier: list[Identifier] = []
    status: str = ""
    priority: str = ""
    focus: Reference | None = None
    authored_on: str = ""
    requester: Reference | None = None
    owner: Reference | None = None
    subject: Reference | None = msgspec.field(name="for", default=None)


class AppointmentParticipant(View):
    """Who takes part in an appointment."""

    actor: Reference | None = None


class Appointment(View):
    """A visit that is booked."""

    status: str = ""
    participant: list[AppointmentParticipant] = []


class MessageDestination(View):
    """Where a message goes."""

    name: str = ""
    receiver: Reference | None = None


class MessageHeader(View):
    """The head of a message: what happened, from whom, to whom."""

    event_coding: Coding | None = None
    destination: list[MessageDestination] = []
    sender: Reference | None = None
    focus: list[Reference] = []


class Bundle(View):
    """What holds the resources together."""

    type: str = ""
    identifier: Identifier | None = None
    timestamp: str = ""
