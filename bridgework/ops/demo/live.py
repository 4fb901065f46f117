"""The last weeks, lived again: every step by the real action at its own time, and the due work of each day after it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID
from zlib import crc32

from django.db import connection

from bridgework.access import viewer
from bridgework.channels.sandbox import door
from bridgework.files import actions as files
from bridgework.ops.demo import charts, films, history, workdays
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

# Hours at which due work is done: twice a day, and every hour in the last working days, which people look at.
TWICE_A_DAY = (12.5, 17.3)
EVERY_HOUR = tuple(hour + 0.1 for hour in range(8, 18))
LAST_DAYS = 3
LANES = 2  # one works while the other waits for the database


class Live:
    """Lives plans from one moment to another. `work` does everything that is due at a time and leaves no job behind.

    What happens between two looks at due work happens in `lanes` threads, each referral always in the same one.
    """

    def __init__(
        self, *, since: datetime, until: datetime, work: Callable[[datetime], int], lanes: int = LANES
    ) -> None:
        self._since, self._until, self._work, self._lanes = since, until, work, lanes
        self._referrals: dict[str, UUID] = {}

    def run(self, plans: Iterable[Plan], progress: Callable[[int, int], None]) -> None:
        """Take every step between the two moments in the order of time, and do what is due in between."""
        steps = sorted(
            (
                (step.at, plan.key, number, plan, step)
                for plan in plans
                for number, step in enumerate(plan.steps)
                if self._since <= step.at <= self._until
            ),
            key=lambda found: found[:3],
        )
        waiting = deque((plan, step) for *_, plan, step in steps)
        with ThreadPoolExecutor(self._lanes) as pool:
            for tick in self._ticks():
                now = []
                while waiting and waiting[0][1].at <= tick:
                    now.append(waiting.popleft())
                self._take_all(now, pool)
                self._work(tick)
                progress(len(steps) - len(waiting), len(steps))

    def _ticks(self) -> Iterator[datetime]:
        """Give the moments at which due work is done, the last of all at the end."""
        last = workdays.local_day(self._until)
        often = workdays.shifted(last, -LAST_DAYS)
        for day in workdays.workdays(workdays.local_day(self._since), last):
            for hour in EVERY_HOUR if day >= often else TWICE_A_DAY:
                if (at := workdays.moment(day, hour)) < self._until:
                    yield at
        yield self._until

    def _take_all(self, steps: Sequence[tuple[Plan, Step]], pool: ThreadPoolExecutor) -> None:
        if self._lanes == 1:
            for plan, step in steps:
                self._take(plan, step)
            return
        lanes: list[list[tuple[Plan, Step]]] = [[] for _ in range(self._lanes)]
        for plan, step in steps:
            lanes[crc32(plan.key.encode()) % self._lanes].append((plan, step))
        list(pool.map(self._take_lane, lanes))

    def _take_lane(self, steps: Sequence[tuple[Plan, Step]]) -> None:
        try:
            for plan, step in steps:
                self._take(plan, step)
        finally:
            connection.close()  # back to the pool: the thread may be another one next time

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
