from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridgework.files import inspection, previews
from bridgework.files.content_type import Inspected
from bridgework.files.tests.samples import DICOM_FOLDER, PDF, dicom, image
from bridgework.files.unacceptable import Unacceptable

TODAY = date(2026, 3, 3)
DICOM_FILES = sorted(path.name for path in DICOM_FOLDER.glob("*.dcm") if path.read_bytes()[128:132] == b"DICM")
WHOLE = [image("PNG"), image("JPEG"), image("GIF", mode="P"), image("TIFF"), image("WEBP"), PDF, dicom("CT_small.dcm")]
HEADS = [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-1.7", b"\0" * 128 + b"DICM", b"GIF89a", b"II*\0", b"RIFF"]
patient = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)


def look(folder: Path, content: bytes) -> Inspected | None:
    path = folder / "content"
    path.write_bytes(content)
    try:
        found = inspection.inspect(path, on=TODAY)
    except Unacceptable as refused:
        _in_a_sentence(refused)
        return None
    previews.make(path, found)
    return found


def _in_a_sentence(refused: Unacceptable) -> None:
    assert refused.sentence.endswith(".")


@patient
@given(head=st.sampled_from(HEADS), rest=st.binary(max_size=600))
def test_whatever_bytes_come_they_are_known_or_refused_in_a_sentence(tmp_path: Path, head: bytes, rest: bytes) -> None:
    look(tmp_path, head + rest)


@patient
@given(whole=st.sampled_from(WHOLE), place=st.floats(0, 1), change=st.binary(min_size=1, max_size=8), cut=st.booleans())
def test_damaged_file_is_known_or_refused_in_a_sentence(
    tmp_path: Path, whole: bytes, place: float, change: bytes, cut: bool
) -> None:
    at = int(place * len(whole))
    look(tmp_path, whole[:at] + change + (b"" if cut else whole[at + len(change) :]))


@pytest.mark.parametrize("name", DICOM_FILES)
def test_every_dicom_file_of_the_wild_is_read_or_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    found = look(tmp_path, dicom(name))
    assert (found is None) == (name == "image_dfl.dcm")


@pytest.mark.parametrize(
    "name",
    ["CT_small.dcm", "MR_small_RLE.dcm", "JPEG2000.dcm", "SC_rgb_jpeg_dcmtk.dcm", "MR_small_padded.dcm", "examples_palette.dcm",
     "SC_rgb_rle_16bit_2frame.dcm", "MR_small_bigendian.dcm", "examples_ybr_color.dcm"],
)  # fmt: skip
def test_film_gets_a_preview(tmp_path: Path, name: str) -> None:
    path = tmp_path / "film"
    path.write_bytes(dicom(name))
    picture = previews.make(path, inspection.inspect(path, on=TODAY))
    assert picture is not None
    assert picture.startswith(b"\x89PNG")


def test_too_many_frames_or_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "MOST_FRAMES", 1)
    monkeypatch.setattr(inspection, "MOST_PAGES", 0)
    for content, sentence in ((dicom("SC_rgb_rle_2frame.dcm"), "more than 1 frames"), (PDF, "more than 0 pages")):
        path = tmp_path / "content"
        path.write_bytes(content)
        with pytest.raises(Unacceptable, match=sentence):
            inspection.inspect(path, on=TODAY)
