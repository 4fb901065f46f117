"""Writes the demo network by the real actions: practices with people who sign in, and offices that Harbor typed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from bridgework.access import viewer
from bridgework.accounts import actions as accounts
from bridgework.accounts.models import Role, User
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7_from
from bridgework.network import actions as network
from bridgework.network import listing
from bridgework.network.models import Office
from bridgework.ops.demo import offices, workdays
from bridgework.ops.demo.names import TOWNS
from bridgework.ops.demo.offices import HARBOR, PRACTICES, Practice, Referrer
from bridgework.referrals.snapshot import Referrer as Letterhead

PASSWORD = "bridgework-demo"  # noqa: S105 (printed at every start, for invented people)
SETTING_UP = Actor(kind="job", id="demo", name="Bridgework")
WORKS_SINCE = date(2015, 1, 5)


@dataclass(frozen=True, kw_only=True)
class House:
    """An office of the network with those who act for it; `people` has an actor for each role that it has."""

    key: str
    id: UUID
    office_id: UUID
    name: str
    doctors: tuple[str, ...]
    letterhead: Letterhead
    specialty: str = ""
    channel: str = "portal"
    people: Mapping[str, Actor] = field(default_factory=dict)
    clinicians: tuple[Actor, ...] = ()

    @property
    def is_member(self) -> bool:
        """Tell whether people of this office sign in."""
        return bool(self.people)

    def actor(self, role: str) -> Actor:
        """Return who acts in a role: in a small practice it is the coordinator who does most."""
        return self.people.get(role) or self.people[Role.COORDINATOR]

    def clinician(self, doctor: str) -> Actor:
        """Return the account of a doctor ("Dr. Amara Okafor"), else of the first who treats here."""
        found = (actor for actor in self.clinicians if actor.name == doctor)
        return next(found, self.clinicians[0] if self.clinicians else self.actor(Role.CLINICIAN))


@dataclass(frozen=True, kw_only=True)
class Login:
    """Somebody who can sign in to the demo."""

    office: str
    person: str
    role: str
    email: str
    password: str


def register(practice: Practice, at: datetime) -> House:
    """Register a practice with its office, doctors and people, as an installation that begins does."""
    house_id = uuid7_from(f"practice {practice.key}", at)
    with viewer.acting(house_id):
        network.register_organization(
            practice=listing.Practice(name=practice.name, kind=practice.kind, specialty=practice.specialty),
            by=SETTING_UP,
            at=at,
        )
        office = network.add_office(organization_id=house_id, place=_place(practice), by=SETTING_UP, at=at)
        for doctor in practice.doctors:
            _add_doctor(doctor, office, at)
        actors = {staff.name: _sign_up(staff, office, at) for staff in practice.staff}
    by_role = {staff.role: actors[staff.name] for staff in reversed(practice.staff)}
    return House(
        key=practice.key, id=house_id, office_id=office.id, name=practice.name, specialty=practice.specialty,
        doctors=tuple(f"Dr. {name}" for name in practice.doctors), people=by_role,
        letterhead=_letterhead(office, practice.doctors[0]),
        clinicians=tuple(actors[staff.name] for staff in practice.staff if staff.name.startswith("Dr. ")),
    )  # fmt: skip


def type_in(referrer: Referrer, number: int, harbor: House, at: datetime) -> House:
    """Let Harbor type in an office that refers to it; the viewer is Harbor."""
    by = harbor.actor(Role.FRONT_DESK)
    office = network.add_unlisted_office(
        practice=listing.Practice(name=referrer.name), place=_typed_place(referrer, number), by=by, at=at
    )
    _add_doctor(referrer.doctor, office, at)
    return House(
        key=f"referrer {number}", id=office.organization_id, office_id=office.id, name=referrer.name,
        doctors=(f"Dr. {referrer.doctor}",), letterhead=_letterhead(office, referrer.doctor), channel=referrer.reached_by,
    )  # fmt: skip


def share_password(at_first: str) -> None:
    """Give every account of the demo the password of the first one: hashing each anew takes half a second."""
    hashed = User.objects.get(email=at_first).password
    User.objects.exclude(email=at_first).update(password=hashed)


def logins() -> tuple[Login, ...]:
    """List who can sign in, the two offices to look at first in front."""
    labels = dict(Role.choices)
    return tuple(
        Login(
            office=practice.name, person=staff.name, role=labels[Role(staff.role)], email=staff.email, password=PASSWORD
        )
        for practice in PRACTICES
        for staff in practice.staff
    )


def _sign_up(staff: offices.Staff, office: Office, at: datetime) -> Actor:
    password = PASSWORD if staff.email == HARBOR.staff[0].email else None
    user = accounts.make_user(email=staff.email, name=staff.name, password=password)
    accounts.grant_membership(user_id=user.id, role=staff.role, office_id=office.id, by=SETTING_UP, at=at)
    return Actor(kind="person", id=str(user.id), name=user.name)


def _add_doctor(name: str, office: Office, at: datetime) -> None:
    given, _, family = name.partition(" ")
    person = listing.Person(given=given, family=family, credentials="DDS")
    provider = network.add_provider(person=person, by=SETTING_UP, at=at)
    network.affiliate(provider_id=provider.id, office_id=office.id, works_from=WORKS_SINCE, by=SETTING_UP, at=at)


def _place(practice: Practice) -> listing.Place:
    return listing.Place(
        name=practice.name, street=practice.street, city=practice.town, state="OR", postal_code=TOWNS[practice.town],
        phone=f"50355501{practice.phone:02d}", fax=f"50355501{practice.phone + 1:02d}",
        email=f"office@{practice.staff[0].email.partition('@')[2]}", zone=workdays.ZONE_NAME,
        weekly_hours=workdays.WEEKLY, reached_by="portal",
    )  # fmt: skip


def _typed_place(referrer: Referrer, number: int) -> listing.Place:
    """Give each a telephone and fax at 971 555-01xx and an address that leads nowhere."""
    domain = "".join(word[0] for word in referrer.name.replace(".", "").split()).lower()
    return listing.Place(
        name=referrer.name, street=f"{100 + 7 * number} Main Street", city=referrer.town, state="OR",
        postal_code=TOWNS[referrer.town], phone=f"97155501{number:02d}", fax=f"97155501{number + 50:02d}",
        email=f"frontdesk@{domain}{number}.example" if referrer.reached_by == "email" else "",
        zone=workdays.ZONE_NAME, weekly_hours=workdays.WEEKLY, reached_by=referrer.reached_by,
    )  # fmt: skip


def _letterhead(office: Office, doctor: str) -> Letterhead:
    return Letterhead(
        office=office.name, provider=f"Dr. {doctor}", phone=office.phone, fax=office.fax, email=office.email
    )
