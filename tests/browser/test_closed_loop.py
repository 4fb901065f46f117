"""The spine as two people live it: referred, accepted, booked, attended, reported, read, closed. By keyboard alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from bridgework.access import viewer
from bridgework.patients import actions as patients
from bridgework.patients.models import ContactKind, HistoryKind
from bridgework.patients.particulars import Particulars, Reach
from bridgework.referrals.models import Case
from tests.browser.conftest import Desk
from tests.cast import NOON, Cast, Member

T = TypeVar("T")
pytestmark = pytest.mark.browser


def elsewhere(work: Callable[[], T]) -> T:
    """Use the database in a thread of its own, because the browser's loop runs in this one."""
    found: list[T] = []

    def run() -> None:
        try:
            found.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def a_chart(member: Member) -> None:
    with viewer.acting(member.id):
        person = Particulars(family="Wright", given="Calvin", birth_date=NOON.date().replace(year=1992), may_text=True)
        reach = [Reach(kind=ContactKind.PHONE, value="+15035550131")]
        patient = patients.make_patient(particulars=person, contacts=reach, by=member.actor, at=NOON)
        for kind, text in ((HistoryKind.MEDICATION, "Eliquis 5 mg"), (HistoryKind.ALLERGY, "Latex")):
            patients.note_history(patient_id=patient.id, kind=kind, text=text, by=member.actor, at=NOON)


def standing(member: Member) -> tuple[str, str, bool]:
    """Return status, ball and loop as the member's own case says."""

    def look() -> tuple[str, str, bool]:
        with viewer.acting(member.id):
            case = Case.objects.get()
            return case.status, case.ball, case.is_loop_closed

    return elsewhere(look)


def refer(desk: Desk) -> None:
    desk.press("New referral")
    desk.is_well_made("choose-patient")
    desk.type_into("Name, birth date or phone", "wright")
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    desk.press("Refer")
    desk.choose("Oral surgery")
    desk.page.wait_for_selector("input[name=procedure]")
    desk.choose("Extraction")
    desk.type_into("Reason", "Pain lower left 6 for two weeks, cracked. Please extract.")
    desk.type_into("Or type the numbers", "19")
    desk.choose("Soon")
    desk.page.wait_for_selector("text=Harbor Oral Surgery")
    desk.choose("Harbor Oral Surgery")
    desk.page.wait_for_selector("#tooth-guard .note.green")
    desk.is_well_made("new-referral")
    desk.press("Send referral")
    desk.sees("holds the ball")


def accept(desk: Desk) -> None:
    desk.go("/")
    desk.sees("New to accept")
    desk.is_well_made("today")
    desk.press("Calvin Wright")
    desk.sees("Before treating")
    desk.is_well_made("referral-new")
    desk.press("Accept")


def book(desk: Desk) -> None:
    desk.press("Book a visit")
    desk.is_well_made("book")
    visit = (timezone.now() + timedelta(days=3)).astimezone(ZoneInfo("America/Los_Angeles"))
    desk.tab_to("Day and time")
    desk.page.keyboard.type(visit.strftime("%m%d%Y"))
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.type("0930AM")
    desk.press("Book a visit")


def see_the_patient(desk: Desk) -> None:
    desk.press("Patient came")
    desk.is_well_made("attended")
    desk.press("Patient came")


def write_the_note(desk: Desk) -> None:
    desk.press("Write consult note")
    desk.type_into("What you found", "Vertical root fracture of #19, not restorable.")
    desk.type_into("What you recommend", "Extraction, implant after healing.")
    desk.is_well_made("consult-note")
    desk.press("Write consult note")


def read_and_close(desk: Desk) -> None:
    desk.press("Mark report as read")
    desk.press("Close")
    desk.choose("Completed")
    desk.press("Close")


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_from_the_chair_to_the_closed_loop(
    committed_cast: Cast, sit_down: Callable[[Member, str], Desk], screen: str
) -> None:
    general, surgery = committed_cast.general, committed_cast.surgery
    elsewhere(lambda: a_chart(general))
    ours, theirs = sit_down(general, screen), sit_down(surgery, screen)
    ours.is_well_made("today-empty")
    refer(ours)
    ours.is_well_made("referral-sent")

    # Who acts, what they do, what the other office then reads, and what both offices' own rows say.
    steps: list[tuple[Desk, Callable[[Desk], None], Desk, str, tuple[str, str, bool]]] = [
        (theirs, accept, ours, "accepted", ("accepted", "receiver", False)),
        (theirs, book, ours, "9:30 AM", ("accepted", "patient", False)),
        (theirs, see_the_patient, ours, "Report owed", ("accepted", "receiver", False)),
        (theirs, write_the_note, ours, "Vertical root fracture", ("accepted", "sender", True)),
        (ours, read_and_close, theirs, "Closed.", ("closed", "nobody", True)),
    ]
    assert standing(general) == standing(surgery) == ("received", "receiver", False)
    for actor, act, other, words, expected in steps:
        act(actor)
        other.page.reload()
        other.sees(words)
        other.is_well_made(f"after-{act.__name__}")
        assert standing(general) == standing(surgery) == expected
    theirs.go("/referrals/?side=receiver&state=all")
    theirs.sees("Loop closed")
    theirs.is_well_made("list")
