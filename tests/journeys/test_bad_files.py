"""Files that are too large, broken or not what they say: refused with a sentence, or kept as they came and never run."""

from __future__ import annotations

import struct
import zlib
from typing import Any
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.urls import reverse

from bridgework.access import viewer
from bridgework.files.models import StoredFile
from bridgework.files.tests.samples import HTML, PDF, PROGRAM, dicom, image
from bridgework.intake.models import InboxItem
from bridgework.referrals import actions as referrals
from bridgework.referrals.models import DraftItem, PacketItem
from bridgework.referrals.tests.desk import send
from tests.cast import NOON, Cast, Member


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb() -> bytes:
    """Make a PNG of a few kilobytes that unpacks to ten thousand million pixels."""
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    packed = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


BAD = {
    "a web page called PNG": ("film.png", HTML),
    "a program called PDF": ("report.pdf", PROGRAM),
    "a script": ("run.pdf", b"#!/bin/sh\nrm -rf /\n"),
    "an archive": ("films.zip", b"PK\x03\x04" + bytes(60)),
    "a drawing with a script": ("film.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "the beginning of a DICOM file": ("ct.dcm", dicom("CT_small.dcm")[:200]),
    "half of a DICOM file": ("ct.dcm", dicom("CT_small.dcm")[: len(dicom("CT_small.dcm")) // 2]),
    "a PDF without its end": ("scan.pdf", PDF[:80]),
    "a PNG that breaks off": ("film.png", image()[:40]),
    "a picture that would fill the memory": ("film.png", bomb()),
    "nothing": ("empty.png", b""),
    "zeros": ("film.png", bytes(5000)),
}
bad_files = pytest.mark.parametrize(("name", "content"), BAD.values(), ids=BAD.keys())


def sit_down(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def a_draft(member: Member) -> UUID:
    with viewer.acting(member.id):
        return referrals.begin_draft(by=member.actor, at=NOON).id


def upload(client: Client, url: str, *files: tuple[str, bytes]) -> Any:
    return client.post(url, {"file": [ContentFile(content, name) for name, content in files]})


def kept(member: Member) -> list[str]:
    with viewer.acting(member.id):
        return sorted(StoredFile.objects.values_list("name", flat=True))


@bad_files
def test_a_draft_refuses_it_and_names_it(cast: Cast, name: str, content: bytes) -> None:
    client, draft_id = sit_down(cast.general), a_draft(cast.general)
    url = reverse("referrals:draft_attach", args=[draft_id])
    answer = upload(client, url, (name, content))
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).content.decode()
    assert f"{name}: " in page
    assert kept(cast.general) == []
    fragment = client.post(url, {"file": ContentFile(content, name)}, headers={"HX-Request": "true"})
    assert fragment.status_code == 422
    assert f"{name}: " in fragment.content.decode()


@bad_files
def test_a_packet_takes_all_of_an_upload_or_nothing(cast: Cast, name: str, content: bytes) -> None:
    client, referral_id = sit_down(cast.general), send(cast.general, cast.surgery).id
    url = reverse("referrals:attach", args=[referral_id])
    answer = upload(client, url, ("good.png", image()), (name, content))
    assert answer.status_code == 422
    assert f"{name}: " in answer.content.decode()
    assert kept(cast.general) == []
    assert upload(client, url, ("good.png", image())).status_code == 302
    assert kept(cast.general) == ["good.png"]


@bad_files
def test_the_inbox_keeps_it_as_it_came_and_says_what_it_is_not(cast: Cast, name: str, content: bytes) -> None:
    client = sit_down(cast.surgery)
    answer = upload(client, reverse("inbox:add"), (name, content))
    page = client.get(answer.headers["Location"]).content.decode()
    if not content:
        assert "The file is empty." in page
        assert kept(cast.surgery) == []
        return
    with viewer.acting(cast.surgery.id):
        item = InboxItem.objects.get()
    assert (item.kind, len(item.fields["warnings"])) == ("other", 1)
    assert item.fields["warnings"][0].endswith(".")
    assert "could not be read as a referral" in page
    original = client.get(reverse("inbox:original", args=[item.id]))
    assert b"".join(original.streaming_content) == content  # type: ignore[attr-defined]
    assert original.headers["Content-Type"] == "application/octet-stream"
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert original.headers["X-Content-Type-Options"] == "nosniff"


@override_settings(UPLOAD_LIMIT_BYTES=1000)
@pytest.mark.parametrize("room", ["draft", "packet", "inbox"])
def test_a_file_over_the_limit_is_refused_before_it_is_kept(cast: Cast, room: str) -> None:
    client = sit_down(cast.general)
    url = {
        "draft": lambda: reverse("referrals:draft_attach", args=[a_draft(cast.general)]),
        "packet": lambda: reverse("referrals:attach", args=[send(cast.general, cast.surgery).id]),
        "inbox": lambda: reverse("inbox:add"),
    }[room]()
    answer = upload(client, url, ("large.txt", b"word " * 1000))
    page = answer if answer.status_code == 422 else client.get(answer.headers["Location"])
    assert "The file is too large" in page.content.decode()
    assert kept(cast.general) == []


def test_the_same_file_twice_is_in_the_packet_once(cast: Cast) -> None:
    client, draft_id = sit_down(cast.general), a_draft(cast.general)
    for _ in range(2):
        upload(client, reverse("referrals:draft_attach", args=[draft_id]), ("19.png", image()))
    referral_id = send(cast.general, cast.surgery).id
    answers = [upload(client, reverse("referrals:attach", args=[referral_id]), ("19.png", image())) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 422]
    assert "in the packet already" in answers[1].content.decode()
    with viewer.acting(cast.general.id):
        assert DraftItem.objects.count() == PacketItem.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.png", "a" * 400 + ".png", "film\x00.png", '"><script>alert(1)</script>.png', "\u202egnp.exe", "🦷.png"]
)  # fmt: skip
def test_a_file_may_be_called_anything(cast: Cast, name: str) -> None:
    client, draft_id = sit_down(cast.general), a_draft(cast.general)
    assert upload(client, reverse("referrals:draft_attach", args=[draft_id]), (name, image())).status_code == 302
    page = client.get(reverse("referrals:draft", args=[draft_id])).content.decode()
    assert "<script>alert" not in page
    with viewer.acting(cast.general.id):
        item = DraftItem.objects.select_related("file").get()
    answer = client.get(reverse("referrals:draft_file", args=[draft_id, item.id]))
    assert b"".join(answer.streaming_content) == image()  # type: ignore[attr-defined]
    assert "/" not in item.file.name
    assert upload(client, reverse("inbox:add"), (name, b"MSH|^~\\&|A|B\r")).status_code == 302
