"""The planted stories that are over or long under way. The quiet drift and the sudden stop are courses in `volumes`."""

from __future__ import annotations

from datetime import timedelta

from bridgework.ops.demo.course import PatientWrites, Plan, TasksDone
from bridgework.ops.demo.stage import OKAFOR, Stage, reached, surgery
from bridgework.referrals import timeline

SOON = timedelta(minutes=4)


def tell(stage: Stage) -> None:
    """Tell all of them."""
    wrong_tooth(stage)
    spreading_infection(stage)
    no_show_chain(stage)
    unread_report(stage)
    moved_by_text(stage)


def wrong_tooth(stage: Stage) -> Plan:
    """Let Cedar Park pick #14 and write of the lower left first molar; Harbor asks, and it is put right in time."""
    patient = stage.person("Marisol Quintero", 47, "female", language="es")
    reason = "Please extract the lower left first molar, it cannot be restored after the fracture."
    plan = stage.plan("cedar > harbor", patient, surgery("extraction", reason, "14"), stage.day(-16, 9.3))
    question = "You picked #14, upper left. Your note says lower left first molar, which is #19. Which one is it?"
    change = timeline.RequestChanges(teeth=("19",))
    findings = "#19: vertical fracture below the bone. #14 is sound. Tooth confirmed with patient, film and note."
    note = timeline.ConsultCompleted(
        findings=findings, recommendation="Extraction of #19 with socket preservation.", treatment_recommended=True,
        teeth=("19",), provider_name=OKAFOR,
    )  # fmt: skip
    stage.says(plan, "receiver", (stage.day(-16, 10.2), timeline.MoreInformationAsked(question=question)))
    slip = "A slip on the chart: it is #19, lower left."
    stage.says(
        plan, "sender", (stage.day(-16, 11.5), timeline.Amended(changes=change, note=slip)),
        (stage.day(-16, 11.6), timeline.MoreInformationGiven(answer="#19, lower left first molar. Thank you.")),
    )  # fmt: skip
    treatment_at = stage.diary.take(OKAFOR, stage.day(-8, 10.0))
    stage.says(
        plan, "receiver", (stage.day(-16, 13.2), timeline.Accepted(provider_name=OKAFOR)),
        (stage.day(-16, 13.6), reached()), (stage.day(-16, 13.7), stage.booked(plan, stage.day(-12, 9.25))),
        (stage.day(-13, 10.0), timeline.Confirmed(channel="sms")), (stage.day(-12, 9.2), timeline.Attended()),
    )  # fmt: skip
    stage.says(plan, "receiver", (stage.day(-12, 9.9), note), role="clinician")
    stage.says(
        plan, "receiver", (stage.day(-12, 10.0), timeline.TreatmentProposed(plan="Extraction of #19.")),
        (stage.day(-12, 10.3), timeline.TreatmentAccepted()),
        (stage.day(-12, 10.4), timeline.TreatmentScheduled(starts_at=treatment_at, provider_name=OKAFOR)),
    )  # fmt: skip
    stage.says(plan, "sender", (stage.day(-12, 14.1), timeline.ReportRead()), role="clinician")
    done = "#19 extracted, socket preserved. Time-out held: #19 named by surgeon, assistant and patient."
    stage.says(plan, "receiver", (stage.day(-8, 11.1), timeline.TreatmentCompleted(summary=done)), role="clinician")
    stage.says(plan, "receiver", (stage.day(-8, 13.0), timeline.ReportSent(title="Surgery summary", summary=done)))
    stage.says(plan, "sender", (stage.day(-7, 9.4), timeline.ReportRead()), role="clinician")
    stage.says(plan, "receiver", (stage.day(-3, 15.0), timeline.PostOpConcluded(summary="Healed well.")))
    stage.says(plan, "sender", (stage.day(-2, 9.1), timeline.Closed(outcome="completed")))
    return plan


def spreading_infection(stage: Stage) -> Plan:
    """Send a swelling toward the neck: accepted in six minutes, seen within the hour, drained and reported that day."""
    patient = stage.person("Desmond Fairbanks", 39, "male", history=(("condition", "Type 2 diabetes"),))
    reason = "Swelling under the jaw since yesterday, spreading to the neck, mouth opens two fingers. #31."
    request = surgery(
        "infection", reason, "31", urgency="emergency", red_flags=("spreading_infection",),
        answers={"swelling": "spreading", "opening": "reduced", "fever": "yes"},
    )  # fmt: skip
    start = stage.day(-4, 9.1)
    plan = stage.plan("maple > harbor", patient, request, start, film="panoramic")
    visit = timeline.Booked(starts_at=start + timedelta(minutes=55), provider_name=OKAFOR)
    stage.says(
        plan, "receiver", (start + timedelta(minutes=6), timeline.Accepted(provider_name=OKAFOR)),
        (start + timedelta(minutes=9), reached()), (start + timedelta(minutes=10), visit),
        (start + timedelta(minutes=48), timeline.Attended()),
    )  # fmt: skip
    findings = "Submandibular abscess from #31, airway free, temperature 38.6 °C. Drainage at once."
    note = timeline.ConsultCompleted(
        findings=findings, recommendation="Incision, drainage and extraction of #31 today; antibiotic; check tomorrow.",
        treatment_recommended=True, teeth=("31",), provider_name=OKAFOR,
    )  # fmt: skip
    done = "Drained extraorally, #31 extracted, drain placed. Afebrile in the evening, checked by telephone at 8 PM."
    stage.says(
        plan, "receiver", (start + timedelta(minutes=66), note),
        (start + timedelta(minutes=68), timeline.TreatmentProposed(plan="Drainage and extraction of #31.")),
        (start + timedelta(minutes=70), timeline.TreatmentAccepted()),
        (start + timedelta(minutes=135), timeline.TreatmentCompleted(summary=done)), role="clinician",
    )  # fmt: skip
    stage.says(plan, "receiver", (stage.day(-4, 12.5), timeline.ReportSent(title="Emergency summary", summary=done)))
    stage.says(plan, "sender", (stage.day(-4, 13.2), timeline.ReportRead()), role="clinician")
    healed = "Drain out on day 2, swelling gone. Signed off by Dr. Okafor."
    stage.says(plan, "receiver", (stage.day(-1, 9.5), timeline.PostOpConcluded(summary=healed)), role="clinician")
    stage.says(plan, "sender", (stage.day(-1, 11.2), timeline.Closed(outcome="completed")))
    return plan


