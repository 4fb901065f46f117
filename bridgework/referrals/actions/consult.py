"""The consult, its report, and the treatment that follows."""

from __future__ import annotations

from uuid import UUID

from bridgework.referrals.recording import Telling, record
from bridgework.referrals.timeline import (
    ConsultCompleted,
    Entry,
    PostOpConcluded,
    ReportRead,
    ReportReceived,
    ReportSent,
    TreatmentAccepted,
    TreatmentCompleted,
    TreatmentDeclined,
    TreatmentProposed,
    TreatmentScheduled,
)


def complete_consult(*, referral_id: UUID, telling: Telling, note: ConsultCompleted) -> Entry:
    """Record the consult note; the report to the referring office follows from it by itself."""
    return record("complete_consult", note, referral_id=referral_id, telling=telling)


def send_report(*, referral_id: UUID, telling: Telling, report: ReportSent) -> Entry:
    """Record that a report left for the referring office."""
    return record("send_report", report, referral_id=referral_id, telling=telling)


def receive_report(*, referral_id: UUID, telling: Telling, channel: str = "portal") -> Entry:
    """Record that the referring office has the report."""
    return record("receive_report", ReportReceived(channel=channel), referral_id=referral_id, telling=telling)


def read_report(*, referral_id: UUID, telling: Telling) -> Entry:
    """Record that somebody at the referring office read the report."""
    return record("read_report", ReportRead(), referral_id=referral_id, telling=telling)


def propose_treatment(*, referral_id: UUID, telling: Telling, plan: str) -> Entry:
    """Record the plan that was put to the patient."""
    return record("propose_treatment", TreatmentProposed(plan=plan), referral_id=referral_id, telling=telling)


def accept_treatment(*, referral_id: UUID, telling: Telling, note: str = "") -> Entry:
    """Record that the patient wants the treatment."""
    return record("accept_treatment", TreatmentAccepted(note=note), referral_id=referral_id, telling=telling)


def decline_treatment(*, referral_id: UUID, telling: Telling, reason: str = "") -> Entry:
    """Record that the patient does not want the treatment."""
    return record("decline_treatment", TreatmentDeclined(reason=reason), referral_id=referral_id, telling=telling)


def schedule_treatment(*, referral_id: UUID, telling: Telling, booking: TreatmentScheduled) -> Entry:
    """Book the treatment."""
    return record("schedule_treatment", booking, referral_id=referral_id, telling=telling)


def complete_treatment(*, referral_id: UUID, telling: Telling, summary: str = "") -> Entry:
    """Record that the treatment is done."""
    return record("complete_treatment", TreatmentCompleted(summary=summary), referral_id=referral_id, telling=telling)


def conclude_post_op(*, referral_id: UUID, telling: Telling, summary: str = "") -> Entry:
    """Record that the post-operative period is over."""
    return record("conclude_post_op", PostOpConcluded(summary=summary), referral_id=referral_id, telling=telling)
