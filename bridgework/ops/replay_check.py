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
    """Compare one organization's cases. One that was redirected away knows only the beginning, so it is left out."""
    from bridgework.access import viewer
    from bridgework.referrals import projection, story
    from bridgework.referrals.models import Case

    found = []
    with viewer.acting(organization_id):
        newest = (
            Case.objects.filter(organization_id=organization_id).exclude(side="former").order_by("-changed_at", "id")
        )
        for case in newest[:EACH]:
            known = story.load(case.referral_id)
            columns = projection.columns_of(known, known.standing, organization_id)
            found.append((case.number, all(getattr(case, name) == value for name, value in columns.items())))
    return found
