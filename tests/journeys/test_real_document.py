"""A published referral note becomes a referral: added, corrected, confirmed, worked until the loop is closed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from bridgework.access import viewer
from bridgework.intake.models import InboxItem
from bridgework.patients.models import Patient
from bridgework.referrals.models import Case, Referral
from bridgework.referrals.tests.desk import story_of
from tests.cast import Cast, Member
from tests.public_data import public_data

FOLDER = "dental-data-exchange"
AS_JSON = ("examples-json", "Bundle-Complete-Dental-Referral-Note-Document-Bundle-Example.json")
AS_XML = ("examples", "Complete-Dental-Referral-Note-Document-Bundle-Example.xml")


@pytest.fixture
def document() -> Path:
    return public_data(FOLDER, *AS_JSON)


@pytest.fixture
def desk(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.surgery.user)
    return client


def add(client: Client, path: Path) -> Any:
    upload = {"file": ContentFile(path.read_bytes(), path.name)}
    return client.post(reverse("inbox:add"), upload, follow=True)


def item_of(member: Member) -> InboxItem:
    with viewer.acting(member.id):
        return InboxItem.objects.get()


def typed(page: Any, **changes: str) -> dict[str, str]:
    """Return the fields as they stand in the page's form, with a person's corrections."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | changes


def press(client: Client, referral_id: UUID, action: str, **fields: str) -> str:
    """Do one thing to the referral, and return the page that follows."""
    answer = client.post(reverse("referrals:do", args=[referral_id, action]), fields, follow=True)
    assert answer.status_code == 200, f"{action}: {answer.content.decode()}"
    return str(answer.content.decode())


def test_the_page_shows_the_whole_document_beside_what_was_read(cast: Cast, desk: Client, document: Path) -> None:
    page = add(desk, document)
    text = page.content.decode()
    sections = item_of(cast.surgery).sections
    assert len(sections) > 5
    for section in sections:
        assert section["title"] in text
    form: Mapping[str, str] = typed(page)
    assert (form["given"], form["family"], form["birth_date"]) == ("Patient", "A", "1990-01-01")
    assert "Penicillin G" in form["allergies"]
    assert "Lisinopril" in form["medications"]
    assert form["provider"] == "Dr John M"
    for words in ("Read well", "A guess", "Please check", "The phone number 123-456-7890 cannot be right."):
        assert words in text


def test_json_and_then_xml_is_one_item(cast: Cast, desk: Client, document: Path) -> None:
    add(desk, document)
    page = add(desk, public_data(FOLDER, *AS_XML))
    assert "had arrived before" in page.content.decode()
    assert item_of(cast.surgery).name == document.name


def test_a_broken_copy_is_kept_as_other_with_one_sentence(
    cast: Cast, desk: Client, document: Path, tmp_path: Path
) -> None:
    half = tmp_path / document.name
    half.write_bytes(document.read_bytes()[: document.stat().st_size // 2])
    page = add(desk, half)
    item = item_of(cast.surgery)
    assert (item.kind, len(item.fields["warnings"])) == ("other", 1)
    assert item.fields["warnings"][0] in page.content.decode()


def test_from_the_document_to_the_closed_loop(cast: Cast, desk: Client, document: Path) -> None:
    page = add(desk, document)
    corrected = typed(page, teeth="18", specialty="oral_surgery", phones="303-555-0142")
    confirmed = desk.post(reverse("inbox:item", args=[item_of(cast.surgery).id]), corrected, follow=True)
    text = confirmed.content.decode()
    for words in (
        "Patient A", "#18", "Toothache; Left lower quadrant pain; Bleeding gums", "Penicillin G", "Lisinopril 10 mg",
        "Diabetes mellitus type I", "Aetna Full Coverage", "Good Health Clinic", "(303) 555-0142",
    ):  # fmt: skip
        assert words in text, words
    with viewer.acting(cast.surgery.id):
        referral, case, patient = Referral.objects.get(), Case.objects.get(), Patient.objects.get()
    assert case.patient_id == patient.id
    file_url = next(line for line in text.split('"') if f"{referral.id}/files/" in line)
    original = desk.get(file_url)
    assert b"".join(original.streaming_content) == document.read_bytes()  # type: ignore[attr-defined]

    press(desk, referral.id, "accept")
    press(desk, referral.id, "record_contact_attempt", channel="phone", outcome="reached")
    press(desk, referral.id, "record_attended", walk_in="on")
    press(desk, referral.id, "complete_consult", findings="Fracture of #18.", recommendation="Extraction.")
    assert not story_of(cast.surgery, referral.id).standing.is_loop_closed, "the clinic has no report yet"
    press(desk, referral.id, "send_report", channel="fax", summary="Fracture of #18. Extraction is planned.")
    closed = press(desk, referral.id, "receive_report")
    assert story_of(cast.surgery, referral.id).standing.is_loop_closed
    press(desk, referral.id, "close", outcome="completed")
    standing = story_of(cast.surgery, referral.id).standing
    assert (standing.status, standing.outcome, standing.contradictions) == ("closed", "completed", ())
    assert closed
