"""The last weeks, lived again: every step by the real action at its own time, and the due work of each day after it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID
from zlib import crc32

from bridgework.access import viewer
from bridgework.channels.sandbox import door
from bridgework.files import actions as files
from bridgework.ops.demo import charts, films, history, lanes, workdays
from bridgework.ops.demo.acts import ACTS
from bridgework.ops.demo.course import PatientWrites, Plan, Step, TasksDone
from bridgework.patients import charts as opening
from bridgework.patients.charts import History
from bridgework.referrals import actions
from bridgework.referrals.actions import Order, PacketFile, Receiver, Telling
from bridgework.referrals.timeline import Accepted, Kind, Sent
from bridgework.scheduling import queries as scheduling
from bridgework.worklist import actions as worklist
from bridgework.worklist import queries as tasks

# Hours at which due work is done: when the day ends, and every hour on the last two working days, which people look at.
EVENING = (17.3,)
EVERY_HOUR = tuple(hour + 0.1 for hour in range(8, 18))
LAST_DAYS = 1
LANES = 2  # processes; a referral stays in its lane


def live(
    plans: Iterable[Plan],
    *,
    since: datetime,
    until: datetime,
    work: Callable[[datetime], int],
    progress: Callable[[int, int], None],
) -> None:
    """Take every step of the plans between two moments in the order of time, and do what is due in between.

    `work` does everything that is due at a moment and leaves no job behind.
    """
    parts: list[list[tuple[Plan, Step]]] = [[] for _ in range(LANES)]
    for plan in plans:
        lane = parts[crc32(plan.key.encode()) % LANES]
        lane += [(plan, step) for step in plan.steps if since <= step.at <= until]
    total, done = sum(map(len, parts)), 0
    with lanes.side_by_side([_Life(part, since).up_to for part in parts]) as all_up_to:
        for tick in _ticks(since, until):
            done += all_up_to(tick)
            work(tick)
            progress(done, total)


def _ticks(since: datetime, until: datetime) -> Iterator[datetime]:
    """Give the moments at which due work is done, the last of all at the end."""
    last = workdays.local_day(until)
    often = workdays.shifted(last, -LAST_DAYS)
    for day in workdays.workdays(workdays.local_day(since), last):
        for hour in EVERY_HOUR if day >= often else EVENING:
            if (at := workdays.moment(day, hour)) < until:
                yield at
    yield until


class _Life:
    """Some referrals, lived step by step."""

    def __init__(self, steps: Sequence[tuple[Plan, Step]], since: datetime) -> None:
        self._waiting = deque(sorted(steps, key=lambda pair: (pair[1].at, pair[0].key)))
        self._since = since
        self._referrals: dict[str, UUID] = {}

    def up_to(self, moment: datetime) -> int:
        """Take the steps up to a moment and return how many they were."""
        count = 0
        while self._waiting and self._waiting[0][1].at <= moment:
            self._take(*self._waiting.popleft())
            count += 1
        return count

    def _take(self, plan: Plan, step: Step) -> None:
        with viewer.acting(step.house.id):
            match step.body:
                case Sent():
                    self._referrals[plan.key] = _send(plan, step)
                case PatientWrites(text=text):
                    key, phone = f"{plan.key} {step.at.isoformat()}", plan.patient.phone
                    door.reply(channel="sandbox", address=phone, body=text, reference=key, at=step.at)
                case TasksDone(kind=kind, outcome=outcome):
                    _finish_tasks(self._id(plan), kind, outcome, step)
                case Kind() as body:
                    ACTS[type(body)](self._id(plan), Telling(by=step.by, at=step.at), body)
                    if isinstance(body, Accepted) and plan.sent_at >= self._since and not plan.is_typed_in:
                        _open_chart(plan, self._id(plan), step)

    def _id(self, plan: Plan) -> UUID:
        return self._referrals.get(plan.key) or history.key_of(plan)


def _send(plan: Plan, step: Step) -> UUID:
    opening_id = None
    if plan.takes_opening:
        offered = scheduling.next_openings(plan.receiver.id, at=workdays.later(step.at, 6))
        opening_id = offered[0].id
    order = Order(
        sender_id=plan.sender.id, sender_name=plan.sender.name, patient=plan.patient.identity, snapshot=plan.snapshot,
        receiver=Receiver(
            organization_id=plan.receiver.id, name=plan.receiver.name, office_id=plan.receiver.office_id,
            provider_name=plan.provider, channel=plan.sender.channel,
        ),
        request=plan.request, packet=_packet(plan, step), patient_id=charts.key_of(plan, step.house), opening_id=opening_id,
    )  # fmt: skip
    return actions.send(order, telling=Telling(by=step.by, at=step.at)).id


def _packet(plan: Plan, step: Step) -> tuple[PacketFile, ...]:
    """Keep the film that goes along."""
    if not plan.film:
        return ()
    teeth = plan.request.teeth
    title = f"{plan.film.capitalize()} {', '.join(f'#{tooth}' for tooth in teeth)}".strip()
    stored = files.store(
        name=f"{plan.film}-{'-'.join(teeth) or 'overview'}.png", content=films.draw(plan.film, plan.key),
        by=step.by, at=step.at,
    )  # fmt: skip
    taken_on = workdays.shifted(workdays.local_day(step.at), -1)
    return (PacketFile(file_id=stored.id, kind="film", title=title, teeth=teeth, taken_on=taken_on),)


def _open_chart(plan: Plan, referral_id: UUID, step: Step) -> None:
    """Find or open the receiving office's own chart, as its coordinator does on accepting."""
    who = plan.patient
    history = History(
        allergies=who.said("allergy"), medications=who.said("medication"), conditions=who.said("condition"),
        insurance=who.said("insurance"),
    )  # fmt: skip
    patient_id = opening.find_or_make(who.identity, history, by=step.by, at=step.at)
    actions.link_patient(referral_id=referral_id, telling=Telling(by=step.by, at=step.at), patient_id=patient_id)


def _finish_tasks(referral_id: UUID, kind: str, outcome: str, step: Step) -> None:
    for task in tasks.open_tasks():
        if task.referral_id == referral_id and task.kind == kind:
            worklist.finish_task(task_id=task.id, outcome=outcome, by=step.by, at=step.at)
