"""What lies on the desks today: one or a few of each sort, so that Today opens full at Harbor and at Maple Street."""

from __future__ import annotations

from datetime import datetime, timedelta

from bridgework.ops.demo import workdays
from bridgework.ops.demo.course import PatientWrites, Plan
from bridgework.ops.demo.people import Patient
from bridgework.ops.demo.stage import LINDGREN, OKAFOR, Stage, reached, surgery
from bridgework.patients.particulars import Speaker
from bridgework.referrals import timeline
from bridgework.referrals.timeline import Request


def set_out(stage: Stage) -> None:
    """Put everything on the desks."""
    red_flag(stage)
    new_to_accept(stage)
    replies(stage)
    call_list(stage)
    two_weeks(stage)
    reports_owed(stage)
    visits_today(stage)
    maple_desk(stage)


def red_flag(stage: Stage) -> None:
    """Send a tongue ulcer of five weeks within the hour; a clinician has to look."""
    patient = stage.person("Harold Jennings", 71, "male", may_text=False)
    reason = "Tongue ulcer on the left edge for five weeks, not healing, hard to the touch. Former smoker."
    request = surgery(
        "pathology", reason, urgency="urgent", red_flags=("suspected_cancer",),
        answers={"duration": "over_3_weeks", "hard": "yes"},
    )  # fmt: skip
    stage.plan("lakeview > harbor", patient, request, stage.ago(0.9))


def new_to_accept(stage: Stage) -> None:
    """Send five that nobody has answered yet; the first clock ends within a working day."""
    priya = stage.person("Priya Raman", 29, "female")
    wisdom = surgery("wisdom_teeth", "Two impacted wisdom teeth, #17 and #32, panoramic film attached.", "17", "32")
    stage.plan("maple > harbor", priya, wisdom, stage.ago(16.4), film="panoramic")
    marcus = stage.person("Marcus Bell", 46, "male", anxiety="some")
    molar = surgery("extraction", "Fractured lower right first molar #30. Film will follow.", "30", urgency="soon")
    stage.plan("cedar > harbor", marcus, molar, stage.ago(9.9))
    joon = stage.person(
        "Joon-ho Park", 63, "male", history=(("medication", "Apixaban 5 mg"), ("insurance", "Blue Heron Dental"))
    )
    implant = surgery("implant", "Implant consult at #8, slip by fax.", "8")
    stage.plan("referrer 4 > harbor", joon, implant, stage.ago(3.1))
    mateo, tomas = _siblings(stage)
    for child, tooth, hours in ((mateo, "6", 1.6), (tomas, "11", 1.5)):
        expose = surgery("expose", f"Impacted canine #{tooth}. Please expose, the orthodontist is ready.", tooth)
        stage.plan("maple > harbor", child, expose, stage.ago(hours), film="panoramic")


def _siblings(stage: Stage) -> tuple[Patient, Patient]:
    phone = stage.population.phone()
    mother = Speaker(name="Lucía Montoya", relation="mother", phone=phone, email="lucia.montoya@mail.example")
    family: dict[str, object] = {"language": "es", "guardian": mother, "phone": phone, "email": mother.email}
    return (
        stage.person("Mateo Montoya", 14, "male", anxiety="high", **family),
        stage.person("Tomás Montoya", 12, "male", anxiety="some", **family),
    )


def replies(stage: Stage) -> None:
    """Let two patients write back; they wait for a person."""
    tyrell = stage.person("Tyrell Adams", 24, "male", anxiety="high")
    wisdom = surgery(
        "wisdom_teeth", "All four wisdom teeth, very anxious patient, prefers texts.", "1", "16", "17", "32"
    )
    plan = stage.plan("cedar > harbor", tyrell, wisdom, stage.day(-5, 11.0), film="panoramic")
    _until_booked(stage, plan, stage.day(-5, 13.0), stage.day(3, 14.5))
    plan.says(
        stage.ago(1.1), plan.receiver, PatientWrites(text="Honestly I’m scared of the needle. Is there another way?")
    )
    rosa = stage.person("Rosa Delgado", 52, "female", language="es")
    molar = surgery("extraction", "Failed root canal, #3. Please extract.", "3")
    plan = stage.plan("maple > harbor", rosa, molar, stage.day(-6, 9.5), film="periapical")
    _until_booked(stage, plan, stage.day(-6, 10.5), stage.day(1, 10.0))
    plan.says(stage.ago(0.6), plan.receiver, PatientWrites(text="¿Puedo comer antes de la cita de mañana?"))


