"""The four tracks of a referral as cells: how far, in what state, and what is wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bridgework.referrals.clocks import Clock
from bridgework.referrals.lifecycle import Standing, at_day
from bridgework.web.components import times
from bridgework.web.components.shapes import Track
from bridgework.web.doors import Seat

Trouble = Literal["", "amber", "red"]

_PATIENT = {"to_contact": (0, "To contact"), "contacted": (1, "Contacted"), "booked": (2, "Booked"),
            "attended": (4, "Seen")}  # fmt: skip
_TREATMENT = {
    "none": (0, "None yet"),
    "proposed": (1, "Proposed"),
    "declined": (1, "Declined by the patient"),
    "accepted": (2, "Accepted"),
    "scheduled": (3, "Scheduled"),
    "completed": (4, "Completed"),
    "post_op_concluded": (5, "Healed"),
}
_COMMUNICATION = {
    "nothing_owed": (0, "Nothing owed yet"),
    "owed": (0, "Report owed"),
    "sent": (1, "Report sent"),
    "received": (2, "Report received"),
    "read": (3, "Report read"),
}


def tracks_of(standing: Standing, running: tuple[Clock, ...], seat: Seat) -> tuple[Track, Track, Track, Track]:
    """Return patient, treatment, communication and authorization."""
    overdue: set[str] = {clock.kind for clock in running if clock.is_overdue}
    return (
        _patient(standing, overdue, seat),
        _treatment(standing, seat),
        _communication(standing, overdue, seat),
        _authorization(standing, seat),
    )


def _patient(standing: Standing, overdue: set[str], seat: Seat) -> Track:
    done, state = _PATIENT[standing.patient]
    trouble: Trouble = ""
    when = standing.attended_at
    if standing.patient == "booked":
        done, state = (3, "Confirmed") if standing.is_confirmed else (2, "Booked")
        when = standing.appointment.starts_at if standing.appointment else None
    elif "no_show" in standing.patient_flags:
        state, trouble, when = "Did not come", "red" if "rebook" in overdue else "amber", standing.no_show_at
    elif standing.patient == "to_contact" and overdue & {"contact", "contact_limit"}:
        trouble = "red" if "contact_limit" in overdue else "amber"
    return Track("Patient", done, 4, state, _when(when, seat), trouble=trouble)


def _treatment(standing: Standing, seat: Seat) -> Track:
    done, state = _TREATMENT[standing.treatment]
    return Track("Treatment", done, 5, state, _when(standing.treatment_since, seat))


def _communication(standing: Standing, overdue: set[str], seat: Seat) -> Track:
    done, state = _COMMUNICATION[standing.communication]
    trouble: Trouble = ""
    if standing.communication == "owed":
        trouble = "red" if "report" in overdue else "amber"
    elif "unread" in overdue:
        trouble = "amber"
    since = _when(standing.communication_since, seat)
    if standing.communication == "owed" and since:
        since = f"since {since}"
    return Track("Communication", done, 3, state, since, note="now" if trouble else "", trouble=trouble)


def _authorization(standing: Standing, seat: Seat) -> Track:
    today = seat.at.astimezone(seat.zone).date()
    judged = at_day(standing, today)
    if judged.authorization_until is None:
        return Track("Authorization", 0, 1, "None needed")
    until = f"to {times.day_in_year(judged.authorization_until, today=today)}"
    if judged.authorization == "expired":
        return Track("Authorization", 0, 1, "Expired", until, trouble="red")
    return Track("Authorization", 1, 1, "Valid", until)


def _when(moment: datetime | None, seat: Seat) -> str:
    return times.when(moment, at=seat.at, zone=seat.zone) if moment else ""
