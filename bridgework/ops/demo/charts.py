"""The patient charts that the demo's offices have: of everybody whom they referred or took on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from bridgework.access import viewer
from bridgework.lib.ids import uuid7_from
from bridgework.ops.demo.course import Plan
from bridgework.ops.demo.directory import SETTING_UP, House
from bridgework.patients.many_charts import NewChart, open_charts

BEFORE = timedelta(minutes=12)  # the chart is there before the referral


def owners(plan: Plan, *, with_receiver: bool) -> list[House]:
    """Return who has a chart of the patient from the start; a receiving office on Bridgework opens its own later."""
    houses = [plan.sender] if plan.sender.is_member else []
    return houses + ([plan.receiver] if with_receiver or plan.is_typed_in else [])


def key_of(plan: Plan, house: House) -> UUID:
    """Return the key of an office's chart of the patient."""
    return uuid7_from(f"chart {plan.key} {house.key}", plan.sent_at)


def of(plan: Plan, *, with_receiver: bool) -> Mapping[UUID, UUID]:
    """Return the charts by organization."""
    return {house.id: key_of(plan, house) for house in owners(plan, with_receiver=with_receiver)}


def open_all(plans: Iterable[Plan], *, since: datetime, at: datetime) -> None:
    """Open the charts of every office. The receiving office of what was sent before `since` has one as well."""
    charts: dict[UUID, list[NewChart]] = defaultdict(list)
    for plan in plans:
        for house in owners(plan, with_receiver=plan.sent_at < since):
            charts[house.id].append(_chart(plan, house))
    for organization_id, made in charts.items():
        with viewer.acting(organization_id):
            open_charts(made, by=SETTING_UP, at=at)


def _chart(plan: Plan, house: House) -> NewChart:
    who = plan.patient
    return NewChart(
        id=key_of(plan, house), particulars=who.particulars, contacts=who.contacts, guardian=who.guardian,
        history=who.history, made_at=plan.sent_at - BEFORE,
    )  # fmt: skip
