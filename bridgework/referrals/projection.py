"""A case's columns, worked out from the standing. The one place that writes them; `doctor` replays a sample."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from bridgework.access import due
from bridgework.lib.ids import uuid7
from bridgework.lib.names import name_key
from bridgework.lib.office_hours import OfficeHours
from bridgework.network import offices
from bridgework.referrals import clocks
from bridgework.referrals.lifecycle import Standing, side_of
from bridgework.referrals.models import Case, Referral
from bridgework.referrals.story import Story

Columns = dict[str, object]

CLOCK = "clock"  # kind of due work: a case's clock ends
REASON_LENGTH = 200  # of the reason, as much as a list row may need


def project(known: Story, standing: Standing, organization_id: UUID, *, at: datetime) -> None:
    """Bring the viewer's case up to date, making it when the organization has just joined.

    `organization_id` is the viewer. Raises LookupError when the row that must be there is hidden or gone.
    """
    columns = columns_of(known, standing, organization_id)
    case_id = (
        Case.objects.filter(organization_id=organization_id, referral_id=known.referral.id)
        .values_list("id", flat=True)
        .first()
    )
    if case_id is None:
        case_id = insert(known.referral, columns, organization_id, at=at).id
    elif Case.objects.filter(organization_id=organization_id, id=case_id).update(**columns) != 1:
        raise LookupError(f"case {case_id} could not be updated")
    ends = columns["clock_due_at"]
    if isinstance(ends, datetime):
        due.schedule(organization_id=organization_id, kind=CLOCK, row_id=case_id, due_at=ends)
    else:
        due.settle(CLOCK, [case_id])


def insert(referral: Referral, columns: Columns, organization_id: UUID, *, at: datetime) -> Case:
    """Make an organization's case of a referral, with projected columns."""
    case = row_of(referral, columns, organization_id, at=at)
    case.save(force_insert=True)
    return case


def row_of(referral: Referral, columns: Columns, organization_id: UUID, *, at: datetime) -> Case:
    """Return a case that is not yet written, with projected columns."""
    name = f"{referral.patient_given} {referral.patient_family}".strip()
    return Case(
        id=uuid7(at),
        organization_id=organization_id,
        referral_id=referral.id,
        made_at=at,
        number=referral.number,
        patient_name=name,
        patient_name_key=name_key(f"{referral.patient_family} {referral.patient_given}"),
        patient_birth_date=referral.patient_birth_date,
        **columns,
    )


def columns_of(known: Story, standing: Standing, organization_id: UUID) -> Columns:
    """Work out every projected column for one organization. A former receiver's case is closed as redirected."""
    side = side_of(standing, organization_id)
    other = standing.receiver if side == "sender" else standing.sender
    columns = _shared_columns(standing)
    changed_at = max(entry.recorded_at for entry in known.entries if entry.audience is None)
    columns |= {
        "side": side,
        "other_organization_id": other,
        "other_name": known.names.get(other, "") if other else "",
        "changed_at": changed_at,
        "left_at": None,
        **_clock(standing, side, changed_at),
    }
    if side == "former":
        left_at = known.left_at(organization_id)
        columns |= {"left_at": left_at, "status": "closed", "outcome": "redirected", "closed_at": left_at,
                    "clock": "", "clock_due_at": None, "ball": "nobody", "owes": ""}  # fmt: skip
    return columns


def _shared_columns(standing: Standing) -> Columns:
    request, appointment = standing.request, standing.appointment
    return {
        "office_id": standing.receiver_office,
        "specialty": request.specialty,
        "procedure": request.procedure,
        "urgency": request.urgency,
        "is_red_flag": standing.is_red_flag,
        "teeth": ", ".join(request.teeth),
        "reason": request.reason[:REASON_LENGTH],
        "status": standing.status,
        "patient_track": standing.patient,
        "treatment_track": standing.treatment,
        "communication_track": standing.communication,
        "authorization_track": standing.authorization,
        "ball": standing.ball.holder,
        "ball_since": standing.ball.since,
        "owes": standing.ball.owes,
        "appointment_at": appointment.starts_at if appointment else None,
        "is_confirmed": standing.is_confirmed,
        "no_shows": standing.no_shows,
        "sent_at": standing.sent_at,
        "first_contact_at": standing.first_contact_at,
        "attended_at": standing.attended_at,
        "report_sent_at": standing.report_sent_at,
        "report_read_at": standing.report_read_at,
        "closed_at": standing.closed_at,
        "outcome": standing.outcome,
        "is_loop_closed": standing.is_loop_closed,
        "is_contradictory": bool(standing.contradictions),
    }


def hours_for(standing: Standing) -> OfficeHours:
    """Return the hours that a referral's clocks keep: the receiving office's."""
    return offices.hours_of(standing.receiver_office)


def clocks_of(standing: Standing, side: str | None, at: datetime) -> list[clocks.Clock]:
    """Return the clocks that this side answers for at a moment, the first to end in front.

    An office without an account has nobody who looks, so the other side answers for its promises as well.
    """
    unlisted = {
        name
        for name, is_unlisted in (("sender", standing.is_sender_unlisted), ("receiver", standing.is_receiver_unlisted))
        if is_unlisted
    }
    if side in unlisted or not clocks.is_any_running(standing, at):
        return []
    return [clock for clock in clocks.running(standing, hours_for(standing), at) if clock.owner in {side, *unlisted}]


def _clock(standing: Standing, side: str | None, changed_at: datetime) -> Columns:
    """Name the first clock to end, looking ahead to the visit: after it somebody must say whether the patient came."""
    visit = standing.appointment
    ends_at = visit.starts_at + timedelta(minutes=visit.minutes) if visit else changed_at
    mine = clocks_of(standing, side, max(changed_at, ends_at))
    first = min(mine, key=lambda clock: clock.due_at, default=None)
    return {"clock": first.kind if first else "", "clock_due_at": first.due_at if first else None}
