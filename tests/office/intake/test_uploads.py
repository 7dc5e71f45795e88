"""What a browser sends is bounded before it is opened, and a zip leads nowhere but into one folder."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from posada.office.intake import uploads
from posada.office.intake.uploads import UploadRefused, received
from tests.office.intake.folders import folder


def zipped(members: dict[str, bytes]) -> SimpleUploadedFile:
    """An upload of a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("program.zip", packed.getvalue())


def test_files_and_a_zip_of_their_folder_are_the_same() -> None:
    each = [SimpleUploadedFile(name, content) for name, content in folder().items()]
    assert received(each) == folder()
    assert received([zipped({f"program/{name}": content for name, content in folder().items()})]) == folder()


def test_chaff_beside_a_folder_is_passed_over() -> None:
    sent = zipped(
        {"a/children.csv": b"x", "__MACOSX/._children.csv": b"y", "a/.DS_Store": b"z", "a/read.pdf": b""}
    )
    assert received([sent]) == {"children.csv": b"x"}


@pytest.mark.parametrize(
    "name",
    ["../children.csv", "/etc/children.csv", "a\\children.csv", "c:children.csv", "a/../../children.csv"],
)
def test_a_name_that_points_outside_is_refused(name: str) -> None:
    with pytest.raises(UploadRefused):
        received([zipped({name: b"x"})])


@pytest.mark.parametrize("kind", [0o120000, 0o020000, 0o060000, 0o010000, 0o140000])
def test_a_link_or_a_device_is_refused(kind: int) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("children.csv")
        link.external_attr = (kind | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(UploadRefused):
        received([SimpleUploadedFile("program.zip", packed.getvalue())])


def test_a_bomb_a_nested_zip_two_folders_and_too_many_files_are_refused() -> None:
    inner = zipped({"children.csv": b"x"}).read()
    for members in (
        {"children.csv": b"0" * 30_000_000},
        {"children.csv": inner},
        {"a/children.csv": b"x", "b/homes.csv": b"y"},
        {f"{number}.csv": b"x" for number in range(41)},
    ):
        with pytest.raises(UploadRefused):
            received([zipped(members)])


def test_a_damaged_zip_an_empty_upload_and_a_file_sent_twice_are_refused() -> None:
    for sent in (
        [SimpleUploadedFile("program.zip", b"PK\x03\x04 and nothing more")],
        [],
        [SimpleUploadedFile("children.csv", b"a"), SimpleUploadedFile("children.csv", b"b")],
        [SimpleUploadedFile("letter.pdf", b"%PDF")],
    ):
        with pytest.raises(UploadRefused):
            received(sent)


def test_what_is_too_large_is_refused_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 1_000)
    with pytest.raises(UploadRefused):
        received([SimpleUploadedFile("children.csv", b"x" * 1_001)])


def test_files_wait_sealed() -> None:
    kept = uploads.sealed(folder())
    assert b"children.csv" not in kept
    assert uploads.unsealed(kept) == folder()
