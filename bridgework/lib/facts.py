"""A fact says that something happened. Rooms publish facts; config/reactions.py says who answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What every fact carries; each subclass adds ids and plain values only, so that it can be stored and replayed."""

    at: datetime
    referral_id: UUID | None = None
