"""Are the lists true? Compares a sample of cases with a fresh fold of their timelines."""

from uuid import UUID

from bridgework.ops import organizations

EACH = 10  # of every organization, the ones that changed last


def compare() -> tuple[int, list[str]]:
    """Return how many cases were compared, and the numbers of the referrals that differ."""
    compared, different = 0, []
    for organization_id in organizations.members():
        found = _of(organization_id)
        compared += len(found)
        different += [number for number, is_same in found if not is_same]
    return compared, different


def _of(organization_id: UUID) -> list[tuple[str, bool]]:
    from bridgework.access import viewer
    from bridgework.referrals import replay
    from bridgework.referrals.models import Case

    with viewer.acting(organization_id):
        newest = Case.objects.filter(organization_id=organization_id).order_by("-changed_at", "id")[:EACH]
        return [(case.number, not replay.differences(case)) for case in newest]
