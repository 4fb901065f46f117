"""A draft as it stands: what was typed, understood; what the guard and the checks say; the order that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from bridgework.dentistry import completeness, specialties, urgency, wrong_tooth
from bridgework.dentistry.completeness import Check, PacketSummary
from bridgework.dentistry.teeth import parse_typed
from bridgework.dentistry.urgency import RedFlag
from bridgework.dentistry.wrong_tooth import Guard
from bridgework.network.models import Office, ReachedBy
from bridgework.patients.queries import Chart
from bridgework.referrals.actions import Order, PacketFile, Receiver
from bridgework.referrals.models import Draft, DraftItem
from bridgework.referrals.snapshot import PatientIdentity, Referrer, Snapshot, SnapshotGuardian
from bridgework.referrals.timeline import Request
from bridgework.web.doors import Seat
from bridgework.web.referrals import wording
from bridgework.web.referrals.draft_forms import REASON_LENGTH, QuestionsForm

Answers = Mapping[str, str | list[str]]
_FILM_WORDS = {"pano": "panoramic", "opg": "panoramic", "periapical": "periapical", "bitewing": "bitewing",
               "cbct": "cbct", "ceph": "cephalometric", "photo": "photo"}  # fmt: skip
_MODALITIES = {"IO": "periapical", "PX": "panoramic", "CT": "cbct", "XC": "photo"}


@dataclass(frozen=True)
class Writing:
    """A draft with everything that it refers to. `chart` and `office` are empty while nobody was chosen."""

    draft: Draft
    items: tuple[DraftItem, ...]
    chart: Chart | None
    office: Office | None
    seat: Seat

    def one(self, name: str) -> str:
        """Return a single answer."""
        value = self.draft.answers.get(name, "")
        return value if isinstance(value, str) else next(iter(value), "")

    def many(self, name: str) -> tuple[str, ...]:
        """Return the answers of a multiple choice."""
        value = self.draft.answers.get(name, [])
        return (value,) if isinstance(value, str) and value else tuple(value)

    @property
    def specialty(self) -> str:
        key = self.one("specialty")
        return key if key in specialties.SPECIALTIES else ""

    @property
    def procedure(self) -> str:
        known = {one.key for one in specialties.SPECIALTIES[self.specialty].procedures} if self.specialty else set()
        return self.one("procedure") if self.one("procedure") in known else ""

    @property
    def urgency(self) -> str:
        chosen = self.one("urgency")
        if chosen in urgency.URGENCIES:
            return chosen
        return specialties.default_urgency(self.specialty, self.procedure) if self.specialty else "routine"

    @cached_property
    def teeth(self) -> tuple[str, ...]:
        """Return the picked teeth, of the chart and of the typed numbers together."""
        typed, _ = parse_typed(self.one("teeth_typed"))
        charted, _ = parse_typed(",".join(self.many("teeth")))
        return tuple(dict.fromkeys((*charted, *typed)))

    @property
    def unreadable_teeth(self) -> tuple[str, ...]:
        return parse_typed(self.one("teeth_typed"))[1]

    @property
    def shown(self) -> str:
        """Name the questions that are shown, so that the page can say which ones it has."""
        return f"{self.specialty}/{self.procedure}"

    @cached_property
    def questions(self) -> QuestionsForm | None:
        """Return the questions of the specialty and procedure, when one is chosen."""
        asked = specialties.questions_for(self.specialty, self.procedure) if self.specialty else ()
        return QuestionsForm(self.draft.answers, asked) if asked else None

    @property
    def replies(self) -> dict[str, str]:
        return self.questions.answers() if self.questions else {}

    @property
    def today(self) -> date:
        return self.seat.at.astimezone(self.seat.zone).date()

    @property
    def age(self) -> int | None:
        return wording.age_on(self.chart.patient.birth_date, self.today) if self.chart else None

    @cached_property
    def guard(self) -> Guard | None:
        """Compare the teeth with words, films and age, once there is something to compare."""
        if not self.teeth and not specialties.asks_teeth(self.specialty or "general", self.procedure):
            return None
        if not self.teeth and not self.one("reason"):
            return None
        return wrong_tooth.check(self.teeth, self.one("reason"), self.age, [item.title for item in self.items])

    @cached_property
    def suspected(self) -> tuple[RedFlag, ...]:
        """Return the signs of danger in words and answers; a person decides."""
        return urgency.red_flags_in(self.one("reason"), self.replies)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Return the list of "Ready to send"."""
        chart = self.chart
        packet = PacketSummary(
            today=self.today,
            has_patient=chart is not None,
            has_receiver=self.office is not None,
            urgency=self.urgency,
            reason=self.one("reason"),
            teeth=self.teeth,
            guard=self.guard if self.teeth else None,
            answers=self.replies,
            films=tuple(_film(item) for item in self.items if item.kind == "film"),
            has_medications=bool(chart and chart.medications),
            has_allergies=bool(chart and chart.allergies),
            history_date=max((item.noted_on for item in chart.history), default=None) if chart else None,
            has_insurance=bool(chart and chart.insurance),
            has_phone=bool(chart and chart.phone),
            text_consent_date=chart.patient.made_at.date() if chart and chart.patient.may_text else None,
        )
        return completeness.check(self.specialty or "general", self.procedure, packet)

    @cached_property
    def objections(self) -> tuple[str, ...]:
        """Return a sentence for each thing that was typed and cannot go out as it is."""
        found = self.questions.objections() if self.questions else []
        if len(self.one("reason")) > REASON_LENGTH:
            found.append(f"Shorten the reason to {REASON_LENGTH:,} letters, or add it as a document.")
        return tuple(found)

    @property
    def can_send(self) -> bool:
        fits = not self.unreadable_teeth and not self.objections
        return bool(self.specialty) and completeness.may_send(self.checks) and fits

    def order(self) -> Order:
        """Return the referral, ready to go. Call it only when `can_send`."""
        assert self.chart is not None
        assert self.office is not None
        seat, office = self.seat, self.office
        return Order(
            sender_id=seat.organization_id,
            sender_name=seat.organization.name,
            receiver=Receiver(
                organization_id=office.organization_id,
                name=office.organization.name,
                office_id=office.id,
                channel=channel_of(office),
            ),
            patient=_identity(self.chart),
            snapshot=_snapshot(self.chart, seat, self.today),
            request=self._request(),
            packet=tuple(_packet_file(item) for item in self.items),
            patient_id=self.chart.patient.id,
            draft_id=self.draft.id,
            opening_id=uuid_of(self.one(f"opening-{office.id}")),
        )

    def _request(self) -> Request:
        flags = tuple(flag for flag in self.many("red_flags") if flag in urgency.RED_FLAGS)
        return Request(
            specialty=self.specialty,
            procedure=self.procedure,
            urgency=self.urgency,
            red_flags=flags,
            reason=self.one("reason").strip(),
            teeth=self.teeth,
            answers=self.replies,
        )