def call_list(stage: Stage) -> None:
    """Accept three and leave the first talk with the patient, or the time of the visit, still to be found."""
    beverly = stage.person("Beverly Stone", 66, "female", may_text=False)
    graft = surgery("bone_graft", "Sinus lift before an implant at #14.", "14")
    plan = stage.plan("referrer 1 > harbor", beverly, graft, stage.ago(25.5))
    _accepted(stage, plan, 24.8)
    silent = timeline.ContactAttempted(channel="phone", outcome="no_answer", note="Picks up after 4 PM.")
    stage.says(plan, "receiver", (stage.ago(20.0), silent), (stage.ago(9.0), silent))
    andre = stage.person("Andre Fontaine", 38, "male")
    plan = stage.plan("maple > harbor", andre, surgery("extraction", "Root fracture of #19.", "19"), stage.ago(13.0))
    _accepted(stage, plan, 12.0)
    wrong = timeline.ContactAttempted(
        channel="phone", outcome="wrong_number", note="Maple Street may have a newer one."
    )
    stage.says(plan, "receiver", (stage.ago(8.0), wrong))
    kim = stage.person("Kim Nguyen", 41, "female")
    plan = stage.plan("referrer 2 > harbor", kim, surgery("implant", "Implant at #12.", "12"), stage.ago(21.0))
    _accepted(stage, plan, 20.0)
    stage.says(plan, "receiver", (stage.ago(19.0), timeline.ContactAttempted(channel="phone", outcome="left_message")))
    cost = timeline.PatientAnswered(channel="phone", summary="Worried about cost; asks what her plan covers.")
    stage.says(plan, "receiver", (stage.ago(4.5), cost))


def two_weeks(stage: Stage) -> None:
    """Let somebody answer once and go quiet: sixteen days without a visit."""
    lucille = stage.person("Lucille Grant", 57, "female")
    request = surgery("extraction", "Gum disease around #3, please extract.", "3")
    sent_at = workdays.earlier(stage.now - timedelta(days=16), 0.2).replace(second=0, microsecond=0)
    plan = stage.plan("maple > harbor", lucille, request, sent_at)
    at = workdays.later(plan.sent_at, 3)
    stage.says(plan, "receiver", (at, timeline.Accepted(provider_name=LINDGREN)))
    asked = timeline.ContactAttempted(channel="sms", outcome="message_sent", note="Asked for a Friday, then no answer.")
    stage.says(plan, "receiver", (workdays.later(at, 5), reached()), (workdays.later(at, 40), asked))


def reports_owed(stage: Stage) -> None:
    """See one without writing the note, operate on one without writing the summary: two offices wait."""
    elena = stage.person("Elena Marquez", 58, "female", history=(("medication", "Warfarin 5 mg"), ("allergy", "Latex")))
    plan = stage.plan(
        "maple > harbor", elena, surgery("extraction", "Vertical root fracture of #19, on warfarin.", "19", urgency="soon"),
        stage.day(-7, 10.0), film="periapical",
    )  # fmt: skip
    _until_booked(stage, plan, stage.day(-7, 11.0), stage.day(-2, 10.75))
    stage.says(plan, "receiver", (stage.day(-2, 10.7), timeline.Attended()))
    omar = stage.person("Omar Haddad", 33, "male")
    plan = stage.plan("cedar > harbor", omar, surgery("wisdom_teeth", "Pericoronitis, #1.", "1"), stage.day(-14, 9.0))
    _until_booked(stage, plan, stage.day(-14, 10.0), stage.day(-9, 13.0))
    _seen(stage, plan, -9, 13.0)
    treatment_at = stage.diary.take(OKAFOR, stage.day(-1, 9.25))
    stage.says(
        plan, "receiver", (stage.day(-9, 13.8), timeline.TreatmentProposed(plan="Removal of #1 under sedation.")),
        (stage.day(-9, 14.0), timeline.TreatmentAccepted()),
        (stage.day(-9, 14.1), timeline.TreatmentScheduled(starts_at=treatment_at, provider_name=OKAFOR)),
    )  # fmt: skip
    stage.says(plan, "sender", (stage.day(-8, 9.0), timeline.ReportRead()), role="clinician")
    done = timeline.TreatmentCompleted(summary="#1 removed under IV sedation. No complication.")
    stage.says(plan, "receiver", (stage.day(-1, 10.4), done), role="clinician")


