"""Nobody sees what is not theirs: without a viewer nothing answers, with one only its own rows do."""

from __future__ import annotations

import threading
from uuid import UUID

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction

from bridgework.access import viewer
from bridgework.access.roles import check_app_role
from bridgework.access.viewer import NoViewer
from bridgework.lib.ids import uuid7
from bridgework.patients.models import Patient
from bridgework.referrals.models import Case, Referral
from tests.cast import NOON, Cast, Member, raw


def a_patient(member: Member, family: str = "Marquez") -> Patient:
    return Patient.objects.create(
        organization=member.organization, given="Elena", family=family, name_key=family.lower(), made_at=NOON
    )


def a_case(member: Member, referral_id: UUID, **more: object) -> Case:
    return Case.objects.create(
        organization=member.organization, referral_id=referral_id, number="BW-1", patient_name="x",
        patient_name_key="x", side="sender", specialty="endodontics", urgency="routine", status="sent",
        patient_track="to_contact", treatment_track="none", communication_track="nothing_owed",
        authorization_track="none", ball="receiver", made_at=NOON, changed_at=NOON, **more,
    )  # fmt: skip


def a_referral(member: Member, number: str = "BW-1") -> Referral:
    referral = Referral(number=number, patient_given="E", patient_family="M", made_at=NOON)
    a_case(member, referral.id)
    referral.save(force_insert=True)
    return referral


@pytest.mark.django_db
def test_tests_run_as_the_weak_role() -> None:
    [(name, database)] = raw("select current_user, current_database()")
    assert name == settings.APP_ROLE
    assert str(database).startswith("test_")
    assert check_app_role() == []


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_nothing_leaks_from_one_committed_test_to_the_next(committed_cast: Cast, turn: int) -> None:
    with viewer.acting(committed_cast.general.id):
        assert Patient.objects.count() == 0
        a_patient(committed_cast.general)


def test_without_a_viewer_the_orm_and_raw_sql_raise(cast: Cast) -> None:
    with pytest.raises(NoViewer):
        Patient.objects.count()
    with pytest.raises(NoViewer):
        raw("select count(*) from patients_patient")
    with pytest.raises(NoViewer):
        viewer.current()


def test_after_the_block_the_viewer_is_gone_and_a_lazy_query_raises(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        patients = Patient.objects.all()
    with pytest.raises(NoViewer):
        list(patients)
    assert raw("select nullif(current_setting('app.viewer', true), '')") == [(None,)]


def test_one_organization_sees_no_row_of_another(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        patient = a_patient(cast.general)
    with viewer.acting(cast.outsider.id):
        assert not Patient.objects.filter(id=patient.id).exists()
        assert raw("select * from patients_patient") == []
        assert Patient.objects.filter(id=patient.id).update(family="Stolen") == 0


def test_writing_a_row_for_another_organization_is_refused(cast: Cast) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), viewer.acting(cast.outsider.id):
        a_patient(cast.general)


def test_a_forged_patient_of_another_organization_is_refused(committed_cast: Cast) -> None:
    with viewer.acting(committed_cast.general.id):
        patient = a_patient(committed_cast.general)
    with pytest.raises(IntegrityError, match="same_org"), viewer.acting(committed_cast.surgery.id):
        referral = Referral(number="BW-2", patient_given="E", patient_family="M", made_at=NOON)
        a_case(committed_cast.surgery, referral.id, patient_id=patient.id)
        referral.save(force_insert=True)


def test_who_guesses_the_id_of_a_referral_cannot_join_it(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        referral = a_referral(cast.general)
    with pytest.raises(ProgrammingError, match="row-level security"), viewer.acting(cast.outsider.id):
        a_case(cast.outsider, referral.id)
    with viewer.acting(cast.outsider.id):
        own = a_referral(cast.outsider, "BW-3")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Case.objects.filter(referral_id=own.id).update(referral_id=referral.id)


def test_a_party_brings_another_organization_in_and_only_then_it_sees_the_referral(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        referral = a_referral(cast.general)
        with viewer.acting_for(cast.surgery.id):
            a_case(cast.surgery, referral.id)
        assert viewer.current() == cast.general.id
        assert raw("select app_viewer()") == [(cast.general.id,)]
    with viewer.acting(cast.surgery.id):
        assert Referral.objects.get().id == referral.id
    with viewer.acting(cast.health_center.id):
        assert not Referral.objects.exists()


def test_nobody_can_change_or_delete_the_shared_referral(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        referral = a_referral(cast.general)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Referral.objects.filter(id=referral.id).update(patient_family="Other")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            raw("delete from referrals_entry")


def test_a_second_viewer_inside_the_first_is_an_error(committed_cast: Cast) -> None:
    with viewer.acting(committed_cast.general.id), pytest.raises(RuntimeError):
        with viewer.acting(committed_cast.surgery.id):
            pass


def test_a_thread_does_not_inherit_the_viewer(committed_cast: Cast) -> None:
    raised: list[BaseException] = []

    def look() -> None:
        try:
            Patient.objects.count()
        except NoViewer as error:
            raised.append(error)
        finally:
            connection.close()

    with viewer.acting(committed_cast.general.id):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert len(raised) == 1


def test_a_failed_inner_block_gives_the_outer_viewer_back(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        with pytest.raises(ProgrammingError), viewer.acting_for(cast.surgery.id):
            raw("select nonsense")
        assert raw("select app_viewer()") == [(cast.general.id,)]
        assert viewer.current() == cast.general.id


def test_an_unlisted_office_is_seen_by_who_typed_it_in_alone(cast: Cast) -> None:
    from bridgework.network.models import Organization

    with viewer.acting(cast.surgery.id):
        typed = Organization.objects.create(
            name="Dr. Paper", name_key="paper", slug=str(uuid7()), kind="general", is_member=False,
            made_by_id=cast.surgery.id, made_at=NOON,
        )  # fmt: skip
    with viewer.acting(cast.outsider.id):
        assert not Organization.objects.filter(id=typed.id).exists()
        assert Organization.objects.filter(id=cast.surgery.id).exists()


def test_what_is_remembered_is_the_viewers_own_and_gone_with_the_transaction(cast: Cast) -> None:
    answers = iter(range(9))
    with viewer.acting(cast.general.id):
        assert viewer.remembered("x", lambda: next(answers)) == 0
        with viewer.acting_for(cast.surgery.id):
            assert viewer.remembered("x", lambda: next(answers)) == 1
        assert viewer.remembered("x", lambda: next(answers)) == 0
    with viewer.acting(cast.general.id):
        assert viewer.remembered("x", lambda: next(answers)) == 2
