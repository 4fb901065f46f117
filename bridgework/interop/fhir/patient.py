"""The patient of a FHIR file."""

from bridgework.interop.document import ReadPatient
from bridgework.interop.fhir import contacts, terms
from bridgework.interop.fhir.contacts import PersonName
from bridgework.interop.fhir.scope import Scope
from bridgework.interop.fhir.structs import Patient, PatientCommunication
from bridgework.interop.notes import Notes

_SEXES = ("female", "male", "other", "unknown")
_IN_WORDS, _BY_NAME_ALONE = 0.7, 0.5
_LANGUAGES = {"english": "en", "spanish": "es", "español": "es", "french": "fr", "chinese": "zh", "vietnamese": "vi"}


def read_patient(scope: Scope) -> ReadPatient:
    """Read who is referred; when the file does not hold the patient, at least the name that it mentions."""
    if scope.patient is None:
        return _named_only(scope)
    return _read(scope.patient.view, scope.notes)


def _read(view: Patient, notes: Notes) -> ReadPatient:
    name = contacts.person_name(view.name)
    numbers, sure_of_numbers = contacts.phone_numbers(view.telecom, contacts.region_of(view.address), notes)
    language, sure_of_language = _language(view.communication)
    sex = view.gender if view.gender in _SEXES else "unknown"
    if view.gender and sex != view.gender:
        notes.warn(f"The patient's sex is given as “{terms.one_line(view.gender)[:40]}”, which FHIR does not know.")
    patient = ReadPatient(
        family=name.family,
        given=name.given,
        birth_date=_birth_date(view, notes),
        sex=sex,
        phones=tuple(numbers),
        emails=tuple(contacts.emails(view.telecom)),
        address=contacts.address_text(view.address),
        language=language,
        identifiers=_identifiers(view, notes),
    )
    certainty = {"phones": sure_of_numbers, "language": sure_of_language}
    for field in ("birth_date", "phones", "emails", "address", "language", "identifiers"):
        if getattr(patient, field):
            notes.trust(f"patient.{field}", certainty.get(field, 1.0))
    if view.gender in _SEXES:
        notes.trust("patient.sex", 1.0)
    _trust_name(name, notes)
    return patient


def _named_only(scope: Scope) -> ReadPatient:
    if scope.kind != "other":
        scope.notes.warn("The file does not hold the patient's own record.")
    reference = scope.patient_named
    if reference is None:
        return ReadPatient()
    name = contacts.parted(reference.display, _BY_NAME_ALONE)
    _trust_name(name, scope.notes)
    return ReadPatient(family=name.family, given=name.given)


def _trust_name(name: PersonName, notes: Notes) -> None:
    for field, value in (("family", name.family), ("given", name.given)):
        if value:
            notes.trust(f"patient.{field}", name.confidence)


def _birth_date(view: Patient, notes: Notes) -> str:
    """Give the birth date; a year or month alone is said in a warning, not filled up."""
    born = contacts.day(view.birth_date)
    if view.birth_date and not born:
        notes.warn(f"The birth date is given as “{terms.one_line(view.birth_date)[:20]}”, which is no full date.")
    return born


def _language(spoken: list[PatientCommunication]) -> tuple[str, float]:
    """Give the preferred language as a code ("es"), else the only one; in words when it is not coded."""
    preferred = [one for one in spoken if one.preferred] or (spoken if len(spoken) == 1 else [])
    concept = next((one.language for one in preferred if one.language), None)
    for coding in terms.codings(concept):
        if coding.code:
            return coding.code.partition("-")[0].lower(), 1.0
    said = terms.words(concept)
    return _LANGUAGES.get(said.lower(), said), _IN_WORDS


def _identifiers(view: Patient, notes: Notes) -> tuple[str, ...]:
    """Give record numbers as "system|value" (FHIR token form); Social Security numbers are not taken over."""
    kept = []
    for identifier in view.identifier:
        if terms.system_of(identifier.system) == terms.SSN or terms.has_type(identifier, "SS"):
            notes.warn("The file holds a Social Security number; it was not taken over.")
        elif identifier.value:
            kept.append(f"{identifier.system}|{identifier.value}" if identifier.system else identifier.value)
    return terms.unique(kept)
