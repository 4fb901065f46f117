import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.forms import model_to_dict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bridgework.access import viewer
from bridgework.lib.ids import uuid7
from bridgework.patients import actions, queries
from bridgework.patients.models import Patient
from bridgework.patients.particulars import Particulars
from tests.cast import NOON, Cast, Member

FORM = {
    "who-given": "Elena", "who-family": "Márquez", "who-middle": "", "who-preferred_name": "", "who-birth_date": "3/4/1968",
    "who-sex": "female", "who-chart_number": "",
    "reach-phone": "503 555 0142", "reach-email": "elena@example.org", "more-others": "(503) 555-0143",
    "reach-preferred_channel": "text", "reach-may_text": "on", "reach-language": "es", "reach-anxiety": "high",
    "more-address": "",
    "guardian-name": "", "guardian-relation": "", "guardian-phone": "", "guardian-email": "",
    "health-allergies": "Latex\r\nPenicillin", "health-medications": "Warfarin 5 mg", "health-conditions": "",
    "health-insurance": "",
}  # fmt: skip


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.general.user)
    return client


def chart(member: Member, patient: Patient) -> queries.Chart:
    with viewer.acting(member.id):
        return queries.chart(patient.id, by=member.actor, at=NOON)


def only_patient(member: Member) -> Patient:
    with viewer.acting(member.id):
        return Patient.objects.get()


def add(member: Member, given: str, family: str) -> Patient:
    with viewer.acting(member.id):
        return actions.make_patient(particulars=Particulars(given=given, family=family), by=member.actor, at=NOON)


def form_of(page: str) -> dict[str, str]:
    """Read the values that a form shows, as a browser would send them."""
    values: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (("checkbox" not in tag and "radio" not in tag) or "checked" in tag):
            values[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s?(.*?)</textarea>', page, re.S):
        values[name] = unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else ""
    return {name: value for name, value in values.items() if "-" in name}


def test_new_patient_gets_a_chart_and_a_page(cast: Cast, desk: Client) -> None:
    page = desk.post(reverse("patients:new"), FORM | {"who-key": str(uuid7())}, follow=True)
    text = page.content.decode()
    assert page.status_code == 200
    for shown in (
        "Elena Márquez has a chart.",
        "March 4, 1968",
        "(503) 555-0142",
        "Latex",
        "New referral",
    ):
        assert shown in text, shown
    found = chart(cast.general, only_patient(cast.general))
    assert [(one.kind, one.value) for one in found.contacts] == [
        ("phone", "+15035550142"), ("email", "elena@example.org"), ("phone", "+15035550143"),
    ]  # fmt: skip
    assert (found.allergies, found.patient.may_text) == (("Latex", "Penicillin"), True)


def test_form_sent_twice_makes_one_chart(cast: Cast, desk: Client) -> None:
    data = FORM | {"who-key": str(uuid7())}
    first, second = (desk.post(reverse("patients:new"), data) for _ in range(2))
    assert first["Location"] == second["Location"] == reverse("patients:page", args=[only_patient(cast.general).id])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"who-family": ""}, "This field is required."),
        ({"who-birth_date": "31/31/1968"}, "Enter the birth date as month, day and year"),
        ({"who-birth_date": "3/4/2968"}, "lies in the future"),
        ({"reach-phone": "555"}, "with its area code"),
        ({"more-others": "nobody@"}, "Enter an e-mail address"),
        ({"guardian-phone": "5035550100"}, "Enter the guardian’s name."),
        ({"guardian-name": "Rosa", "guardian-phone": "12"}, "with its area code"),
        ({"who-sex": "F"}, "Select a valid choice"),
        ({"health-allergies": "x" * 600}, "too long"),
    ],
)
def test_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(
    cast: Cast, desk: Client, wrong: dict[str, str], sentence: str
) -> None:
    page = desk.post(reverse("patients:new"), FORM | wrong)
    text = page.content.decode()
    assert page.status_code == 422
    assert sentence in text
    assert "Warfarin 5 mg" in text
    with viewer.acting(cast.general.id):
        assert not Patient.objects.exists()