def visits_today(stage: Stage) -> None:
    """Book four visits of the day, three of them confirmed."""
    guests = (
        ("Sam Ortiz", 19, "male", "32", 8.5, True), ("Nia Brooks", 22, "female", "17", 9.25, True),
        ("Leo Hart", 55, "male", "8", 13.75, False), ("Ana Silva", 44, "female", "19", 15.25, True),
    )  # fmt: skip
    for count, (name, age, sex, tooth, hour, is_confirmed) in enumerate(guests):
        patient = stage.person(name, age, sex)
        kind = "wisdom_teeth" if tooth in ("17", "32") else "extraction"
        way = ("maple > harbor", "cedar > harbor")[count % 2]
        plan = stage.plan(way, patient, surgery(kind, f"Please evaluate #{tooth}.", tooth), stage.day(-8, 10.0 + count))
        starts_at = workdays.moment(stage.visiting_day, hour)
        _until_booked(stage, plan, stage.day(-8, 11.0 + count), starts_at)
        if is_confirmed:
            stage.says(plan, "receiver", (stage.day(-2, 9.0 + count / 4), timeline.Confirmed(channel="sms")))
        stage.says(plan, "receiver", (starts_at, timeline.Attended()))
        _note(stage, plan, starts_at + timedelta(minutes=40))


def maple_desk(stage: Stage) -> None:
    """Give Maple Street a question to answer, a report to read, somebody to send elsewhere, a patient to write to."""
    grace = stage.person("Grace Lindholm", 36, "female")
    plan = stage.plan("maple > harbor", grace, surgery("extraction", "Please extract #30.", "30"), stage.ago(9.0))
    question = "Is there a film of #30 that shows the whole root? The one that came is cut off at the tip."
    stage.says(plan, "receiver", (stage.ago(5.2), timeline.MoreInformationAsked(question=question)))
    wyatt = stage.person("Wyatt Brandt", 50, "male")
    canal = Request(
        specialty="endodontics", procedure="root_canal", urgency="soon", teeth=("14",),
        reason="Irreversible pulpitis of #14, strong pain at night.",
    )  # fmt: skip
    plan = stage.plan("maple > rose", wyatt, canal, stage.ago(11.0), film="periapical")
    full = timeline.Declined(reason="no_capacity", note="Next free time is in four weeks, too long for this tooth.")
    stage.says(plan, "receiver", (stage.ago(6.5), full))
    nora = stage.person("Nora Whitlock", 27, "female", anxiety="some")
    plan = stage.plan(
        "maple > harbor",
        nora,
        surgery("wisdom_teeth", "Partly erupted #17.", "17"),
        stage.day(-9, 10.0),
        film="panoramic",
    )
    _until_booked(stage, plan, stage.day(-9, 11.0), stage.day(-1, 10.75))
    _seen(stage, plan, -1, 10.75)
    felix = stage.person("Felix Garland", 68, "male")
    plan = stage.plan("maple > rose", felix, canal, stage.ago(7.5))
    plan.says(stage.ago(2.2), plan.sender, PatientWrites(text="Who will call me, you or the root canal office?"))
    opal = stage.person("Opal Sherwood", 31, "female")
    plan = stage.plan(
        "maple > harbor", opal, surgery("extraction", "Split tooth #5, please extract.", "5"), stage.ago(4.0)
    )
    plan.takes_opening = True
    _accepted(stage, plan, 2.8)


def _accepted(stage: Stage, plan: Plan, hours_ago: float) -> None:
    stage.says(plan, "receiver", (stage.ago(hours_ago), timeline.Accepted(provider_name=OKAFOR)))


def _until_booked(stage: Stage, plan: Plan, at: datetime, starts_at: datetime) -> None:
    """Let the referral be accepted, the patient be reached and a visit be booked within two hours."""
    stage.says(
        plan, "receiver", (at, timeline.Accepted(provider_name=plan.provider)),
        (at + timedelta(minutes=50), reached()), (at + timedelta(minutes=54), stage.booked(plan, starts_at)),
    )  # fmt: skip


def _seen(stage: Stage, plan: Plan, days: int, hour: float) -> None:
    """Let the patient come, and the note be written at once."""
    stage.says(plan, "receiver", (stage.day(days, hour), timeline.Attended()))
    _note(stage, plan, stage.day(days, hour + 0.6))


def _note(stage: Stage, plan: Plan, at: datetime) -> None:
    teeth = plan.request.teeth
    named = " and ".join(f"#{tooth}" for tooth in teeth)
    note = timeline.ConsultCompleted(
        findings=f"{named}: findings as referred, no sign of infection.", teeth=teeth, provider_name=plan.provider,
        recommendation=f"Removal of {named} under IV sedation.", treatment_recommended=True,
    )  # fmt: skip
    stage.says(plan, "receiver", (at, note), role="clinician")
