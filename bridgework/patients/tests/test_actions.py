from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from bridgework.access import viewer
from bridgework.audit.models import Event
from bridgework.lib.actor import Actor
from bridgework.lib.ids import uuid7
from bridgework.lib.plain_text import Unfit
from bridgework.patients import actions, queries
from bridgework.patients.models import Contact, Patient, PatientSearch
from bridgework.patients.particulars import NotABirthDate, NotAnEmail, NotAPhone, Particulars, Reach, Speaker
from tests.cast import NOON, Cast, Member

ELENA = Particulars(
    given="Elena", middle="Sofía", family="Márquez", preferred_name="Lena", birth_date=date(1968, 3, 4), sex="female",
    language="es",
)  # fmt: skip
MOBILE = Reach(kind="phone", value="(503) 555-0142", label="mobile", is_preferred=True)
MAIL = Reach(kind="email", value="Elena@example.org")


def make(member: Member, particulars: Particulars = ELENA, *contacts: Reach, **more: Any) -> Patient:
    return actions.make_patient(
        particulars=particulars, contacts=contacts or (MOBILE, MAIL), by=member.actor, at=NOON, **more
    )


def found(text: str, by: Actor) -> list[str]:
    return [row.name for row in queries.search(text, by=by, at=NOON)]


def test_chart_holds_what_was_entered(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        patient = make(cast.general, guardian=Speaker(name="Rosa Márquez", relation="mother", phone="5035550143"))
        actions.note_history(patient_id=patient.id, kind="allergy", text=" Latex ", by=cast.general.actor, at=NOON)
        chart = queries.chart(patient.id, by=cast.general.actor, at=NOON)
    assert (chart.patient.name_key, chart.patient.language) == ("marquez elena sofia", "es")
    assert (chart.phone, chart.email, chart.allergies) == ("+15035550142", "Elena@example.org", ("Latex",))
    assert chart.guardian is not None
    assert chart.guardian.phone == "+15035550143"


def test_reading_and_changing_a_chart_is_written_down(cast: Cast) -> None:
    by = cast.general.actor
    with viewer.acting(cast.general.id):
        patient = make(cast.general)
        queries.chart(patient.id, by=by, at=NOON)
        actions.change_patient(patient_id=patient.id, particulars=replace(ELENA, given="Helena"), by=by, at=NOON)
        acts = list(Event.objects.filter(patient_id=patient.id).order_by("id").values_list("act", "detail"))
    assert acts == [("patient.made", {}), ("patient.viewed", {}), ("patient.changed", {"fields": ["given"]})]


def test_form_sent_twice_opens_one_chart(cast: Cast) -> None:
    key = uuid7()
    with viewer.acting(cast.general.id):
        assert make(cast.general, patient_id=key) == make(cast.general, patient_id=key)
        assert Patient.objects.count() == 1
        assert Event.objects.filter(act="patient.made").count() == 1


def test_changed_name_phone_and_birth_date_are_found_and_the_old_ones_no_more(cast: Cast) -> None:
    by = cast.general.actor
    with viewer.acting(cast.general.id):
        patient = make(cast.general)
        changed = replace(ELENA, family="Ortega", birth_date=date(1968, 3, 14))
        actions.change_patient(patient_id=patient.id, particulars=changed, by=by, at=NOON)
        new_phone = Reach(kind="phone", value="+1 503 555 0777")
        actions.set_contacts(patient_id=patient.id, contacts=[new_phone], by=by, at=NOON)
        for text in ("ortega", "elena ort", "3/14/1968", "0777", "5035550777"):
            assert found(text, by) == ["Elena Ortega"], text
        for text in ("marquez", "3/4/1968", "0142"):
            assert found(text, by) == [], text


def test_search_keys_are_always_those_of_the_chart(cast: Cast) -> None:
    by = cast.general.actor
    with viewer.acting(cast.general.id):
        patient = make(cast.general)
        actions.set_contacts(patient_id=patient.id, contacts=[], by=by, at=NOON)
        actions.set_contacts(patient_id=patient.id, contacts=[MOBILE, MOBILE, MAIL, MAIL], by=by, at=NOON)
        keys = set(PatientSearch.objects.filter(patient_id=patient.id).values_list("key", flat=True))
        assert Contact.objects.count() == 2
    with viewer.acting(cast.surgery.id):
        other = make(cast.surgery)
        assert set(PatientSearch.objects.filter(patient_id=other.id).values_list("key", flat=True)) == keys


def test_history_is_noted_once_and_ended_without_being_lost(cast: Cast) -> None:
    by = cast.general.actor
    with viewer.acting(cast.general.id):
        patient = make(cast.general)
        item = actions.note_history(patient_id=patient.id, kind="medication", text="Warfarin 5 mg", by=by, at=NOON)
        again = actions.note_history(patient_id=patient.id, kind="medication", text="warfarin 5 mg", by=by, at=NOON)
        assert again.id == item.id
        actions.end_history(item_id=item.id, by=by, at=NOON + timedelta(days=2))
        actions.end_history(item_id=item.id, by=by, at=NOON + timedelta(days=9))
        chart = queries.chart(patient.id, by=by, at=NOON)
        assert (chart.medications, [line.ended_on for line in chart.history]) == ((), [date(2026, 3, 5)])


def test_guardian_is_replaced_and_taken_off(cast: Cast) -> None:
    by = cast.general.actor
    with viewer.acting(cast.general.id):
        patient = make(cast.general, guardian=Speaker(name="Rosa", relation="mother"))
        father = Speaker(name="Luis", relation="father", email="luis@example.org")
        actions.set_guardian(patient_id=patient.id, guardian=father, by=by, at=NOON)
        guardian = queries.chart(patient.id, by=by, at=NOON).guardian
        assert guardian is not None
        assert guardian.name == "Luis"
        actions.set_guardian(patient_id=patient.id, guardian=None, by=by, at=NOON)
        assert queries.chart(patient.id, by=by, at=NOON).guardian is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"family": "", "given": " "}, "family_name"),
        ({"family": 5}, "family_name"),
        ({"given": None}, "given_name"),
        ({"given": "x" * 101}, "given_name"),
        ({"birth_date": date(2026, 3, 6)}, "birth_date"),
        ({"birth_date": date(1820, 1, 1)}, "birth_date"),
        ({"birth_date": "3/4/1968"}, "birth_date"),
        ({"sex": "F"}, "sex"),
        ({"language": "Spanish, please"}, "language"),
        ({"preferred_channel": "fax"}, "preferred_channel"),
        ({"anxiety": "lots"}, "anxiety"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with viewer.acting(cast.general.id):
        with pytest.raises(Unfit) as refused:
            make(cast.general, replace(ELENA, **wrong))
        assert Patient.objects.count() == 0
    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")


def test_wrong_contacts_and_history_are_refused_and_nothing_of_the_chart_is_kept(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        for wrong, error in (
            (Reach(kind="phone", value="555-0142"), NotAPhone),
            (Reach(kind="email", value="elena"), NotAnEmail),
            (Reach(kind="fax", value="5035550142"), Unfit),
        ):
            with pytest.raises(error):
                make(cast.general, ELENA, wrong)
        assert Patient.objects.count() == 0
        patient = make(cast.general)
        for kind, text in (("allergy", ""), ("pet", "dog"), (None, "x"), ("allergy", None)):
            with pytest.raises(Unfit):
                actions.note_history(patient_id=patient.id, kind=kind, text=text, by=cast.general.actor, at=NOON)  # type: ignore[arg-type]
        with pytest.raises(NotABirthDate):
            actions.change_patient(
                patient_id=patient.id, particulars=replace(ELENA, birth_date=date(1066, 10, 14)),
                by=cast.general.actor, at=NOON,
            )  # fmt: skip


def test_sql_and_script_are_kept_as_the_words_they_are(cast: Cast) -> None:
    hostile = "Robert'); drop table patients_patient;--<script>alert(1)</script>"
    with viewer.acting(cast.general.id):
        patient = make(cast.general, replace(ELENA, given=hostile, address="%s {{7*7}} ' \" \\"))
        assert Patient.objects.get(id=patient.id).given == hostile
        assert [row.id for row in queries.search(hostile, by=cast.general.actor, at=NOON)] == [patient.id]


def test_another_organization_can_neither_read_change_nor_forge_a_chart(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        patient = make(cast.general)
        item = actions.note_history(patient_id=patient.id, kind="allergy", text="Latex", by=cast.general.actor, at=NOON)
    by = cast.outsider.actor
    with viewer.acting(cast.outsider.id):
        assert found("marquez", by) == found("0142", by) == found("1968-03-04", by) == []
        with pytest.raises(Patient.DoesNotExist):
            queries.chart(patient.id, by=by, at=NOON)
        with pytest.raises(actions.NoSuchChart):
            actions.change_patient(patient_id=patient.id, particulars=ELENA, by=by, at=NOON)
        with pytest.raises(actions.NoSuchChart):
            actions.set_contacts(patient_id=patient.id, contacts=[], by=by, at=NOON)
        with pytest.raises(actions.NoSuchChart):
            actions.set_guardian(patient_id=patient.id, guardian=None, by=by, at=NOON)
        with pytest.raises(actions.NoSuchChart):
            actions.end_history(item_id=item.id, by=by, at=NOON)
        with pytest.raises(IntegrityError), transaction.atomic():
            make(cast.outsider, patient_id=patient.id)
        own = make(cast.outsider)
    with viewer.acting(cast.outsider.id), pytest.raises(IntegrityError), transaction.atomic():
        PatientSearch.objects.create(organization_id=cast.outsider.id, key="n:forged", patient_id=patient.id)
        connection.cursor().execute("set constraints all immediate")
    assert own.id != patient.id
