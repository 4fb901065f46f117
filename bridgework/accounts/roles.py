"""What each role may do: one table, read by the doors of the web and by the pages that show or hide a button."""

from __future__ import annotations

from collections.abc import Mapping

from bridgework.accounts.models import Role

_STAFF = frozenset({Role.FRONT_DESK, Role.COORDINATOR, Role.CLINICIAN, Role.ADMINISTRATOR})
_DESK = frozenset({Role.FRONT_DESK, Role.COORDINATOR, Role.ADMINISTRATOR})

# act -> who may do it. "Everyone", the role of practices of one to three people, may do all of it.
MAY: Mapping[str, frozenset[Role]] = {
    "look": _STAFF,  # the lists and pages of the organization
    "change_patients": _STAFF,
    "send_referrals": _STAFF,
    "work_referrals": _STAFF,  # accept, contact, book, attended, close
    "record_clinical": frozenset({Role.COORDINATOR, Role.CLINICIAN}),  # consult note, treatment, report
    "sign_off": frozenset({Role.CLINICIAN}),  # red flags, wrong-tooth confirmation
    "sort_inbox": _DESK,
    "unlisted_offices": _STAFF,  # type in an office that is not in the directory
    "manage_offices": frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),  # own addresses, hours, providers
    "manage_people": frozenset({Role.ADMINISTRATOR}),
    "see_audit": frozenset({Role.ADMINISTRATOR}),
}

# The same acts as people say them, for the page of a person: "May …".
WORDS: Mapping[str, str] = {
    "look": "see all that is here",
    "change_patients": "keep charts",
    "send_referrals": "send referrals",
    "work_referrals": "work referrals",
    "record_clinical": "write consult notes and reports",
    "sign_off": "sign off red flags",
    "sort_inbox": "sort the Inbox",
    "unlisted_offices": "add offices without an account",
    "manage_offices": "change the own offices",
    "manage_people": "manage people and roles",
    "see_audit": "see who did what",
}


def may(role: str, act: str) -> bool:
    """Tell whether somebody in `role` may do `act`. Raises KeyError for an act that the table does not name."""
    return role in MAY[act] or role == Role.EVERYONE


def manages_people(role: str) -> bool:
    """Tell whether somebody in `role` can give and take roles; an organization keeps at least one such person."""
    return may(role, "manage_people")
