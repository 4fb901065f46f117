"""Tasks at the desk: done, taken back, taken on, and a message in doubt decided by a person."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.test import Client
from django.urls import reverse

from bridgework.access import due, viewer
from bridgework.deliveries import outbox
from bridgework.deliveries.actions import KIND
from bridgework.deliveries.models import Delivery, State
from bridgework.lib.ids import uuid7
from bridgework.worklist import actions
from bridgework.worklist.models import Task
from tests.cast import NOON, Cast, Member


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def a_task(member: Member) -> UUID:
    with viewer.acting(member.id):
        errand = actions.Errand(kind="reply", subject_id=uuid7(), sentence="“Can you call me?”", due_at=NOON)
        return actions.open_task(errand, at=NOON).id


def test_a_task_is_done_taken_back_and_given_to_somebody(cast: Cast) -> None:
    client, task_id = signed_in(cast.surgery), a_task(cast.surgery)
    assert "Can you call me?" in client.get("/").content.decode()
    client.post(reverse("worklist:done", args=[task_id]))
    after = client.get("/").content.decode()
    assert "Can you call me?" not in after
    assert reverse("worklist:reopen", args=[task_id]) in after
    client.post(reverse("worklist:reopen", args=[task_id]))
    page = reverse("worklist:task", args=[task_id])
    assert "Who does it" in client.get(page).content.decode()
    client.post(page, {"owner": str(cast.surgery.user.id)})
    with viewer.acting(cast.surgery.id):
        assert (Task.objects.get().owner_id, Task.objects.get().state) == (cast.surgery.user.id, "open")
    client.post(page, {"owner": str(cast.surgery.user.id), "outcome": "Called, all well"})
    with viewer.acting(cast.surgery.id):
        assert Task.objects.get().outcome == "Called, all well"


def test_a_task_that_somebody_else_finished_is_told_so(cast: Cast) -> None:
    client, task_id = signed_in(cast.surgery), a_task(cast.surgery)
    client.post(reverse("worklist:done", args=[task_id]))
    answer = client.post(reverse("worklist:done", args=[task_id]), follow=True)
    assert "settled already" in answer.content.decode()


def test_a_message_in_doubt_waits_until_somebody_says_what_became_of_it(cast: Cast) -> None:
    with viewer.acting(cast.surgery.id):
        delivery = Delivery.objects.create(
            organization=cast.surgery.organization, purpose="office_notice", channel="email", address="a@example.org",
            recipient="Maple Street", body="…", dedupe_key="1", state=State.ATTEMPTED, attempts=1, attempted_at=NOON,
            due_at=NOON, made_at=NOON,
        )  # fmt: skip
    due.schedule(organization_id=cast.surgery.id, kind=KIND, row_id=delivery.id, due_at=NOON)
    later = NOON + timedelta(hours=1)
    outbox.work(cast.surgery.id, [row.row_id for row in due.claim(at=later)], later)
    client = signed_in(cast.surgery)
    with viewer.acting(cast.surgery.id):
        task = Task.objects.get(kind="uncertain_delivery")
    url = reverse("worklist:arrived", args=[task.id])
    assert "Did it arrive?" in client.get(url).content.decode()
    assert client.post(url, {}).status_code == 422
    client.post(url, {"arrived": "yes"})
    with viewer.acting(cast.surgery.id):
        assert Delivery.objects.get().state == State.SENT
        assert not Task.objects.filter(state="open").exists()
