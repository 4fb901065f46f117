"""Facts go up: publishing one runs its reactions for every organization that takes part, each as its own viewer.

`config/reactions.py` is the one visible table. Reactions run in the publisher's transaction, only write rows, and
never swallow errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import cast
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from bridgework.access import viewer
from bridgework.lib.facts import Fact


@cache
def reactions() -> Mapping[type[object], tuple[Callable[..., None], ...]]:
    """Return the table of config/reactions.py."""
    return cast(Mapping[type[object], tuple[Callable[..., None], ...]], import_string(settings.REACTIONS))


def publish(
    fact: Fact,
    *,
    topic: type[object] | None = None,
    participants: Iterable[UUID] = (),
    before: Callable[[UUID], None] | None = None,
) -> None:
    """Answer `fact` for each participant (the present viewer when none is named), in their order.

    `topic` is the row of the table, by default the fact's own type. `before` runs first for each participant, under
    its viewer: the referral's projection.
    """
    answers = reactions().get(topic or type(fact), ())
    here = viewer.current()
    for organization_id in tuple(participants) or (here,):
        if organization_id == here:
            _answer(fact, answers, before)
        else:
            with viewer.acting_for(organization_id):
                _answer(fact, answers, before)


def _answer(fact: Fact, answers: tuple[Callable[..., None], ...], before: Callable[[UUID], None] | None) -> None:
    if before is not None:
        before(viewer.current())
    for answer in answers:
        answer(fact)
