"""Every main page with something on it, at a desk and on a phone: no accessibility fault, nothing scrolls sideways."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import OperationalError
from django.urls import reverse

from bridgework.access import viewer
from bridgework.accounts.models import Membership, Role
from bridgework.deliveries.models import Delivery
from bridgework.files.tests.samples import image
from bridgework.intake.models import InboxItem
from bridgework.interop import inbox
from bridgework.interop.fhir.tests.referral_note import referral_bundle
from bridgework.lib import clock
from bridgework.patients.models import Patient
from bridgework.referrals import actions, story
from bridgework.referrals.snapshot import PatientIdentity
from bridgework.referrals.tests.desk import order
from bridgework.referrals.timeline import Booked, ConsultCompleted, ContactAttempted, Request
from bridgework.scheduling import actions as scheduling
from bridgework.web.referrals.doing import DOINGS
from bridgework.worklist import actions as worklist
from tests.browser.conftest import Desk
from tests.browser.test_closed_loop import elsewhere
from tests.cast import Cast, Member
from tests.journeys.test_outsider import world

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = "Marvellous-Featherstonehaugh-Okonkwo-de-la-Vega"  # a name that wants to be wider than a phone
REASON = "Spreading swelling under the lower jaw since yesterday, fever, cannot open the mouth; please see at once."


def telling(member: Member, days_ago: float) -> actions.Telling:
    return actions.Telling(by=member.actor, at=clock.now() - timedelta(days=days_ago))


def refer(sender: Member, receiver: Member, family: str, days_ago: float, **request: object) -> UUID:
    """Send a referral of somebody, some days ago."""
    wish = {
        "specialty": "oral_surgery",
        "procedure": "extraction",
        "urgency": "soon",
        "reason": "Cracked",
        "teeth": ("19",),
    }
    sent = order(
        sender, receiver, patient=PatientIdentity(given="Ana", family=family, phone="+15035550148"),
        request=Request(**{**wish, **request}),  # type: ignore[arg-type]
    )  # fmt: skip
    with viewer.acting(sender.id):
        return actions.send(sent, telling=telling(sender, days_ago)).id


def work(member: Member, referral_id: UUID, *steps: Callable[[UUID, actions.Telling], object]) -> None:
    """Do some things to a referral, one after the other, each a day after the one before."""
    for number, step in enumerate(steps):
        with viewer.acting(member.id):
            step(referral_id, telling(member, len(steps) - number))


def accept(referral_id: UUID, told: actions.Telling) -> None:
    actions.accept(referral_id=referral_id, telling=told)


def call(referral_id: UUID, told: actions.Telling) -> None:
    attempt = ContactAttempted(channel="phone", outcome="left_message")
    actions.record_contact_attempt(referral_id=referral_id, telling=told, attempt=attempt)


def book(referral_id: UUID, told: actions.Telling) -> None:
    booking = Booked(starts_at=clock.now() + timedelta(hours=2), minutes=30, provider_name="Dr. Amara Okafor")
    actions.book(referral_id=referral_id, telling=told, booking=booking)


def attend(referral_id: UUID, told: actions.Telling) -> None:
    actions.record_attended(referral_id=referral_id, telling=told, walk_in=True)


def report(referral_id: UUID, told: actions.Telling) -> None:
    note = ConsultCompleted(findings="Fracture of #19. " * 12, recommendation="Extraction, then an implant.")
    actions.complete_consult(referral_id=referral_id, telling=told, note=note)


def decline(referral_id: UUID, told: actions.Telling) -> None:
    actions.decline(referral_id=referral_id, telling=told, reason="no_capacity", note="Our surgeon is away.")


def ask(referral_id: UUID, told: actions.Telling) -> None:
    actions.ask_for_more(referral_id=referral_id, telling=told, question="Is there a film of #19?")


def fill(cast: Cast) -> dict[str, object]:
    """Fill both offices with one of everything and return the ids by the names that addresses use."""
    ids, general, surgery = world(cast), cast.general, cast.surgery
    for member in (general, surgery):
        with viewer.acting(member.id):
            Membership.objects.filter(user=member.user).update(role=Role.EVERYONE)
    refer(general, surgery, LONG, 0.1, reason=REASON, urgency="emergency", red_flags=("spreading_infection",))
    work(surgery, refer(general, surgery, "Calling", 9), accept)
    work(surgery, refer(general, surgery, "Waiting", 30), accept, call)
    ids["booked"] = refer(general, surgery, "Booked", 5)
    work(surgery, UUID(str(ids["booked"])), accept, book)
    work(surgery, refer(general, surgery, "Seen", 8), accept, attend)
    ids["reported"] = refer(general, surgery, "Reported", 9)
    work(surgery, UUID(str(ids["reported"])), accept, attend, report)
    work(surgery, refer(general, surgery, "Declined", 3), decline)
    work(surgery, refer(general, surgery, "Asked", 3), ask)
    bundle = json.dumps(referral_bundle()).encode()
    for name, content in (("a referral note.json", bundle), (f"{LONG}.tif", image("TIFF"))):
        inbox.receive_file(organization_id=surgery.id, name=name, content=content, by=surgery.actor, at=clock.now())
    with viewer.acting(surgery.id):
        ids["note"], ids["foreign"] = InboxItem.objects.order_by("received_at", "id").values_list("id", flat=True)
        ids["chart"] = Patient.objects.filter(family="Seen").values_list("id", flat=True).first() or uuid_of(ids)
        slot = scheduling.Slot(office_id=surgery.office.id, starts_at=clock.now() + timedelta(days=1))
        scheduling.offer((slot,), by=surgery.actor, at=clock.now())
        errand = worklist.Errand(kind="reply", subject_id=surgery.id, sentence=REASON, due_at=clock.now())
        ids["task"] = worklist.open_task(errand, at=clock.now()).id
        Delivery.objects.create(
            organization=surgery.organization, purpose="patient_notice", channel="sandbox", address="+15035550148",
            recipient=f"Ana {LONG}", body="Your visit is on Friday. Reply STOP to stop.", state="sent", dedupe_key="1",
            made_at=clock.now(), settled_at=clock.now(), referral_id=UUID(str(ids["booked"])),
        )  # fmt: skip
    return ids


def uuid_of(ids: dict[str, object]) -> UUID:
    return UUID(str(ids["patient_id"]))


def of_general(ids: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Yield name and address of the pages at the referring office."""
    sent, draft, patient = ids["referral_id"], ids["draft_id"], ids["patient_id"]
    yield from {
        "today": "/",
        "sent": f"{reverse('referrals:list')}?side=sender&state=all",
        "passed-on": f"{reverse('referrals:list')}?side=former",
        "drafts": f"{reverse('referrals:list')}?side=drafts",
        "search": f"{reverse('referrals:list')}?q=marquez",
        "referral": reverse("referrals:page", args=[sent]),
        "report-arrived": reverse("referrals:page", args=[ids["reported"]]),
        "choose-patient": reverse("referrals:new"),
        "draft": reverse("referrals:draft", args=[draft]),
        "correct": reverse("referrals:correct", args=[sent, ids["entry_id"]]),
        "patients": reverse("patients:list"),
        "nobody": f"{reverse('patients:list')}?q=zzz",
        "chart": reverse("patients:page", args=[patient]),
        "new-chart": reverse("patients:new"),
        "change-chart": reverse("patients:edit", args=[patient]),
        "directory": reverse("network:directory"),
        "office": reverse("network:office", args=[ids["office_id"]]),
        "change-office": reverse("network:edit", args=[ids["office_id"]]),
        "new-office": reverse("network:new"),
        "unlisted": reverse("network:unlisted"),
        "new-provider": reverse("network:add_provider", args=[ids["office_id"]]),
        "settings": reverse("settings:home"),
        "practice": reverse("settings:practice"),
        "people": reverse("settings:people"),
        "invite": reverse("settings:invite"),
        "person": reverse("settings:person", args=[ids["membership_id"]]),
        "inbox": reverse("inbox:list"),
        "not-found": "/nothing/here",
        "only-a-button": reverse("inbox:add"),
    }.items()


