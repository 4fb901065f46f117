"""The Inbox: a document beside what was read of it, corrected and confirmed, set aside and brought back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from bridgework.access import viewer
from bridgework.accounts.models import Membership, Role
from bridgework.intake.models import InboxItem
from bridgework.interop.fhir.tests.as_xml import to_xml
from bridgework.interop.fhir.tests.referral_note import referral_bundle, resource
from bridgework.patients.models import Patient
from bridgework.referrals.models import Case, Referral
from tests.cast import Cast, Member


@pytest.fixture
def desk(cast: Cast) -> Client:
    return sit_down(cast.surgery)


def sit_down(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def as_json(bundle: Any) -> bytes:
    return json.dumps(bundle).encode()


def add(client: Client, content: bytes, name: str = "note.json") -> Any:
    """Add a document by hand and follow to where that leads."""
    return client.post(reverse("inbox:add"), {"file": ContentFile(content, name)}, follow=True)


def the_item(member: Member) -> InboxItem:
    with viewer.acting(member.id):
        return InboxItem.objects.get()


def fields_on(page: Any) -> dict[str, Any]:
    """Return the fields as a browser would send them untouched."""
    form = page.context["form"]
    return {name: "" if form[name].value() is None else form[name].value() for name in form.fields}


def test_an_added_document_is_shown_beside_its_fields_with_how_sure_each_is(cast: Cast, desk: Client) -> None:
    page = add(desk, as_json(referral_bundle()))
    text = page.content.decode()
    assert page.status_code == 200
    for section in the_item(cast.surgery).sections:
        assert section["title"] in text
    assert "Pain to cold on the lower left" in text
    assert "Read well" in text
    assert "Not in the document" in text
    assert fields_on(page)["teeth"] == "19"
    assert reverse("inbox:original", args=[the_item(cast.surgery).id]) in text


def test_what_is_corrected_and_confirmed_is_what_the_referral_says(cast: Cast, desk: Client) -> None:
    page = add(desk, as_json(referral_bundle()))
    url = reverse("inbox:item", args=[the_item(cast.surgery).id])
    typed = {**fields_on(page), "teeth": "30", "family": "Okonkwo-Reyes", "specialty": "oral_surgery"}
    done = desk.post(url, typed, follow=True)
    text = done.content.decode()
    assert "Okonkwo-Reyes" in text
    assert "#30" in text
    with viewer.acting(cast.surgery.id):
        case, patient = Case.objects.get(), Patient.objects.get()
    assert (case.patient_id, patient.family, case.side) == (patient.id, "Okonkwo-Reyes", "receiver")
    assert desk.get(url).status_code == 302, "what became a referral is opened there"
    assert the_item(cast.surgery).fields["teeth"] == ["30"]


def test_the_original_stays_as_it_came_and_comes_as_a_download(cast: Cast, desk: Client) -> None:
    content = as_json(referral_bundle())
    add(desk, content)
    answer = desk.get(reverse("inbox:original", args=[the_item(cast.surgery).id]))
    assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="note.json"'


def test_the_same_document_as_xml_leads_to_the_item_that_is_there(cast: Cast, desk: Client) -> None:
    add(desk, as_json(referral_bundle()))
    page = add(desk, to_xml(referral_bundle()), "note.xml")
    assert "had arrived before" in page.content.decode()
    assert the_item(cast.surgery).name == "note.json"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("teeth", "99", "is no tooth"),
        ("phones", "12", "is no phone number"),
        ("birth_date", "1999-02-31", "valid date"),
        ("birth_date", "2999-01-01", "lies in the future"),
        ("family", "", "required"),
        ("specialty", "alchemy", "valid choice"),
        ("npi", "1234567890", ""),
    ],
)
def test_a_wrong_correction_is_named_and_the_others_stay_typed(
    cast: Cast, desk: Client, field: str, typed: str, sentence: str
) -> None:
    page = add(desk, as_json(referral_bundle()))
    url = reverse("inbox:item", args=[the_item(cast.surgery).id])
    answer = desk.post(url, {**fields_on(page), "reason": "Typed by Dana", field: typed})
    if not sentence:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Typed by Dana" in answer.content.decode()
    with viewer.acting(cast.surgery.id):
        assert Referral.objects.count() == Patient.objects.count() == 0


def test_a_number_that_the_document_has_wrong_stays_beside_it_and_off_the_chart(cast: Cast, desk: Client) -> None:
    bundle = referral_bundle()
    resource(bundle, "Patient")["telecom"] = [{"system": "phone", "value": "123-456-7890"}]
    page = add(desk, as_json(bundle))
    assert "cannot be right" in page.content.decode()
    answer = desk.post(reverse("inbox:item", args=[the_item(cast.surgery).id]), fields_on(page))
    assert answer.status_code == 302
    with viewer.acting(cast.surgery.id):
        assert Patient.objects.get().contacts.count() == 0


def test_what_is_no_referral_is_set_aside_and_can_be_brought_back(cast: Cast, desk: Client) -> None:
    page = add(desk, b"MSH|^~\\&|A|B\r", "order.hl7")
    assert "HL7 v2 message; Bridgework cannot read those yet." in page.content.decode()
    item_id = the_item(cast.surgery).id
    listed = desk.post(reverse("inbox:set_aside", args=[item_id]), follow=True).content.decode()
    assert "It is kept under Done" in listed
    assert "order.hl7" not in desk.get(reverse("inbox:list")).content.decode()
    assert "order.hl7" in desk.get(f"{reverse('inbox:list')}?state=done").content.decode()
    again = desk.post(reverse("inbox:set_aside", args=[item_id]), follow=True).content.decode()
    assert "settled already" in again
    back = desk.post(reverse("inbox:bring_back", args=[item_id]), follow=True)
    assert "order.hl7" in back.content.decode()
    assert the_item(cast.surgery).state == "new"


def test_a_foreign_file_can_be_typed_in_and_made_a_referral(cast: Cast, desk: Client) -> None:
    page = add(desk, b"MSH|^~\\&|A|B\r", "order.hl7")
    url = reverse("inbox:item", args=[the_item(cast.surgery).id])
    typed = {**fields_on(page), "family": "Marquez", "given": "Elena", "specialty": "oral_surgery", "urgency": "soon"}
    lacking = desk.post(url, typed)
    assert lacking.status_code == 422
    assert "Please add who refers first." in lacking.content.decode()
    assert desk.post(url, {**typed, "office": "Maple Street Family Dental"}).status_code == 302
    with viewer.acting(cast.surgery.id):
        assert Referral.objects.get().patient_family == "Marquez"


def test_adding_nothing_says_so(desk: Client) -> None:
    answer = desk.post(reverse("inbox:add"), follow=True)
    assert "Choose a file first." in answer.content.decode()


def test_a_clinician_looks_but_does_not_sort(cast: Cast, desk: Client) -> None:
    add(desk, as_json(referral_bundle()))
    with viewer.acting(cast.surgery.id):
        Membership.objects.filter(user=cast.surgery.user).update(role=Role.CLINICIAN)
    url = reverse("inbox:item", args=[the_item(cast.surgery).id])
    page = desk.get(url)
    assert page.status_code == 200
    assert "Make it a referral" not in page.content.decode()
    assert desk.post(url, fields_on(page)).status_code == 403
    assert desk.post(reverse("inbox:add")).status_code == 403
