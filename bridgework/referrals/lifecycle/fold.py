"""The fold: from the set of entries to what is true now.

In three steps: settle (drop duplicates, apply corrections), sort by (happened_at, rank of kind, id), fold.
"""

from collections.abc import Iterable
from datetime import datetime

from bridgework.referrals.envelope import Entry
from bridgework.referrals.lifecycle.ball import duty
from bridgework.referrals.lifecycle.course import Course
from bridgework.referrals.lifecycle.moves import MOVES, RANK, Move
from bridgework.referrals.lifecycle.settling import settle
from bridgework.referrals.lifecycle.standing import Ball, Standing

_WHILE = {
    "draft": "before the referral was sent",
    "sent": "before the referral was answered",
    "received": "before the referral was answered",
    "information_asked": "while information was being asked for",
    "accepted": "while the referral was going on",
    "declined": "while the referral was declined",
    "cancellation_requested": "while a request to cancel was open",
    "closed": "while the referral was closed",
}


def fold(entries: Iterable[Entry]) -> Standing:
    """Work out the Standing from every entry of one referral, in any order.

    Private entries (with an audience) are left out, so the result is the same for every party. Nothing that happened
    is refused: what does not fit is folded as far as it makes sense and listed in `contradictions`.
    """
    facts, found = settle(entries)
    course = Course()
    for entry in sorted(facts, key=_place):
        _step(course, entry)
    return course.standing((*found, *course.found))


def _place(entry: Entry) -> tuple[datetime, int, int]:
    return entry.happened_at, RANK[type(entry.body)], entry.id.int


def _step(course: Course, entry: Entry) -> None:
    move = MOVES[type(entry.body)]
    _notice_users(course, entry)
    if not _is_party(course, entry, move):
        return
    status = "completed" if course.status == "closed" and course.outcome == "completed" else course.status
    if status not in move.fits and course.status not in move.fits:
        course.contradict(entry, f"{move.noun} was recorded {_WHILE[course.status]}.")
    if not (move.moves_status and course.status == "closed"):
        move.change(course, entry, entry.body)
    course.changed_at = entry.happened_at
    holder, owes = duty(course)
    if (holder, owes) != (course.ball.holder, course.ball.owes):
        course.ball = Ball(holder=holder, since=entry.happened_at, owes=owes)


def _notice_users(course: Course, entry: Entry) -> None:
    """An office whose own person writes works in Bridgework from here on."""
    if entry.actor.kind == "person" and entry.organization_id is not None:
        if entry.organization_id == course.receiver:
            course.is_receiver_unlisted = False
        if entry.organization_id == course.sender:
            course.is_sender_unlisted = False


def _is_party(course: Course, entry: Entry, move: Move) -> bool:
    """Whether the entry comes from a side that can know it; what a stranger says is listed and changes nothing."""
    speaker = entry.organization_id
    if speaker is None or course.receiver is None or course.sender is None or move.is_anyones:
        return True
    if speaker not in (course.sender, course.receiver):
        course.contradict(entry, f"{move.noun} came from an office that does not have this referral.")
        return False
    spoken_for = {"sender": course.is_sender_unlisted, "receiver": course.is_receiver_unlisted}
    own = {"sender": course.sender, "receiver": course.receiver}
    if move.said_by and speaker != own[move.said_by] and not spoken_for[move.said_by]:
        office = "receiving" if move.said_by == "receiver" else "referring"
        course.contradict(entry, f"{move.noun} did not come from the {office} office.")
        return False
    return True
