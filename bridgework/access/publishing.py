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

    `topic` is the row of the table, by default the fact's own type. `before` (the referral's projection) has run for
    every participant, under its viewer, when the first reaction starts: a reaction may publish in its turn.
    """
    answers = reactions().get(topic or type(fact), ())
    everyone = tuple(participants) or (viewer.current(),)
    if before is not None:
        _for_each(everyone, before)
    _for_each(everyone, lambda _: [answer(fact) for answer in answers])


def _for_each(everyone: tuple[UUID, ...], act: Callable[[UUID], object]) -> None:
    here = viewer.current()
    for organization_id in everyone:
        if organization_id == here:
            act(organization_id)
        else:
            with viewer.acting_for(organization_id):
                act(organization_id)