def of_surgery(ids: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Yield name and address of the pages at the receiving office, with the form of every action."""
    booked = ids["booked"]
    yield from {
        "received-today": "/",
        "one-group": "/?group=accept",
        "received": f"{reverse('referrals:list')}?side=receiver&state=all",
        "received-referral": reverse("referrals:page", args=[booked]),
        "task": reverse("worklist:task", args=[ids["task"]]),
        "received-inbox": reverse("inbox:list"),
        "inbox-done": f"{reverse('inbox:list')}?state=done",
        "inbox-note": reverse("inbox:item", args=[ids["note"]]),
        "inbox-foreign": reverse("inbox:item", args=[ids["foreign"]]),
        "phone": reverse("sandbox:phone"),
        "redirect": reverse("referrals:redirect", args=[booked]),
        "assign": reverse("referrals:assign", args=[booked]),
        "attach": reverse("referrals:attach", args=[booked]),
        "parts": reverse("parts"),
    }.items()
    for action in DOINGS:
        yield f"do-{action}", reverse("referrals:do", args=[booked, action])


@pytest.fixture
def ids(committed_cast: Cast) -> dict[str, object]:
    """Fill the offices before the browser starts, for it takes the thread in which the ORM could be used."""
    return fill(committed_cast)


def faults_of(desk: Desk, pages: Iterator[tuple[str, str]]) -> list[str]:
    """Open each page and collect what is wrong with it."""
    faults = []
    for name, address in pages:
        answer = desk.page.goto(f"{desk.address}{address}")
        if answer is None or answer.status >= 500:
            faults.append(f"{name}: {answer and answer.status}")
            continue
        try:
            desk.is_well_made(name)
        except AssertionError as fault:
            faults.append(f"{name}: {fault}")
    return faults


@pytest.mark.parametrize("screen", ["desk", "phone"])
@pytest.mark.parametrize(("side", "pages"), [("general", of_general), ("surgery", of_surgery)])
def test_every_page_is_well_made(
    committed_cast: Cast, ids: dict[str, object], sit_down: Callable[[Member, str], Desk], screen: str, side: str,
    pages: Callable[[dict[str, object]], Iterator[tuple[str, str]]],
) -> None:  # fmt: skip
    faults = faults_of(sit_down(getattr(committed_cast, side), screen), pages(ids))
    assert faults == [], "\n\n".join(faults)


@pytest.mark.parametrize("screen", ["desk", "phone"])
@pytest.mark.parametrize(
    ("problem", "words"), [(OperationalError, "could not reach its records"), (KeyError, "on our side")]
)
def test_a_failed_press_keeps_what_was_typed_and_can_be_sent_again(
    committed_cast: Cast, sit_down: Callable[[Member, str], Desk], monkeypatch: pytest.MonkeyPatch, screen: str,
    problem: type[Exception], words: str,
) -> None:  # fmt: skip
    referral_id = refer_now(committed_cast)
    desk = sit_down(committed_cast.surgery, screen)
    desk.go(reverse("referrals:do", args=[referral_id, "note"]))
    desk.type_into("Note", REASON)
    with monkeypatch.context() as broken:
        broken.setattr(story, "append", failing(problem))
        desk.press("Add a note")
    desk.sees(words)
    desk.sees(REASON)
    desk.is_well_made(f"trouble-{problem.__name__}")
    desk.press("Send it again")
    desk.sees(REASON)
    desk.sees("Timeline")


def refer_now(cast: Cast) -> UUID:
    """Send a referral from a thread of its own, for the browser has this one."""
    return elsewhere(lambda: refer(cast.general, cast.surgery, "Typed", 0.1))


def failing(problem: type[Exception]) -> Callable[..., None]:
    """Make a function that fails."""

    def fail(*_: object) -> None:
        raise problem("broken on purpose")

    return fail


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_who_was_too_late_or_may_not_is_told_so(
    committed_cast: Cast, sit_down: Callable[[Member, str], Desk], screen: str
) -> None:
    referral_id = refer_now(committed_cast)
    desk = sit_down(committed_cast.surgery, screen)
    desk.go(reverse("referrals:do", args=[referral_id, "decline"]))
    elsewhere(lambda: work(committed_cast.surgery, referral_id, accept))
    desk.choose("No time soon enough")
    desk.press("Decline")
    desk.sees("It has been accepted while this page was open.")
    desk.is_well_made("too-late")
    desk.go(reverse("settings:home"))
    desk.sees("This page is not open to you")
    desk.is_well_made("forbidden")


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_pages_before_signing_in_are_well_made(
    committed_cast: Cast, sit_down: Callable[[Member, str], Desk], screen: str
) -> None:
    desk = sit_down(committed_cast.general, screen)
    desk.page.context.clear_cookies()
    names = ("account_login", "account_reset_password", "account_reset_password_done")
    faults = faults_of(desk, iter((name, reverse(name)) for name in names))
    assert faults == [], "\n\n".join(faults)
