"""Today, before the first referral: what comes next, one filled button, and what is done already."""

from __future__ import annotations

from django.urls import reverse

from bridgework.accounts import queries as accounts
from bridgework.network.models import OrganizationKind
from bridgework.web.components.shapes import Action
from bridgework.web.doors import Seat

NEW_REFERRAL = "New referral"


def context_of(seat: Seat) -> dict[str, object]:
    """Give the first steps of this kind of practice that the person may take, and what is done."""
    receives = seat.organization.kind == OrganizationKind.SPECIALIST
    steps = [*_receiving(seat), *_sending(seat)] if receives else [*_sending(seat), *_receiving(seat)]
    done = [f"{seat.organization.name} is set up."]
    if seat.may("manage_people"):
        if len(accounts.people()) > 1:
            done.append("Others are invited.")
        else:
            steps.append(Action("Invite a person", reverse("settings:invite"), icon="user-plus"))
    if seat.office is not None and seat.may("manage_offices"):
        steps.append(Action("Check address and hours", reverse("network:edit", args=[seat.office.id]), icon="clock"))
    sentence = "Your first referral is a few minutes away. These are the steps; each takes one."
    if receives:
        sentence = "Referrals from offices in the directory appear here by themselves. These steps make you ready."
    return {"sentence": sentence, "steps": tuple(steps), "done": tuple(done)}


def _sending(seat: Seat) -> list[Action]:
    return [Action(NEW_REFERRAL, reverse("referrals:new"), icon="plus")] if seat.may("send_referrals") else []


def _receiving(seat: Seat) -> list[Action]:
    may_add, may_sort = seat.may("unlisted_offices"), seat.may("sort_inbox")
    add = Action("Add an office you work with", reverse("network:unlisted"), icon="building")
    take_in = Action("Take in a referral that came as a file", reverse("inbox:list"), icon="inbox")
    return [*([add] if may_add else []), *([take_in] if may_sort else [])]
