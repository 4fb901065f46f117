"""Every action as the desk knows it: its form, its sentence, what can be taken back, and the call that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bridgework.referrals import actions
from bridgework.referrals.actions import Telling
from bridgework.referrals.timeline import (
    Booked,
    Cancelled,
    ConsultCompleted,
    ContactAttempted,
    Entry,
    ReportSent,
    RequestChanges,
    Rescheduled,
    TreatmentScheduled,
)
from bridgework.web.components.icons import IconName
from bridgework.web.referrals import forms

Values = Mapping[str, Any]  # what a form cleaned; each row below knows its own
BY_TIMELINE = "You can correct this in the timeline."
BY_REOPENING = "You can reopen it."


@dataclass(frozen=True)
class Doing:
    """A row: icon, form (none: one press), what it does in a sentence, how it is taken back, and the call."""

    icon: IconName
    form: type[forms.ActionForm] | None
    sentence: str
    undo: str
    run: Callable[[UUID, Telling, Values], Entry]


def _plain(action: Callable[..., Entry]) -> Callable[[UUID, Telling, Values], Entry]:
    """Make the call of an action that takes the form's fields under their own names."""

    def run(referral_id: UUID, telling: Telling, values: Values) -> Entry:
        fields = {name: value for name, value in values.items() if name not in ("key", "happened_at")}
        return action(referral_id=referral_id, telling=telling, **fields)

    return run


def _contact(referral_id: UUID, telling: Telling, values: Values) -> Entry:
    attempt = ContactAttempted(channel=values["channel"], outcome=values["outcome"], note=values["note"])
    return actions.record_contact_attempt(referral_id=referral_id, telling=telling, attempt=attempt)


def _book(referral_id: UUID, telling: Telling, values: Values) -> Entry:
    return actions.book(referral_id=referral_id, telling=telling, booking=Booked(**_visit(values)))


def _move(referral_id: UUID, telling: Telling, values: Values) -> Entry:
    return actions.reschedule(referral_id=referral_id, telling=telling, move=Rescheduled(**_visit(values)))


def _book_treatment(referral_id: UUID, telling: Telling, values: Values) -> Entry:
    booking = TreatmentScheduled(**_visit(values))
    return actions.schedule_treatment(referral_id=referral_id, telling=telling, booking=booking)


def _visit(values: Values) -> dict[str, Any]:
    return {name: values[name] for name in ("starts_at", "minutes", "provider_name")}


def _call_off(referral_id: UUID, telling: Telling, values: Values) -> Entry:
    cancellation = Cancelled(by=values["by"], reason=values["reason"])
    return actions.cancel_appointment(referral_id=referral_id, telling=telling, cancellation=cancellation)


def _consult(referral_id: UUID, telling: Telling, values: Values) -> Entry:
    note = ConsultCompleted(
        findings=values["findings"],
        recommendation=values["recommendation"],
        treatment_recommended=values["treatment_recommended"],
        teeth=values["teeth"],
        provider_name=telling.by.name,
    )
    return actions.complete_consult(referral_id=referral_id, telling=telling, note=note)


def _report(referral_id: UUID, telling: Telling, values: Values) -> Entry:
    report = ReportSent(title="Report", summary=values["summary"], channel=values["channel"])
    return actions.send_report(referral_id=referral_id, telling=telling, report=report)


def _amend(referral_id: UUID, telling: Telling, values: Values) -> Entry:
    changes = RequestChanges(reason=values["reason"], urgency=values["urgency"], teeth=values["teeth"])
    return actions.amend(referral_id=referral_id, telling=telling, changes=changes, note=values["note"])


