"""The demo is whole, the same in every run, believable, and leaves nothing to do about the past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.db.models import Q

from bridgework.access import viewer
from bridgework.access.models import Due
from bridgework.accounts.models import Membership, User
from bridgework.audit.models import Event
from bridgework.deliveries.models import Delivery
from bridgework.dentistry import wrong_tooth
from bridgework.intake.models import InboxItem
from bridgework.network.models import Organization
from bridgework.ops import demo
from bridgework.ops.demo import workdays
from bridgework.ops.demo.offices import REFERRERS
from bridgework.ops.demo.tests.conftest import NOW
from bridgework.ops.demo.tests.digest import Digest, digest_of_everything, members
from bridgework.referrals import lifecycle, projection, queries, story
from bridgework.referrals.models import Case, Entry, PacketItem
from bridgework.referrals.story import Story
from bridgework.scheduling.models import Opening
from bridgework.worklist.models import Task

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("built")]


def organization(slug: str) -> UUID:
    """Give a member by its slug."""
    with viewer.acting(members()[0]):
        return Organization.objects.get(slug=slug, is_member=True).id


def harbor() -> UUID:
    return organization("harbor-oral-surgery")


def maple() -> UUID:
    return organization("maple-street-family-dental")


def case_of(organization_id: UUID, name: str) -> tuple[Case, Story]:
    """Give an organization's case of a patient by name, and its story."""
    with viewer.acting(organization_id):
        case = Case.objects.get(organization_id=organization_id, patient_name=name)
        return case, story.load(case.referral_id)


def everyone() -> Iterator[UUID]:
    """Act for each member in turn."""
    for organization_id in members():
        with viewer.acting(organization_id):
            yield organization_id


def test_the_same_seed_and_time_make_the_same_content(first_digest: Digest) -> None:
    second = digest_of_everything()
    assert {table: len(rows) for table, rows in second.items()} == {
        table: len(rows) for table, rows in first_digest.items()
    }
    for table, rows in second.items():
        assert rows == first_digest[table]


def test_nothing_is_left_in_the_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        assert cursor.fetchone() == (0,)
    assert not Due.objects.filter(due_at__lte=NOW).exists()
    assert Due.objects.filter(kind="clock").exists()
    for _ in everyone():
        assert not Delivery.objects.filter(Q(state__in=["waiting", "attempted", "uncertain", "failed"])).exists()


def test_nothing_was_done_after_the_present() -> None:
    for _ in everyone():
        assert not Entry.objects.filter(Q(recorded_at__gt=NOW) | Q(happened_at__gt=NOW)).exists()
        assert not Event.objects.filter(at__gt=NOW).exists()
        assert not Task.objects.filter(Q(made_at__gt=NOW) | Q(settled_at__gt=NOW)).exists()
        assert not Delivery.objects.filter(settled_at__gt=NOW).exists()


def test_people_work_when_their_offices_are_open() -> None:
    for _ in everyone():
        for at in Entry.objects.filter(actor_kind="person").values_list("happened_at", flat=True):
            local = at.astimezone(workdays.ZONE)
            assert workdays.is_workday(local.date())
            assert 7.9 <= local.hour + local.minute / 60 <= 17.6, at


def test_every_case_says_what_a_replay_of_its_timeline_says() -> None:
    for organization_id in everyone():
        for case in Case.objects.filter(organization_id=organization_id, left_at=None):
            known = story.load(case.referral_id)
            columns = projection.columns_of(known, known.standing, organization_id)
            assert {name: getattr(case, name) for name in columns} == columns


def test_nothing_contradicts_itself() -> None:
    for organization_id in everyone():
        assert not Case.objects.filter(organization_id=organization_id, is_contradictory=True).exists()


def test_forty_seven_offices_refer_to_harbor() -> None:
    others = [organization(name) for name in ("cedar-park-dental", "lakeview-family-dentistry")]
    with viewer.acting(harbor()) as here:
        typed_in = Organization.objects.filter(is_member=False, made_by_id=here).count()
        received = Case.objects.filter(organization_id=here, side="receiver")
        referring = set(received.values_list("other_organization_id", flat=True))
    assert (typed_in, len(REFERRERS)) == (44, 44)
    assert {maple(), *others} <= referring


def test_everybody_who_is_printed_can_sign_in(built: tuple[demo.Login, ...]) -> None:
    known = {user.email: user for user in User.objects.all()}
    assert all(check_password(login.password, known[login.email].password) for login in built)
    count = 0
    for organization_id in everyone():
        count += Membership.objects.filter(organization_id=organization_id, is_active=True).count()
    assert count == len(built)


