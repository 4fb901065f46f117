import os
import stat
import zlib
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pytest
from PIL import Image

from bridgework.access import viewer
from bridgework.audit.models import Event
from bridgework.files import actions, queries, storage
from bridgework.files.actions import Unacceptable
from bridgework.files.models import StoredFile
from bridgework.files.tests.samples import (
    ARCHIVE_END,
    HTML,
    LARGE_JPEG,
    LARGE_PNG,
    PDF,
    PROGRAM,
    dicom,
    image,
    photo,
)
from tests.cast import NOON, Cast


def store(cast: Cast, content: bytes | IO[bytes], name: str = "film.png") -> StoredFile:
    return actions.store(name=name, content=content, by=cast.general.actor, at=NOON)


@pytest.mark.parametrize(
    ("content", "kind", "media_type", "has_preview"),
    [
        (image("PNG"), "image", "image/png", True),
        (image("JPEG"), "image", "image/jpeg", True),
        (image("GIF", mode="P"), "image", "image/gif", True),
        (image("WEBP"), "image", "image/webp", True),
        (image("TIFF"), "image", "image/tiff", True),
        (image("BMP"), "image", "image/bmp", True),
        (image("PNG", mode="I;16"), "image", "image/png", True),
        (image("PNG", mode="RGBA"), "image", "image/png", True),
        (image("JPEG", mode="CMYK"), "image", "image/jpeg", True),
        (PDF, "pdf", "application/pdf", False),
        (dicom("CT_small.dcm"), "dicom", "application/dicom", True),
        (b'{"resourceType": "Bundle"}', "document", "text/plain", False),
        (b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>', "document", "text/plain", False),
        (b"MSH|^~\\&|A|B|C|D|20260303||REF^I12|1|P|2.5.1\rPID|1\r", "document", "text/plain", False),
        ("Nota clínica: frío +".encode(), "text", "text/plain", False),
    ],
)
def test_file_is_what_its_bytes_are_whatever_it_is_called(
    cast: Cast, content: bytes, kind: str, media_type: str, has_preview: bool
) -> None:
    with viewer.acting(cast.general.id):
        file = store(cast, content, "whatever.exe")
        opened = queries.open_file(file.id, by=cast.general.actor, at=NOON)
    assert (file.kind, file.media_type, file.has_preview) == (kind, media_type, has_preview)
    assert b"".join(storage.pieces(opened.path)) == content
    assert (file.size, opened.path.name) == (len(content), file.digest)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("film.png", HTML, "web page"),
        ("film.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "web page"),
        ("letter.pdf", PROGRAM, "a program"),
        ("film.dcm", PROGRAM[:128].ljust(128, b"\0") + b"DICM", "program"),
        ("run.txt", b"#!/bin/sh\nrm -rf /", "a script"),
        ("page.txt", b"<?php system($_GET['c']); ?>", "web page"),
        ("letter.docx", b"PK\x03\x04" + b"\0" * 40, "an archive"),
        ("film.gif", b"GIF89a/*" + HTML, "web page"),
        ("film.png", LARGE_PNG + HTML, "web page"),
        ("film.jpg", LARGE_JPEG + HTML, "web page"),
        ("film.jpg", image("JPEG") + ARCHIVE_END, "an archive"),
        ("letter.pdf", PDF + HTML, "web page"),
        ("letter.pdf", PDF + ARCHIVE_END, "an archive"),
        ("letter.pdf", PDF[:-60], "cut off"),
        ("film.png", b"\x89PNG\r\n\x1a\n" + b"nothing of a picture", "cannot be opened"),
        ("film.dcm", b"\0" * 128 + b"DICM" + b"\xff" * 64, "cannot be read"),
        ("film.dcm", dicom("image_dfl.dcm"), "packed"),
        ("empty.png", b"", "empty"),
        ("noise.bin", bytes(range(256)) * 4, "keeps images, PDF, DICOM and text"),
        ("sound.mp3", b"ID3\x03\x00\x00\x00\x00\x0f\x76" + b"\0" * 300, "keeps images, PDF, DICOM and text"),
    ],
)
def test_disguised_broken_or_foreign_file_is_refused_and_nothing_of_it_stays(
    cast: Cast, folder: Path, name: str, content: bytes, sentence: str
) -> None:
    with viewer.acting(cast.general.id):
        with pytest.raises(Unacceptable, match=sentence) as refused:
            store(cast, content, name)
        assert StoredFile.objects.count() == 0
    assert refused.value.sentence.endswith(".")
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_file_over_the_limit_is_refused_while_it_comes_in(cast: Cast, folder: Path, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 3 * 1024 * 1024

    class Endless(BytesIO):
        given = 0

        def read(self, size: int | None = -1) -> bytes:
            self.given += 1
            return b"\x89PNG\r\n\x1a\n".ljust(size or 1, b"x")

    source = Endless()
    with viewer.acting(cast.general.id), pytest.raises(Unacceptable, match="too large: 3 MB at most"):
        store(cast, source)
    assert source.given <= 4
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_picture_with_too_many_pixels_is_refused_before_any_is_read(cast: Cast) -> None:
    for size in (11_000, 60_000):
        with viewer.acting(cast.general.id), pytest.raises(Unacceptable, match="more than 120 million pixels"):
            store(cast, _with_size(size))


def _with_size(size: int) -> bytes:
    """Make a PNG whose header claims a size that its few bytes do not have."""
    picture = image("PNG")
    header = b"IHDR" + size.to_bytes(4, "big") * 2 + picture[24:29]
    return picture[:12] + header + zlib.crc32(header).to_bytes(4, "big") + picture[33:]


def test_film_with_broken_pixels_is_kept_without_preview(cast: Cast) -> None:
    picture = image("PNG", (300, 300))
    with viewer.acting(cast.general.id):
        assert store(cast, picture[: len(picture) // 2]).has_preview is False
        assert store(cast, dicom("MR_truncated.dcm")).has_preview is False


def test_preview_is_upright_small_and_carries_nothing_of_the_original(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        on_its_side = store(cast, photo("2025:11:02 10:00:00"), "a.jpg")
        large = store(cast, image("PNG", (4000, 1000)), "b.png")
        by = cast.general.actor
        first = queries.open_preview(on_its_side.id, by=by, at=NOON).path
        second = queries.open_preview(large.id, by=by, at=NOON).path
    with Image.open(first) as small, Image.open(second) as shrunk:
        assert (small.format, small.size, dict(small.getexif())) == ("PNG", (30, 40), {})
        assert shrunk.size == (1600, 400)


def test_dates_names_and_sizes_are_read_from_the_file(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        taken = store(cast, photo("2025:11:02 10:00:00"))
        future = store(cast, photo("2031:01:01 00:00:00"))
        film = store(cast, dicom("CT_small.dcm"))
    assert (taken.taken_on, future.taken_on) == (date(2025, 11, 2), None)
    assert taken.details == {"width": 40, "height": 30, "frames": 1}
    assert film.taken_on == date(1997, 4, 30)
    assert film.details["modality"] == "CT"
    assert film.details["patient_name"] == "CompressedSamples CT1"


def test_same_file_twice_is_one_and_names_are_never_paths(cast: Cast, folder: Path) -> None:
    with viewer.acting(cast.general.id):
        hostile = store(cast, image(), "../../../etc/\u202ecron.d\\..\\x\x00.png")
        assert store(cast, image(), "../../../etc/\u202ecron.d\\..\\x\x00.png") == hostile
        assert StoredFile.objects.count() == 1
    kept = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    place = Path(cast.general.id.hex) / hostile.digest[:2]
    assert kept == [place / hostile.digest, place / f"{hostile.digest}.preview.png"]
    assert hostile.name == "x.png"
    with pytest.raises(ValueError, match="SHA-256"):
        storage.path_of(cast.general.id, "../../secret-key")


def test_only_the_product_itself_can_read_the_folder(cast: Cast, folder: Path) -> None:
    with viewer.acting(cast.general.id):
        store(cast, image())
    for path in (folder, *folder.rglob("*")):
        mode = stat.S_IMODE(os.stat(path).st_mode)
        assert mode == (0o600 if path.is_file() else 0o700), path


def test_received_document_is_kept_whatever_it_is(cast: Cast) -> None:
    by = cast.general.actor
    with viewer.acting(cast.general.id):
        for content in (HTML, PROGRAM, bytes(range(256)), b'{"resourceType": "Bun', image(), PDF):
            file = actions.keep_document(name="ref.json", content=content, by=by, at=NOON)
            assert (file.kind, file.has_preview) == ("document", False)
            assert queries.open_file(file.id, by=by, at=NOON).path.read_bytes() == content
        with pytest.raises(Unacceptable):
            actions.keep_document(name="ref.json", content=b"", by=by, at=NOON)


def test_file_is_read_by_its_owner_and_by_whom_it_is_shared_with_and_each_look_is_written_down(cast: Cast) -> None:
    with viewer.acting(cast.general.id):
        file = store(cast, image())
    for stranger in (cast.surgery, cast.outsider):
        with viewer.acting(stranger.id), pytest.raises(StoredFile.DoesNotExist):
            queries.open_file(file.id, by=stranger.actor, at=NOON)
    with viewer.acting(cast.general.id):
        for _ in range(2):
            actions.share([file.id], with_organization_id=cast.surgery.id, at=NOON)
    with viewer.acting(cast.surgery.id):
        opened = queries.open_file(file.id, by=cast.surgery.actor, at=NOON)
        queries.open_preview(file.id, by=cast.surgery.actor, at=NOON)
        assert opened.path.read_bytes() == image()
        acts = list(Event.objects.order_by("id").values_list("act", flat=True))
        assert acts == ["file.opened", "file.previewed"]
        with pytest.raises(Unacceptable, match="of your own"):
            actions.share([file.id], with_organization_id=cast.outsider.id, at=NOON)
    with viewer.acting(cast.outsider.id):
        assert queries.visible([file.id]) == ()
        with pytest.raises(StoredFile.DoesNotExist):
            queries.open_preview(file.id, by=cast.outsider.actor, at=NOON)
