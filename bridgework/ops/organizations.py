"""Asks the directory before anybody acts: a viewer that belongs to no organization sees the members of the directory alone."""

from uuid import UUID

from bridgework.lib.data_folder import ConfigurationError
from bridgework.lib.ids import uuid7


def id_of(slug: str) -> UUID:
    """Return the organization of a slug; raise `ConfigurationError` when no member has it."""
    from bridgework.access import viewer
    from bridgework.network.models import Organization

    with viewer.acting(uuid7()):
        found = Organization.objects.filter(slug=slug, is_member=True).values_list("id", flat=True).first()
    if found is None:
        raise ConfigurationError(f"There is no organization {slug!r}.")
    return found


def members() -> list[UUID]:
    """List every organization that uses this installation, by id."""
    from bridgework.access import viewer
    from bridgework.network.models import Organization

    with viewer.acting(uuid7()):
        return list(Organization.objects.filter(is_member=True).order_by("id").values_list("id", flat=True))