DOINGS: dict[str, Doing] = {
    "receive": Doing("inbox", None, "", BY_TIMELINE, _plain(actions.receive)),
    "accept": Doing("check", None, "", "You can decline or pass it on later.", _plain(actions.accept)),
    "ask_for_more": Doing(
        "message-question", forms.QuestionForm, "The referral waits for the answer and then goes on where it was.",
        "Your question is sent at once and cannot be unsent.", _plain(actions.ask_for_more),
    ),
    "give_more": Doing(
        "message", forms.AnswerForm, "The referral goes back to the other office.", BY_TIMELINE,
        _plain(actions.give_more),
    ),
    "decline": Doing(
        "x", forms.DeclineForm, "The referring office is told at once and can send the patient elsewhere.",
        "You can still accept it later.", _plain(actions.decline),
    ),
    "resubmit": Doing("send", None, "", "You can take it back until it is accepted.", _plain(actions.resubmit)),
    "record_contact_attempt": Doing(
        "phone", forms.ContactForm, "Both offices see that the patient was contacted.", BY_TIMELINE, _contact
    ),
    "book": Doing("calendar", forms.VisitForm, "The referring office sees the time at once.", BY_TIMELINE, _book),
    "reschedule": Doing("calendar-time", forms.VisitForm, "The visit gets a new time.", BY_TIMELINE, _move),
    "cancel_appointment": Doing(
        "calendar-x", forms.CallOffForm, "The visit is called off; the referral goes on.", "You can book again.",
        _call_off,
    ),
    "confirm": Doing("calendar-check", None, "", BY_TIMELINE, _plain(actions.confirm)),
    "record_attended": Doing(
        "user-check", forms.AttendedForm, "The patient came. The report is owed from now on.", BY_TIMELINE,
        _plain(actions.record_attended),
    ),
    "record_no_show": Doing(
        "user-x", forms.PastForm, "The patient did not come. The visit has to be booked again.", BY_TIMELINE,
        _plain(actions.record_no_show),
    ),
    "complete_consult": Doing(
        "stethoscope", forms.ConsultForm,
        "Writing the note sends it as the report to a referring office that uses Bridgework.",
        "The report goes out at once. You can correct the note in the timeline.", _consult,
    ),
    "send_report": Doing(
        "report-medical", forms.ReportForm, "An office on Bridgework can read it at once; bring it to any other one.",
        "A report that was sent cannot be unsent; send another one to correct it.", _report,
    ),
    "receive_report": Doing("mail", None, "", BY_TIMELINE, _plain(actions.receive_report)),
    "read_report": Doing("mail-opened", None, "", BY_TIMELINE, _plain(actions.read_report)),
    "propose_treatment": Doing(
        "clipboard-check", forms.PlanForm, "Both offices see the plan.", BY_TIMELINE, _plain(actions.propose_treatment)
    ),
    "accept_treatment": Doing("check", None, "", BY_TIMELINE, _plain(actions.accept_treatment)),
    "decline_treatment": Doing(
        "x", forms.ReasonForm, "The patient does not want the treatment.", "The patient can still accept it later.",
        _plain(actions.decline_treatment),
    ),
    "schedule_treatment": Doing(
        "calendar", forms.VisitForm, "The referring office sees the time at once.", BY_TIMELINE, _book_treatment
    ),
    "complete_treatment": Doing(
        "circle-check", forms.SummaryForm, "The referring office gets a short notice.", BY_TIMELINE,
        _plain(actions.complete_treatment),
    ),
    "conclude_post_op": Doing(
        "heart", forms.SummaryForm, "The healing period is over.", BY_TIMELINE, _plain(actions.conclude_post_op)
    ),
    "amend": Doing(
        "edit", forms.AmendForm, "The other office sees what changed, and when.", "You can change it again.", _amend
    ),
    "recall": Doing("arrow-back-up", None, "", BY_REOPENING, _plain(actions.recall)),
    "request_cancellation": Doing(
        "x", forms.ReasonForm, "The receiving office is asked to stop.", BY_REOPENING,
        _plain(actions.request_cancellation),
    ),
    "confirm_cancellation": Doing("check", None, "", BY_REOPENING, _plain(actions.confirm_cancellation)),
    "close": Doing("circle-check", forms.CloseForm, "The referral ends here.", BY_REOPENING, _plain(actions.close)),
    "reopen": Doing(
        "refresh", forms.ReasonForm, "The referral goes on from where it was.", "You can close it again.",
        _plain(actions.reopen),
    ),
    "note": Doing(
        "note", forms.NoteForm, "A note stays on the timeline.", BY_TIMELINE, _plain(actions.note)
    ),
}  # fmt: skip

# What needs more than the table: rows of the directory, people, files. Their views are in `choosing`.
WITH_PAGES: dict[str, IconName] = {"redirect": "arrow-forward-up", "assign": "user", "attach": "paperclip"}
