"""Does the audit still fit its seals, and how far is the sealing behind?"""

from dataclasses import dataclass
from uuid import UUID

from bridgework.ops import organizations


@dataclass(frozen=True)
class Sealing:
    """All organizations together. `broken` says whose seal, and which."""

    seals: int
    waiting: int
    broken: tuple[str, ...]


def look() -> Sealing:
    """Verify every chain from its first seal on, and count the events that no seal covers yet."""
    found = [_of(organization_id) for organization_id in organizations.members()]
    return Sealing(
        seals=sum(one.seals for one in found),
        waiting=sum(one.waiting for one in found),
        broken=tuple(broken for one in found for broken in one.broken),
    )


def _of(organization_id: UUID) -> Sealing:
    from bridgework.access import viewer
    from bridgework.audit import actions
    from bridgework.audit.models import Event, Seal

    with viewer.acting(organization_id):
        seals = Seal.objects.filter(organization_id=organization_id)
        last = seals.order_by("-number").first()
        until = last.until_transaction if last else 0
        return Sealing(
            seals=seals.count(),
            waiting=Event.objects.filter(organization_id=organization_id, transaction__gte=until).count(),
            broken=tuple(f"{number} of {organization_id}" for number in actions.broken_seals()),
        )
