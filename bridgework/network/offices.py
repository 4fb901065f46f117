"""One office by its key, as other rooms need it: its hours, its zone, the one to write to."""

from __future__ import annotations

from uuid import UUID

from bridgework.access import viewer
from bridgework.lib.office_hours import OfficeHours
from bridgework.network.calendar import office_hours
from bridgework.network.models import Office

# For a receiving office that the viewer cannot see (typed in by somebody else) and who has none of their own.
UNKNOWN = Office(zone="America/New_York", weekly_hours={str(day): [["09:00", "17:00"]] for day in range(5)})


def hours_of(office_id: UUID | None) -> OfficeHours:
    """Return the working hours of an office; those of the viewer's own first office when it cannot be seen.

    An office whose hours nobody has typed in is taken to keep those of most, in its own zone.
    """
    office = _office(office_id)
    return office_hours(office if office.weekly_hours else Office(zone=office.zone, weekly_hours=UNKNOWN.weekly_hours))


def zone_of(office_id: UUID | None) -> str:
    """Return the IANA time zone of an office, by the same rule."""
    return _office(office_id).zone


def to_write_to(organization_id: UUID, preferred_id: UUID | None = None) -> Office | None:
    """Return the office of an organization to write to: the preferred one, else its first open one."""
    offices = list(Office.objects.filter(organization_id=organization_id, is_open=True).order_by("id"))
    preferred = (office for office in offices if office.id == preferred_id)
    return next(preferred, offices[0] if offices else None)


def _office(office_id: UUID | None) -> Office:
    return viewer.remembered(("office", office_id), lambda: _find(office_id))


def _find(office_id: UUID | None) -> Office:
    named = Office.objects.filter(id=office_id).first() if office_id else None
    return named or to_write_to(viewer.current()) or UNKNOWN
