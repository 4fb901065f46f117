"""Files on their way into the Inbox."""

import json

import pytest

from bridgework.access import viewer
from bridgework.files.unacceptable import Unacceptable
from bridgework.intake.models import InboxItem
from bridgework.interop import inbox
from bridgework.interop.fhir.tests.as_xml import to_xml
from bridgework.interop.fhir.tests.referral_note import referral_bundle, resource
from tests.cast import NOON

pytestmark = pytest.mark.django_db(transaction=True)


def receive(member, content, name="note.json", **more):
    return inbox.receive_file(organization_id=member.id, name=name, content=content, by=member.actor, at=NOON, **more)


def items(member):
    with viewer.acting(member.id):
        return list(InboxItem.objects.filter(organization_id=member.id).order_by("id"))


def as_json(bundle):
    return json.dumps(bundle).encode()


def test_a_document_as_json_and_then_as_xml_is_one_item(committed_cast):
    surgery = committed_cast.surgery
    first = receive(surgery, as_json(referral_bundle()))
    again = receive(surgery, to_xml(referral_bundle()), name="note.xml")
    assert (first.is_new, again.is_new) == (True, False)
    [item] = items(surgery)
    assert first.item == again.item == item
    assert (item.kind, item.format, item.fields["teeth"]) == ("referral", "fhir", ["19"])
    assert item.sections[0]["text"] == "Pain to cold on the lower left"


def test_a_corrected_document_under_the_same_number_is_an_item_of_its_own(committed_cast):
    corrected = referral_bundle()
    resource(corrected, "ServiceRequest")["bodySite"][0]["coding"][0]["code"] = "30"
    receive(committed_cast.surgery, as_json(referral_bundle()))
    assert receive(committed_cast.surgery, as_json(corrected)).is_new
    assert [item.fields["teeth"] for item in items(committed_cast.surgery)] == [["19"], ["30"]]


def test_a_foreign_file_is_kept_as_other_with_its_sentence(committed_cast):
    received = receive(committed_cast.surgery, b"MSH|^~\\&|A|B\r", name="order.hl7")
    assert received.item is not None
    assert (received.item.kind, received.item.format) == ("other", "hl7v2")
    assert received.item.fields["warnings"] == ["This is an HL7 v2 message; Bridgework cannot read those yet."]


def test_a_dry_run_keeps_nothing_and_knows_what_is_there(committed_cast):
    content = as_json(referral_bundle())
    assert receive(committed_cast.surgery, content, dry_run=True).is_new
    assert items(committed_cast.surgery) == []
    receive(committed_cast.surgery, content)
    assert not receive(committed_cast.surgery, content, dry_run=True).is_new


def test_each_organization_has_its_own_inbox(committed_cast):
    content = as_json(referral_bundle())
    receive(committed_cast.surgery, content)
    assert receive(committed_cast.general, content).is_new
    assert len(items(committed_cast.surgery)) == len(items(committed_cast.general)) == 1
    assert items(committed_cast.outsider) == []


def test_an_empty_file_is_refused(committed_cast):
    with pytest.raises(Unacceptable):
        receive(committed_cast.surgery, b"")
    assert items(committed_cast.surgery) == []
