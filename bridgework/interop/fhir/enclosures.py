"""What comes with a referral: insurances, documents and images."""

from collections.abc import Iterator

from bridgework.interop.document import Enclosure
from bridgework.interop.fhir import contacts, terms
from bridgework.interop.fhir.datatypes import Attachment, CodeableConcept, Reference
from bridgework.interop.fhir.resources import Held
from bridgework.interop.fhir.scope import Scope
from bridgework.interop.fhir.statements import CODED, MISTAKES, Statement, Statements, gather
from bridgework.interop.fhir.structs import (
    Coverage,
    DiagnosticReport,
    DocumentReference,
    ImagingStudy,
    Media,
    Organization,
)

_ENCLOSABLE = ("DocumentReference", "Media", "ImagingStudy", "DiagnosticReport", "Binary")


def read_insurance(scope: Scope) -> Statements:
    """Give the insurances: payer, plan and member number, on one line each."""
    found = []
    for one in scope.own(Coverage, lambda view: view.beneficiary):
        if one.view.status in MISTAKES:
            continue
        payers = terms.unique(_payer(scope, payer, one.held) for payer in one.view.payor)
        plans = terms.unique(terms.one_line(plan.name) for plan in one.view.coverage_class)
        named = list(dict.fromkeys([*payers, *plans])) or [terms.words(one.view.type)]
        member = f"member {one.view.subscriber_id}" if one.view.subscriber_id else ""
        found.append(Statement(", ".join(filter(None, [*named, member])), one.view.type))
    return gather(scope, "insurance", found, "payers")


def read_documents(scope: Scope) -> tuple[Enclosure, ...]:
    """Give the documents and images that the file carries or names, besides itself."""
    found = {one for one in (*_documents(scope), *_images(scope), *_reports(scope), *_named_only(scope)) if one.title}
    if found:
        scope.notes.trust("documents", CODED)
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.title, one.date)))


def _payer(scope: Scope, payer: Reference, origin: Held) -> str:
    held = scope.resources.held(payer, origin)
    if held and held.type == "Organization":
        return terms.one_line(scope.resources.read(held, Organization).view.name)
    return terms.one_line(payer.display)


def _documents(scope: Scope) -> Iterator[Enclosure]:
    for one in scope.own(DocumentReference, lambda view: view.subject):
        if one.view.status not in MISTAKES:
            files = [content.attachment for content in one.view.content if content.attachment] or [Attachment()]
            named = terms.one_line(one.view.description) or terms.words(one.view.type)
            yield from (_enclosure(file, named, one.view.date) for file in files)


def _images(scope: Scope) -> Iterator[Enclosure]:
    for picture in scope.own(Media, lambda view: view.subject):
        if picture.view.status not in MISTAKES:
            named = terms.words(picture.view.type) or "Image"
            yield _enclosure(picture.view.content or Attachment(), named, picture.view.created_date_time)
    for study in scope.own(ImagingStudy, lambda view: view.subject):
        if study.view.status not in MISTAKES:
            named = terms.one_line(study.view.description) or terms.words(CodeableConcept(coding=study.view.modality))
            yield Enclosure(title=named or "Images", date=contacts.day(study.view.started))


def _reports(scope: Scope) -> Iterator[Enclosure]:
    """Reports count as documents when they carry a file."""
    for one in scope.own(DiagnosticReport, lambda view: view.subject):
        if one.view.status not in MISTAKES:
            on = one.view.effective_date_time or one.view.issued
            yield from (_enclosure(file, terms.words(one.view.code), on) for file in one.view.presented_form)


def _named_only(scope: Scope) -> Iterator[Enclosure]:
    """Documents that the request points to but the file does not hold."""
    for request in scope.requests:
        for reference in request.view.supporting_info:
            if any(f"{kind}/" in reference.reference for kind in _ENCLOSABLE) and not _is_held(
                reference, request.held, scope
            ):
                yield Enclosure(title=terms.one_line(reference.display))


def _is_held(reference: Reference, origin: Held, scope: Scope) -> bool:
    return scope.resources.held(reference, origin) is not None


def _enclosure(file: Attachment, named: str, on: str) -> Enclosure:
    address = terms.one_line(file.url).rpartition("/")[2]
    title = terms.one_line(file.title) or named or address or terms.one_line(file.content_type)
    return Enclosure(title=title, date=contacts.day(on) or contacts.day(file.creation))
