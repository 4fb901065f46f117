"""An outsider who knows every address and every id visits all of them, looks and presses, and learns nothing."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bridgework.access import viewer
from bridgework.accounts.models import Membership
from bridgework.audit.models import Event
from bridgework.deliveries import actions as deliveries
from bridgework.files import actions as files
from bridgework.intake import actions as intake
from bridgework.lib.ids import uuid7
from bridgework.patients import actions as patients
from bridgework.patients.models import ContactKind, HistoryKind
from bridgework.patients.particulars import Particulars, Reach
from bridgework.referrals import actions as referrals
from bridgework.referrals.actions import PacketFile
from bridgework.referrals.models import PacketItem
from bridgework.referrals.tests.desk import order, telling
from bridgework.worklist import actions as worklist
from tests.cast import NOON, Cast, Member

SECRETS = ("Marquez", "Zyxomycin", "5035550148", "555-0148", "Latent fracture", "secret-film", "wolfram-note")
OUR_ROOMS = ("worklist", "referrals", "inbox", "patients", "network", "settings", "sandbox")


def _chart(member: Member) -> tuple[UUID, UUID]:
    patient = patients.make_patient(
        particulars=Particulars(family="Marquez", given="Elena"),
        contacts=[Reach(kind=ContactKind.PHONE, value="+15035550148")],
        by=member.actor,
        at=NOON,
    )
    item = patients.note_history(
        patient_id=patient.id, kind=HistoryKind.MEDICATION, text="Zyxomycin", by=member.actor, at=NOON
    )
    return patient.id, item.id


def _inbox_item(member: Member) -> UUID:
    arrival = intake.Arrival(
        name="Marquez.json", content=b"{}", came_by="file", format="fhir", kind="referral", identity="1",
        fields={"patient": {"family": "Marquez"}},
    )  # fmt: skip
    return intake.take_in(arrival, by=member.actor, at=NOON).item.id


def _task(member: Member, referral_id: UUID) -> UUID:
    errand = worklist.Errand(kind="reply", subject_id=referral_id, sentence="Marquez wrote", due_at=NOON)
    return worklist.open_task(errand, at=NOON).id


def world(cast: Cast) -> dict[str, object]:
    """Fill a general office with one of everything; return the ids by the names that addresses use for them."""
    member = cast.general
    by, at = member.actor, NOON
    with viewer.acting(member.id):
        patient_id, history_id = _chart(member)
        file = files.keep_document(name="secret-film.txt", content=b"Latent fracture", by=by, at=at)
        packet = (PacketFile(file_id=file.id, kind="document", title="secret-film"),)
        sent = order(member, cast.surgery, patient_id=patient_id, packet=packet)
        referral = referrals.send(sent, telling=telling(member))
        note = referrals.note(
            referral_id=referral.id, telling=telling(member, 1), text="wolfram-note", is_private=False
        )
        draft = referrals.begin_draft(by=by, at=at, patient_id=patient_id)
        draft_item = referrals.attach_to_draft(draft_id=draft.id, file=file, title="secret-film", by=by, at=at)
        deliveries.receive(channel="sandbox", address="+15035550148", body="Latent fracture", reference="1", at=at)
        return {
            "referral_id": referral.id,
            "entry_id": note.id,
            "action": "accept",
            "draft_id": draft.id,
            "patient_id": patient_id,
            "history_id": history_id,
            "task_id": _task(member, referral.id),
            "office_id": member.office.id,
            "affiliation_id": uuid7(),
            "membership_id": Membership.objects.get().id,
            "item_id": PacketItem.objects.get().id,
            "inbox:item_id": _inbox_item(member),
            "draft_file:item_id": draft_item.id,
            "draft_detach:item_id": draft_item.id,
        }


def patterns(resolver: URLResolver, room: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every named address of ours with its room."""
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from patterns(part, part.namespace or room)
        elif room in OUR_ROOMS:
            yield room, part


def address(room: str, pattern: URLPattern, ids: dict[str, object]) -> str:
    """Return the address with the other office's ids in it; an id that this test does not know fails it."""
    names = pattern.pattern.converters
    values = {
        name: ids.get(f"{pattern.name}:{name}", ids.get(f"{room}:{name}", ids.get(name, KeyError(name))))
        for name in names
    }
    assert not any(isinstance(value, KeyError) for value in values.values()), f"give {pattern.name} its ids in world()"
    return reverse(f"{room}:{pattern.name}", kwargs=values)


@pytest.fixture
def ids(cast: Cast) -> dict[str, object]:
    return world(cast)


def acts_of(member: Member) -> list[str]:
    with viewer.acting(member.id):
        return list(Event.objects.order_by("id").values_list("act", flat=True))


def test_every_address_tells_an_outsider_nothing(cast: Cast, ids: dict[str, object]) -> None:
    before = acts_of(cast.general), acts_of(cast.surgery)
    client = Client(raise_request_exception=True)
    client.force_login(cast.outsider.user)
    visited = 0
    for room, pattern in patterns(get_resolver()):
        url = address(room, pattern, ids)
        for method in (client.get, client.post):
            answer = method(url)
            body = b"" if answer.streaming else answer.content
            told = [secret for secret in SECRETS if secret.lower().encode() in body.lower()]
            assert not told, f"{url} told {told}"
            assert answer.status_code in (200, 302, 403, 404, 405, 409, 422), f"{url}: {answer.status_code}"
            visited += 1
        if {"referral_id", "draft_id", "patient_id", "task_id", "item_id"} & set(pattern.pattern.converters):
            assert client.get(url).status_code in (404, 405), url
    assert visited > 60
    assert (acts_of(cast.general), acts_of(cast.surgery)) == before, "somebody else's rows were touched"


def test_every_address_asks_a_stranger_to_sign_in(cast: Cast, ids: dict[str, object]) -> None:
    client = Client()
    for room, pattern in patterns(get_resolver()):
        url = address(room, pattern, ids)
        for method in (client.get, client.post):
            answer = method(url)
            assert answer.status_code in (302, 405), f"{url}: {answer.status_code}"
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith("/account/login"), url


def test_the_owner_finds_the_secrets_where_they_belong(cast: Cast, ids: dict[str, object]) -> None:
    """The test above could pass on empty pages; this one shows that the same addresses do tell their owner."""
    client = Client()
    client.force_login(cast.general.user)
    page = client.get(reverse("referrals:page", args=[ids["referral_id"]])).content
    assert b"Marquez" in page
    assert b"wolfram-note" in page.lower()
    assert b"Marquez" in client.get("/").content
