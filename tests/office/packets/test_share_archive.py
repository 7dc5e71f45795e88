"""The archive opens with its code alone, and no name in it says anything of a person."""

import io
import zipfile
from pathlib import Path

import pytest
import pyzipper

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.docket.models import Deadline
from posada.office.packets import share_archive
from posada.office.packets.models import Packet
from tests.office.packets.filings import paper

CODE = "abcde-fghjk-mnpqr-stuvw-xyz23"


@pytest.fixture
def written(lawyer: tuple[User, Actor], packet: Packet) -> Path:
    one = paper(lawyer[1], packet.child, title="Letter of Juana Canary")
    made = share_archive.write_archive(lawyer[1], packet.child, [one], code=CODE)
    return share_archive.path_of(made.name)


def test_names_outside_and_inside_say_nothing(written: Path, packet: Packet) -> None:
    with zipfile.ZipFile(written) as plain:
        assert plain.namelist() == ["start-here.html", "papers/001.pdf"]
        assert all(each.flag_bits & 1 for each in plain.infolist())
    content = written.read_bytes()
    assert packet.child.family_name.encode() not in content and b"Canary" not in content


def test_it_opens_with_the_code_and_with_no_other(written: Path, packet: Packet) -> None:
    with pyzipper.AESZipFile(written) as archive:
        archive.setpassword(CODE.encode())
        start = archive.read("start-here.html").decode()
        assert archive.read("papers/001.pdf").startswith(b"%PDF")
    assert packet.child.name in start and "Letter of Juana Canary" in start
    assert "Statement of remedies" in start and "Asylum" in start
    assert Deadline.objects.count() == 0 or "8 CFR" in start
    with pyzipper.AESZipFile(io.BytesIO(written.read_bytes())) as archive:
        archive.setpassword(b"another")
        with pytest.raises(RuntimeError):
            archive.read("start-here.html")


def test_what_could_not_be_written_leaves_nothing(
    lawyer: tuple[User, Actor], packet: Packet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_anything: object) -> str:
        raise OSError

    monkeypatch.setattr(share_archive, "start_page", broken)
    with pytest.raises(OSError):
        share_archive.write_archive(lawyer[1], packet.child, [], code=CODE)
    assert list(share_archive.folder().iterdir()) == []


def test_no_other_path_is_an_archive() -> None:
    for name in ("../documents/x", "", "a" * 63):
        with pytest.raises(ValueError):
            share_archive.path_of(name)
