"""Invented patients: households, ages that fit the treatment, ways to reach them, health in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from bridgework.lib.names import name_key
from bridgework.ops.demo import names
from bridgework.patients.particulars import Particulars, Reach, Speaker
from bridgework.referrals.snapshot import PatientIdentity, SnapshotGuardian

# Area codes of the north-west that no demo office uses; 555-0100 to 555-0199 belong to nobody.
AREAS = ("541", "458", "360", "564", "530", "208", "986", "509", "775", "707")
SPEAKS_SPANISH = 0.11
YOUNGER_SIBLING = timedelta(days=700)


@dataclass(frozen=True, kw_only=True)
class Patient:
    """A person who is referred. Phone is E.164; `history` pairs a kind of history with its words."""

    given: str
    family: str
    born: date
    sex: str = "unknown"
    phone: str = ""
    email: str = ""
    language: str = "en"
    anxiety: str = "unknown"
    may_text: bool = True
    town: str = "Portland"
    street: str = "1 Alder St"
    guardian: Speaker | None = None
    history: tuple[tuple[str, str], ...] = ()

    @property
    def identity(self) -> PatientIdentity:
        """Return the person as a referral names them."""
        return PatientIdentity(
            given=self.given, family=self.family, birth_date=self.born, sex=self.sex, phone=self.phone, email=self.email
        )

    @property
    def particulars(self) -> Particulars:
        """Return the person as a chart describes them."""
        return Particulars(
            given=self.given, family=self.family, birth_date=self.born, sex=self.sex, language=self.language,
            preferred_channel="text" if self.may_text else "call", may_text=self.may_text, anxiety=self.anxiety,
            address=self.address,
        )  # fmt: skip

    @property
    def address(self) -> str:
        """Return where the person lives."""
        return f"{self.street}, {self.town}, OR {names.TOWNS.get(self.town, '')}".strip()

    @property
    def contacts(self) -> tuple[Reach, ...]:
        """Return the ways to reach the person."""
        phone = (Reach(kind="phone", value=self.phone, label="mobile", is_preferred=True),) if self.phone else ()
        return phone + ((Reach(kind="email", value=self.email),) if self.email else ())

    @property
    def speaker(self) -> SnapshotGuardian | None:
        """Return who speaks for the person, as a referral says it."""
        if self.guardian is None:
            return None
        given = self.guardian
        return SnapshotGuardian(name=given.name, relation=given.relation, phone=given.phone, email=given.email)

    def said(self, kind: str) -> tuple[str, ...]:
        """Return the history of one kind."""
        return tuple(text for one, text in self.history if one == kind)


class Population:
    """Draws people, each new, now and then the brother or sister of somebody drawn before."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._phones = _phones()
        self._children: list[Patient] = []

    def phone(self) -> str:
        """Give the next telephone number."""
        return next(self._phones)

    def draw(self, ages: tuple[int, int], on: date) -> Patient:
        """Draw somebody whose age on a day lies between the two."""
        rng = self._rng
        if ages[1] < 18 and self._children and rng.random() < 0.3:
            return self._sibling(on)
        age = rng.randint(*ages) if rng.random() < 0.5 else rng.randint(*sorted((rng.randint(*ages), ages[1])))
        born = on - timedelta(days=round(age * 365.25) + rng.randrange(1, 365))
        person = self._adult(born) if age >= 18 else self._child(born)
        return replace(person, history=self._history(age))

    def _adult(self, born: date) -> Patient:
        rng = self._rng
        is_spanish, is_female = rng.random() < SPEAKS_SPANISH, rng.random() < 0.53
        given, family = self._name(is_spanish=is_spanish, is_female=is_female)
        email = f"{name_key(given)}.{name_key(family)}{rng.randrange(10, 99)}@mail.example".replace(" ", "")
        return Patient(
            given=given,
            family=family,
            born=born,
            sex="female" if is_female else "male",
            phone=self.phone(),
            email=email if rng.random() < 0.8 else "",
            language="es" if is_spanish and rng.random() < 0.8 else "en",
            anxiety=rng.choices(("none", "some", "high", "unknown"), (34, 24, 12, 30))[0],
            may_text=rng.random() < 0.85,
            town=rng.choice(list(names.TOWNS)),
            street=f"{rng.randrange(10, 9900)} {rng.choice(names.STREETS)} {rng.choice(('St', 'Ave', 'Ct', 'Ln'))}",
        )

    def _child(self, born: date) -> Patient:
        parent = self._adult(born - timedelta(days=self._rng.randint(8000, 14000)))
        relation = "mother" if parent.sex == "female" else "father"
        speaker = Speaker(
            name=f"{parent.given} {parent.family}", relation=relation, phone=parent.phone, email=parent.email
        )
        anxiety = self._rng.choice(("some", "high", "none"))
        child = self._born_to(replace(parent, guardian=speaker, anxiety=anxiety), born)
        self._children.append(child)
        return child

    def _sibling(self, on: date) -> Patient:
        known = self._children.pop(self._rng.randrange(len(self._children)))
        return self._born_to(known, min(known.born + YOUNGER_SIBLING, on - timedelta(days=365 * 8)))

    def _born_to(self, family: Patient, born: date) -> Patient:
        sex = self._rng.choice(("female", "male"))
        given = self._given(is_spanish=family.language == "es", is_female=sex == "female")
        return replace(family, given=given, sex=sex, born=born)

    def _given(self, *, is_spanish: bool, is_female: bool) -> str:
        if is_spanish:
            return self._rng.choice(names.SPANISH_FEMALE if is_female else names.SPANISH_MALE)
        return self._rng.choice(names.FEMALE if is_female else names.MALE)

    def _name(self, *, is_spanish: bool, is_female: bool) -> tuple[str, str]:
        given = self._given(is_spanish=is_spanish, is_female=is_female)
        return given, self._rng.choice(names.SPANISH_FAMILY if is_spanish else names.FAMILY)

    def _history(self, age: int) -> tuple[tuple[str, str], ...]:
        rng, found = self._rng, [("insurance", self._rng.choice(names.CARRIERS))]
        if rng.random() < 0.14:
            found.append(("allergy", rng.choice(names.ALLERGIES)))
        if age >= 40 and rng.random() < 0.55:
            found.append(("medication", rng.choice(names.MEDICATIONS)))
            found.append(("condition", rng.choice(names.CONDITIONS)))
        return tuple(found)


def _phones() -> Iterator[str]:
    number = 0
    while True:
        area = AREAS[number // 100 % len(AREAS)]
        yield f"+1{area}555{100 + number % 100:04d}"
        number += 1