def uuid_of(text: str) -> UUID | None:
    """Read a key that a form posted; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def channel_of(office: Office) -> str:
    """Return how a referral reaches an office: in Bridgework, or by the way that it prefers."""
    if office.organization.is_member:
        return "portal"
    return office.reached_by if office.reached_by != ReachedBy.PORTAL else ReachedBy.PHONE


def _identity(chart: Chart) -> PatientIdentity:
    who = chart.patient
    return PatientIdentity(
        given=who.given,
        family=who.family,
        birth_date=who.birth_date,
        sex=who.sex,
        phone=chart.phone,
        email=chart.email,
    )


def _snapshot(chart: Chart, seat: Seat, today: date) -> Snapshot:
    who, guardian, office = chart.patient, chart.guardian, seat.office
    return Snapshot(
        language=who.language,
        preferred_channel=who.preferred_channel,
        may_text=who.may_text,
        anxiety=who.anxiety,
        address=who.address,
        guardian=SnapshotGuardian(
            name=guardian.name, relation=guardian.relation, phone=guardian.phone, email=guardian.email
        )
        if guardian
        else None,
        allergies=chart.allergies,
        medications=chart.medications,
        conditions=chart.conditions,
        insurance=chart.insurance,
        history_as_of=max((item.noted_on for item in chart.history), default=today),
        referrer=Referrer(
            office=office.name if office else seat.organization.name,
            provider=seat.user.name if seat.role == "clinician" else "",
            phone=office.phone if office else "",
            fax=office.fax if office else "",
            email=office.email if office else "",
        ),
    )


def _packet_file(item: DraftItem) -> PacketFile:
    return PacketFile(
        file_id=item.file_id, kind=item.kind, title=item.title, teeth=tuple(item.teeth), taken_on=item.file.taken_on
    )


def _film(item: DraftItem) -> completeness.Film:
    """Read from the DICOM modality, else from the file's name, what sort of film it is and which teeth it names."""
    title = item.title.casefold()
    kind = _MODALITIES.get(str(item.file.details.get("modality", "")), "")
    kind = kind or next((kind for word, kind in _FILM_WORDS.items() if word in title), "other")
    return completeness.Film(kind=kind, taken_on=item.file.taken_on, teeth=tuple(item.teeth))