def no_show_chain(stage: Stage) -> Plan:
    """Book three visits and have all missed for want of a ride, the third one yesterday."""
    patient = stage.person("Dennis Cole", 45, "male", anxiety="some")
    request = surgery("extraction", "Fractured upper left first molar #14, please extract.", "14")
    plan = stage.plan("maple > harbor", patient, request, stage.day(-26, 10.4), film="periapical")
    stage.says(
        plan, "receiver", (stage.day(-26, 13.0), timeline.Accepted(provider_name=OKAFOR)),
        (stage.day(-25, 9.0), reached()), (stage.day(-25, 9.1), stage.booked(plan, stage.day(-19, 13.75))),
        (stage.day(-19, 14.4), timeline.NoShow()), (stage.day(-18, 10.0), reached()),
        (stage.day(-18, 10.1), stage.booked(plan, stage.day(-10, 10.75))), (stage.day(-10, 11.4), timeline.NoShow()),
        (stage.day(-9, 9.5), timeline.ContactAttempted(channel="phone", outcome="left_message")),
        (stage.day(-8, 15.0), reached()),
        (stage.day(-8, 15.1), timeline.Noted(text="Comes by bus from Gresham, line 9. Missed both for want of a ride.")),
        (stage.day(-8, 15.2), stage.booked(plan, stage.day(-1, 14.5))), (stage.day(-1, 15.2), timeline.NoShow()),
    )  # fmt: skip
    return plan


def unread_report(stage: Stage) -> Plan:
    """Leave Harbor's report unread at Maple Street for eight working days."""
    patient = stage.person(
        "Inés Castellano", 61, "female", language="es", history=(("medication", "Alendronate 70 mg weekly"),)
    )
    request = surgery("implant", "Implant in place of #30, lost in spring. We will make the crown.", "30")
    plan = stage.plan("maple > harbor", patient, request, stage.day(-17, 14.0), film="periapical")
    note = timeline.ConsultCompleted(
        findings="#30: ridge 7 mm, sufficient height. Takes alendronate since 2019: risk talked through.",
        recommendation="Implant possible. Before it please ask her physician about a drug holiday.",
        provider_name=OKAFOR, teeth=("30",),
    )  # fmt: skip
    stage.says(
        plan, "receiver", (stage.day(-17, 15.5), timeline.Accepted(provider_name=OKAFOR)),
        (stage.day(-16, 9.3), reached()), (stage.day(-16, 9.4), stage.booked(plan, stage.day(-8, 13.0))),
        (stage.day(-8, 12.9), timeline.Attended()),
    )  # fmt: skip
    stage.says(plan, "receiver", (stage.day(-8, 13.7), note), role="clinician")
    return plan


def moved_by_text(stage: Stage) -> Plan:
    """Let a patient answer the text about the visit and get another time."""
    patient = stage.person("Willa Hartley", 33, "female")
    request = surgery("wisdom_teeth", "Recurring pericoronitis, #32. Please remove.", "32", urgency="soon")
    plan = stage.plan("cedar > harbor", patient, request, stage.day(-7, 9.0), film="panoramic")
    stage.says(
        plan, "receiver", (stage.day(-7, 10.0), timeline.Accepted(provider_name=OKAFOR)),
        (stage.day(-7, 10.5), reached()), (stage.day(-7, 10.6), stage.booked(plan, stage.day(-4, 15.25))),
    )  # fmt: skip
    asked_at, moved_at = stage.day(-6, 11.4), stage.day(-6, 11.9)
    plan.says(
        asked_at, plan.receiver, PatientWrites(text="Hi, could I come a day or two later? I work until 4 on that one.")
    )
    new_time = stage.diary.take(OKAFOR, stage.day(2, 8.5))
    moved = timeline.Rescheduled(starts_at=new_time, by="patient", reason="Works until 4")
    stage.says(plan, "receiver", (moved_at, moved))
    plan.says(moved_at + SOON, plan.receiver, TasksDone(kind="reply", outcome="Moved to a morning"))
    stage.says(plan, "receiver", (stage.day(-6, 14.0), timeline.Confirmed(channel="sms")))
    return plan
