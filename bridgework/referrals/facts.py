"""What referrals tell the rooms above: an entry was recorded.

Published under the entry's kind as its topic, once for every party: `REACTIONS[timeline.Booked] = (…)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bridgework.lib.facts import Fact
from bridgework.referrals.lifecycle import Standing, side_of
from bridgework.referrals.models import Referral
from bridgework.referrals.timeline import Entry

# What is told later than this is history: it is kept, but nobody is written to about it.
NEWS_FOR = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Recorded(Fact):
    """An entry joined the timeline. `names` holds the names of the offices that take part, by organization."""

    entry: Entry
    referral: Referral
    before: Standing
    after: Standing
    names: Mapping[UUID, str]

    @property
    def is_live(self) -> bool:
        """Tell whether this is news: back-dated and imported entries never send messages or raise alerts."""
        late = self.entry.recorded_at - self.entry.happened_at
        return self.entry.actor.kind != "import" and late < NEWS_FOR

    def side(self, organization_id: UUID) -> str | None:
        """Return the side on which an organization stands now: sender, receiver, former, or None for a stranger."""
        return side_of(self.after, organization_id)


@dataclass(frozen=True, kw_only=True)
class HistoryRecorded(Fact):
    """Referrals of the past joined with their whole timelines. Nobody is written to about them; totals may follow."""

    referral_ids: tuple[UUID, ...]
