"""`bridgework read` and `bridgework import`, as functions and once as the command itself."""

import json
from pathlib import Path

import pytest

from bridgework.access import viewer
from bridgework.intake.models import InboxItem
from bridgework.interop.fhir.tests.as_xml import to_xml
from bridgework.interop.fhir.tests.referral_note import referral_bundle
from bridgework.lib.data_folder import ConfigurationError
from bridgework.ops import reading_files
from bridgework.ops.reading_files import Summary
from bridgework.ops.tests import running
from tests.cast import NOON, Cast


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a note.json").write_text(json.dumps(referral_bundle()), encoding="utf-8")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "same note.xml").write_bytes(to_xml(referral_bundle()))
    (tmp_path / ".hidden").write_text("{}", encoding="utf-8")
    return tmp_path


def take_in(path: Path, who: str, *, confirms: bool = False) -> Summary:
    return reading_files.take_in(path, who, confirms=confirms, now=lambda: NOON)


def items(cast: Cast) -> list[InboxItem]:
    with viewer.acting(cast.surgery.id):
        return list(InboxItem.objects.filter(organization_id=cast.surgery.id))


def test_read_prints_one_object_a_line_and_needs_no_database(folder: Path) -> None:
    (folder / "broken.json").write_text('{"resourceType": "Bundle", ', encoding="utf-8")
    done = running.run("read", str(folder), DATABASE_URL="postgresql://nobody@/nowhere")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["file"], line["kind"]) for line in lines] == [
        ("a note.json", "referral"),
        ("broken.json", "other"),
        ("same note.xml", "referral"),
    ]
    assert lines[0]["patient"] == lines[2]["patient"]
    assert (done.returncode, done.stderr) == (0, "")


def test_missing_file_is_refused_before_any_is_read(folder: Path) -> None:
    done = running.run("read", str(folder / "a note.json"), str(folder / "none.json"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "none.json" in done.stderr


def test_the_same_document_in_two_formats_is_one_item_and_a_second_import_changes_nothing(
    cast: Cast, folder: Path
) -> None:
    assert take_in(folder, "harbor-oral-surgery") == Summary(files=2, new=1, unchanged=1)
    assert take_in(folder, "harbor-oral-surgery") == Summary(files=2, unchanged=2)
    assert [item.kind for item in items(cast)] == ["referral"]


def test_confirmed_import_makes_one_referral_however_often_it_runs(cast: Cast, folder: Path) -> None:
    first = take_in(folder, "harbor-oral-surgery", confirms=True)
    assert (first.referrals, first.errors) == (1, [])
    again = take_in(folder, "harbor-oral-surgery", confirms=True)
    assert (again.new, again.referrals, again.errors) == (0, 0, [])
    (item,) = items(cast)
    assert item.referral_id is not None


def test_file_that_is_not_understood_is_an_item_too_and_one_that_cannot_be_kept_is_an_error(
    cast: Cast, tmp_path: Path
) -> None:
    (tmp_path / "broken.json").write_text('{"resourceType": "Bundle", ', encoding="utf-8")
    (tmp_path / "empty.json").write_bytes(b"")
    summary = take_in(tmp_path, "harbor-oral-surgery", confirms=True)
    assert (summary.files, summary.new) == (2, 1)
    assert [error.rpartition("/")[2].split(":")[0] for error in summary.errors] == ["empty.json"]
    assert [item.kind for item in items(cast)] == ["other"]


def rehearse(path: Path, who: str) -> Summary:
    return reading_files.rehearse(path, who, now=lambda: NOON)


def test_rehearsal_stores_nothing_and_tells_what_would_be_new(cast: Cast, folder: Path) -> None:
    assert rehearse(folder, "harbor-oral-surgery") == Summary(files=2, new=2)
    assert items(cast) == []
    take_in(folder, "harbor-oral-surgery")
    assert rehearse(folder, "harbor-oral-surgery") == Summary(files=2, unchanged=2)
    with pytest.raises(ConfigurationError, match="no organization 'elsewhere'"):
        rehearse(folder, "elsewhere")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reading_files._content

    def content(path: Path) -> bytes:
        if path.suffix == ".json":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(reading_files, "_content", content)
    summary = take_in(folder, "harbor-oral-surgery")
    assert (summary.files, summary.new) == (2, 1)
    assert [error.rpartition("/")[2] for error in summary.errors] == [
        "a note.json: The file cannot be read (Permission denied)."
    ]


def test_unknown_organization_is_refused_by_name(cast: Cast, folder: Path) -> None:
    with pytest.raises(ConfigurationError, match="no organization 'elsewhere'"):
        take_in(folder, "elsewhere")


def test_summary_is_one_number_a_line() -> None:
    summary = Summary(files=2, new=1, unchanged=1, errors=["x: broken"])
    assert summary.lines() == ["files: 2", "new: 1", "unchanged: 1", "referrals: 0", "errors: 1"]