def test_script_and_sql_in_every_field_are_shown_as_text(cast: Cast, desk: Client) -> None:
    hostile = "<script>alert(1)</script>'); drop table patients_patient;--"
    texts = {name: hostile for name in FORM if name.split("-")[1] in ("given", "family", "address", "allergies")}
    page = desk.post(reverse("patients:new"), FORM | texts, follow=True)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert desk.get(reverse("patients:list"), {"q": hostile}).status_code == 200
    assert desk.get(reverse("patients:list"), {"q": "\x00", "after": "x~y"}).status_code == 200


def test_form_unchanged_changes_nothing(cast: Cast, desk: Client) -> None:
    desk.post(reverse("patients:new"), FORM)
    patient = only_patient(cast.general)
    before = chart(cast.general, patient)
    url = reverse("patients:edit", args=[patient.id])
    assert desk.post(url, form_of(desk.get(url).content.decode())).status_code == 302
    after = chart(cast.general, patient)
    assert (after.contacts, after.history) == (before.contacts, before.history)
    assert model_to_dict(after.patient) == model_to_dict(before.patient)


def test_two_people_who_change_a_chart_at_once_lose_nothing(cast: Cast, desk: Client) -> None:
    desk.post(reverse("patients:new"), FORM)
    patient = only_patient(cast.general)
    url = reverse("patients:edit", args=[patient.id])
    one, other = (form_of(desk.get(url).content.decode()) for _ in range(2))
    desk.post(url, one | {"health-allergies": "Latex\r\nPenicillin\r\nNickel", "who-preferred_name": "Lena"})
    desk.post(url, other | {"health-allergies": "Latex", "reach-phone": "503 555 0777"})
    found = chart(cast.general, patient)
    assert set(found.allergies) == {"Latex", "Nickel"}
    assert (found.patient.preferred_name, found.phone) == ("Lena", "+15035550777")


def test_patient_is_found_and_the_list_goes_on(cast: Cast, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(5):
        add(cast.general, "Ana", f"Cruz{'abcde'[n]}")
    monkeypatch.setattr("bridgework.web.patients.pages.PAGE", 2)
    first = desk.get(reverse("patients:list")).content.decode()
    onward = re.search(r'href="([^"]+after=[^"]+)"', first)
    assert onward is not None
    second = desk.get(unescape(onward[1])).content.decode()
    assert [name for name in ("Cruza", "Cruzb", "Cruzc", "Cruzd") if name in first] == ["Cruza", "Cruzb"]
    assert [name for name in ("Cruza", "Cruzb", "Cruzc", "Cruzd") if name in second] == ["Cruzc", "Cruzd"]
    found = desk.get(reverse("patients:list"), {"q": "an cruze"}).content.decode()
    assert "Cruze" in found
    assert "Cruza" not in found


def test_outsider_sees_nobody_and_finds_no_page(cast: Cast, client: Client) -> None:
    patient = add(cast.general, "Elena", "Márquez")
    client.force_login(cast.outsider.user)
    assert "Márquez" not in client.get(reverse("patients:list"), {"q": "marquez"}).content.decode().replace(
        "“marquez”", ""
    )
    for name in ("patients:page", "patients:edit"):
        assert client.get(reverse(name, args=[patient.id])).status_code == 404
    assert client.post(reverse("patients:edit", args=[patient.id]), FORM).status_code == 404
    assert only_patient(cast.general).given == "Elena"


def test_nobody_sees_patients_without_signing_in(cast: Cast, client: Client) -> None:
    patient = add(cast.general, "Elena", "Márquez")
    for url in (reverse("patients:list"), reverse("patients:new"), reverse("patients:page", args=[patient.id])):
        assert client.get(url).status_code == 302


def test_pages_take_few_statements_whatever_the_size(cast: Cast, desk: Client) -> None:
    patient = add(cast.general, "Elena", "Márquez")

    def statements(get: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as taken:
            get()
        return len(taken)

    url = reverse("patients:list")
    few = statements(lambda: desk.get(url))
    for n in range(20):
        add(cast.general, "Elena", f"Marquez {n}")
    assert statements(lambda: desk.get(url)) == few
    assert few <= 20
    assert statements(lambda: desk.get(url, {"q": "elena"})) <= 20
    assert statements(lambda: desk.get(reverse("patients:page", args=[patient.id]))) <= 20