def test_a_wrong_tooth_was_noticed_and_put_right_before_anybody_drilled() -> None:
    case, known = case_of(harbor(), "Marisol Quintero")
    first = known.entries[0].body
    guard = wrong_tooth.check(first.request.teeth, first.request.reason, 47)  # type: ignore[attr-defined]
    assert (guard.verdict, guard.suggested) == ("disagrees", ("19",))
    kinds = [entry.body.kind for entry in known.entries]
    assert kinds.index("more_information_asked") < kinds.index("amended") < kinds.index("treatment_completed")
    assert (case.teeth, case.outcome) == ("19", "completed")


def test_a_spreading_infection_was_seen_within_the_hour_and_closed_by_people() -> None:
    case, known = case_of(harbor(), "Desmond Fairbanks")
    standing = known.standing
    assert case.is_red_flag
    assert standing.sent_at is not None
    assert standing.attended_at is not None
    assert standing.attended_at - standing.sent_at < timedelta(hours=1)
    assert (case.status, case.outcome) == ("closed", "completed")


def test_a_patient_missed_three_visits_and_waits_to_be_booked_again() -> None:
    case, _ = case_of(harbor(), "Dennis Cole")
    assert (case.no_shows, case.owes, case.ball) == (3, "to_rebook", "receiver")


def test_a_report_lies_unread_at_maple_street_and_somebody_was_told() -> None:
    case, _ = case_of(maple(), "Inés Castellano")
    assert (case.owes, case.ball, case.communication_track) == ("to_read_report", "sender", "received")
    with viewer.acting(maple()):
        assert Task.objects.filter(kind="unread", referral_id=case.referral_id, state="open").exists()


def test_today_is_full_at_harbor_and_at_maple_street() -> None:
    with viewer.acting(harbor()):
        owed = {case.owes for case in queries.mine()}
        tasks = set(Task.objects.filter(state="open").values_list("kind", flat=True))
        assert any(case.is_red_flag for case in queries.mine())
        assert InboxItem.objects.filter(state="new", kind="referral").count() == 1
        assert len(queries.visits_of_day(workdays.moment(NOW.date(), 0))) >= 2
    assert {"to_accept", "to_contact", "to_book", "to_rebook", "to_complete_consult", "to_report"} <= owed
    assert "reply" in tasks
    with viewer.acting(maple()):
        owed = {case.owes for case in queries.mine()}
        tasks = set(Task.objects.filter(state="open").values_list("kind", flat=True))
    assert {"to_answer_question", "to_read_report", "to_redirect"} <= owed
    assert {"reply", "unconfirmed"} <= tasks


def test_films_went_along_and_can_be_read_by_both() -> None:
    case, _ = case_of(maple(), "Priya Raman")
    for organization_id in (maple(), harbor()):
        with viewer.acting(organization_id):
            (item,) = PacketItem.objects.filter(referral_id=case.referral_id).select_related("file")
            assert (item.kind, item.file.media_type, item.file.has_preview) == ("film", "image/png", True)


def test_specialists_offer_times_and_one_was_taken() -> None:
    with viewer.acting(harbor()) as here:
        openings = Opening.objects.filter(organization_id=here)
        assert openings.filter(state="open", starts_at__gt=NOW).count() >= 15
        assert openings.filter(state="booked").count() == 1


def test_standings_are_spread_over_the_whole_course() -> None:
    with viewer.acting(harbor()):
        found = set(Case.objects.values_list("status", "patient_track", "communication_track"))
    assert {status for status, _, _ in found} >= {"received", "information_asked", "accepted", "closed"}
    assert {track for _, track, _ in found} == {"to_contact", "contacted", "booked", "attended"}
    assert {track for _, _, track in found} >= {"nothing_owed", "owed", "received", "read"}


def test_red_flags_are_never_closed_by_a_timer() -> None:
    for organization_id in everyone():
        for case in Case.objects.filter(organization_id=organization_id, is_red_flag=True):
            closed = [e for e in story.load(case.referral_id).entries if e.body.kind == "closed"]
            assert all(entry.actor.kind == "person" for entry in closed)
            assert lifecycle.fold(story.load(case.referral_id).entries).is_red_flag


def test_the_moment_of_the_demo_is_a_working_one() -> None:
    assert isinstance(NOW, datetime)
    assert workdays.is_workday(workdays.local_day(NOW))
