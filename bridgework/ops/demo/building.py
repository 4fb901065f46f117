"""Puts the demo together: the network, the everyday referrals of two years, the planted stories, the present day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cached_property
from random import Random

from django.conf import settings
from django.utils.module_loading import import_string

from bridgework.access import viewer
from bridgework.ops.demo import cases, charts, desks, directory, history, present, stories, volumes, workdays
from bridgework.ops.demo.course import Course, Plan
from bridgework.ops.demo.diary import Diary
from bridgework.ops.demo.directory import House
from bridgework.ops.demo.live import live
from bridgework.ops.demo.offices import AMONG_MEMBERS, HARBOR, PRACTICES, REFERRERS
from bridgework.ops.demo.people import Population
from bridgework.ops.demo.stage import Stage

MONTHS_OF_HISTORY = 24
LIVED_DAYS = 60
FILMS_SINCE = timedelta(days=24)
FILMS_SENT = 0.6  # share of everyday referrals that bring one


class Building:
    """One run of the builder. Every random choice hangs on the seed, drawn in a fixed order."""

    def __init__(self, *, seed: int, now: datetime, progress: Callable[[str, int, int], None], scale: float) -> None:
        self.rng, self.now, self.scale = Random(seed), now, scale
        self.progress = progress
        self.since = workdays.moment(workdays.local_day(now) - timedelta(days=LIVED_DAYS), 0)
        self.begin = self.since - timedelta(days=round(MONTHS_OF_HISTORY * 30.44) - LIVED_DAYS)
        self.diary, self.population = Diary(), Population(self.rng)
        self.houses: dict[str, House] = {}

    def build(self) -> None:
        """Make everything, in the order in which it needs each other."""
        self._make_network()
        stage = Stage(now=self.now, houses=self.houses, population=self.population, diary=self.diary)
        stories.tell(stage)
        present.set_out(stage)
        plans = sorted((*self._everyday(), *stage.plans), key=lambda plan: (plan.sent_at, plan.key))
        charts.open_all(plans, since=self.since, at=self.since)
        self._record_history([plan for plan in plans if plan.sent_at < self.since])
        desks.offer_times(stage)
        self._live(plans)
        desks.receive_document(stage)
        desks.leave_draft(stage)

    def _make_network(self) -> None:
        at = self.begin - timedelta(days=30)
        for count, practice in enumerate(PRACTICES, start=1):
            self.houses[practice.key] = directory.register(practice, at)
            self.progress("Practices", count, len(PRACTICES))
        directory.share_password(HARBOR.staff[0].email)
        harbor = self.houses["harbor"]
        with viewer.acting(harbor.id):
            for number, referrer in enumerate(REFERRERS, start=1):
                house = directory.type_in(referrer, number, harbor, at)
                self.houses[house.key] = house
        self.progress("Referring offices", len(REFERRERS), len(REFERRERS))

    def _everyday(self) -> Iterator[Plan]:
        """Draw every referral of the two years, office by office."""
        first, last = workdays.local_day(self.begin), workdays.local_day(self.now)
        for sender, receiver, rate, course in self._relations:
            rng = Random(f"{self.rng.random()} {sender.key}")
            for day in volumes.arrivals(rng, rate * self.scale, course, first, last):
                sent_at = workdays.moment(day, rng.choice((8.4, 9.2, 10.1, 11.3, 13.4, 14.2, 15.1, 16.2)))
                sent_at += timedelta(minutes=rng.randrange(0, 38))
                if sent_at < self.now:
                    yield self._plan(rng, sender, receiver, sent_at)

    @cached_property
    def _relations(self) -> list[tuple[House, House, float, str]]:
        found = [(self.houses[s.key], self.houses[r.key], rate, course) for s, r, rate, course in AMONG_MEMBERS]
        harbor = self.houses["harbor"]
        for number, referrer in enumerate(REFERRERS, start=1):
            found.append((self.houses[f"referrer {number}"], harbor, referrer.rate, referrer.course))
        return found

    def _plan(self, rng: Random, sender: House, receiver: House, sent_at: datetime) -> Plan:
        complaint = cases.complaint(rng, receiver.specialty or "general")
        patient = self.population.draw(complaint.type.ages, workdays.local_day(sent_at))
        has_film = sent_at > self.now - FILMS_SINCE and sender.is_member and rng.random() < FILMS_SENT
        plan = Plan(
            key=f"{sender.key} {receiver.key} {sent_at.isoformat()} {patient.phone}", sender=sender, receiver=receiver,
            patient=patient, request=complaint.request, doctor=rng.choice(sender.doctors),
            provider=rng.choice(receiver.doctors), film=complaint.type.film if has_film else "",
        )  # fmt: skip
        plan.send(sent_at)
        Course(plan, complaint, self.diary, rng).run()
        return plan

    def _record_history(self, plans: list[Plan]) -> None:
        history.record(
            plans, until=self.since, rng=self.rng,
            progress=lambda done: self.progress("Two years of history", done, len(plans)),
        )  # fmt: skip

    def _live(self, plans: list[Plan]) -> None:
        live(
            plans, since=self.since, until=self.now, work=import_string(settings.WORK_EVERYTHING_DUE),
            progress=lambda done, of: self.progress(f"The last {LIVED_DAYS} days", done, of),
        )  # fmt: skip
