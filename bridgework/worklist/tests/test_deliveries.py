"""Messages that need a person become tasks, and stop being tasks when it is known what happened."""

from __future__ import annotations

from datetime import timedelta

from bridgework.access import viewer
from bridgework.deliveries.facts import DeliveryFailed, DeliverySettled, DeliveryUncertain
from bridgework.lib.ids import uuid7
from bridgework.worklist import deliveries
from bridgework.worklist.models import Task
from tests.cast import NOON, Cast
from tests.ready_case import a_case


def test_a_doubt_asks_once_and_goes_away_when_it_is_settled(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        case, delivery_id = a_case(cast.general), uuid7()
        fact = DeliveryUncertain(
            at=NOON, referral_id=case.referral_id, delivery_id=delivery_id, purpose="office_notice",
            recipient="Harbor Oral Surgery", explanation="Sending was interrupted.",
        )  # fmt: skip
        deliveries.ask_whether_it_arrived(fact)
        deliveries.ask_whether_it_arrived(fact)
        task = Task.objects.get()
        assert (task.kind, task.state, task.patient_name) == ("uncertain_delivery", "open", "Elena Marquez")
        assert task.sentence == "Did the message to Harbor Oral Surgery arrive? Sending was interrupted."
        deliveries.put_away_when_known(
            DeliverySettled(at=NOON + timedelta(hours=1), delivery_id=delivery_id, was_sent=True, settled_by="Jess")
        )
        assert Task.objects.get().state == "moot"


def test_a_message_that_failed_asks_to_reach_them_otherwise(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        fact = DeliveryFailed(
            at=NOON, delivery_id=uuid7(), purpose="patient_notice", recipient="Elena", explanation="No such mailbox."
        )
        deliveries.ask_to_reach_them_otherwise(fact)
        task = Task.objects.get()
        assert (task.kind, task.subject_id) == ("failed_delivery", fact.delivery_id)
        assert task.sentence == "The message to Elena could not be delivered. No such mailbox."
