"""Promise 33: papers that leave carry no metadata and no hidden text. A PDF and pictures are filled with some 150
canaries, each where a program of its own hides things: properties, XMP, EXIF, IPTC, remarks, attachments, earlier
versions, layers, fields, tags, profiles of colors, words under boxes, white or drawn unseen. They go in through the
doors of the office and of the command line; of what comes out, two other readers find none, and its digest is the one
that was shown.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from posada.office.access.models import User
from posada.office.casefile.models import Document
from posada.office.intake.models import Child
from posada.office.packets.models import Build, Packet
from tests.office.packets import conftest as office
from tests.office.packets.filings import pdf as plain_pdf
from tests.office.people import browser_of
from tests.packets.made import exhibit, packet_toml
from tests.promises import hidden_things
from tests.promises.hidden_things import (
    SEEN,
    Canaries,
    found_in,
    read_by_objects,
    read_by_pil,
    read_by_poppler,
)
from tests.served_office import posada

pytestmark = pytest.mark.django_db
_day, child, lawyer, packet = office._day, office.child, office.lawyer, office.packet


@pytest.fixture
def _database(db: None) -> None:
    """What the office's own tests call it."""


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


def carriers(folder: Path, canaries: Canaries) -> dict[str, bytes]:
    """Papers as people bring them; each of their canaries is one that a reader finds in it."""
    made = {
        "paper.pdf": hidden_things.pdf(folder / "carrier.pdf", canaries).read_bytes(),
        "photo.jpg": hidden_things.jpeg(canaries, "a photograph"),
        "picture.png": hidden_things.png(canaries, "a picture"),
        "scan.tif": hidden_things.tiff(canaries),
    }
    found = read_by_objects(folder / "carrier.pdf") | read_by_poppler(
        folder / "carrier.pdf", folder / "before"
    )
    for content in made.values():
        found |= found_in(content) | read_by_pil(content)
    packed = {mark for mark in canaries.kinds if mark not in found}
    assert len(packed) <= 3, [canaries.kinds[each] for each in packed]
    return made


def left_in(path: Path, space: Path, canaries: Canaries) -> list[str]:
    """What two readers still find, in words."""
    marks = read_by_objects(path) | read_by_poppler(path, space)
    return sorted(canaries.kinds.get(each, each) for each in marks)


def test_a_packet_of_the_command_line(tmp_path: Path, canaries: Canaries) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    for name, content in carriers(tmp_path, canaries).items():
        (folder / name).write_bytes(content)
    packet_toml(folder, *(exhibit(f"Paper {each.stem}", each.name) for each in sorted(folder.iterdir())))
    out, space = tmp_path / "packet.pdf", tmp_path / "after"
    for more in (["--no-recognize"], []):
        ran = posada("packet", "build", folder, "--out", out, *more)
        assert ran.returncode == 0, ran.stderr
        left = left_in(out, space, canaries)
        print(f"{len(canaries.kinds)} tries to hide something, {len(left)} left in the packet")
        assert left == []
    assert "each is now a picture of itself" in ran.stderr + ran.stdout
    checked = posada("packet", "check", out, "--json")
    assert [each for each in json.loads(checked.stdout) if each["holds"] is False] == []


def test_a_packet_of_the_office_is_what_was_shown(
    tmp_path: Path, canaries: Canaries, child: Child, lawyer: tuple[User, Any], packet: Packet
) -> None:
    browser = browser_of(lawyer[0])
    files = [SimpleUploadedFile(name, content) for name, content in carriers(tmp_path, canaries).items()]
    sent = browser.post(reverse("scans_add", args=[packet.pk]), {"language": "eng", "files": files})
    assert sent.status_code == 302, sent.content
    assert browser.post(reverse("packet_build", args=[packet.pk])).status_code == 302
    build = Build.objects.get()
    assert build.state == Build.State.DONE, build.problems
    answer = browser.post(reverse("packet_download", args=[packet.pk]))
    out = tmp_path / "downloaded.pdf"
    out.write_bytes(answer.content)
    left = left_in(out, tmp_path / "after", canaries)
    print(f"{len(canaries.kinds)} tries to hide something, {len(left)} left in what the office gave out")
    assert left == []
    digest = hashlib.sha256(answer.content).hexdigest()
    assert digest == build.digest == Document.objects.get(pk=build.files[0]).digest
    told = " ".join(f"{key}: {value}" for key, value in answer.headers.items())
    assert not found_in(told.encode()) and SEEN.encode() not in told.encode()


def test_what_is_seen_is_still_there(tmp_path: Path, canaries: Canaries) -> None:
    """That the canaries are gone by being taken out, not because the pages are."""
    import pypdf

    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "paper.pdf").write_bytes(carriers(tmp_path, canaries)["paper.pdf"])
    (folder / "plain.pdf").write_bytes(plain_pdf("One", "Two"))
    packet_toml(folder, exhibit("Paper", "paper.pdf"), exhibit("Plain", "plain.pdf"))
    out = tmp_path / "packet.pdf"
    assert posada("packet", "build", folder, "--out", out, "--no-recognize").returncode == 0
    pages = [page.extract_text() for page in pypdf.PdfReader(out).pages]
    assert sum(f"{SEEN} 0" in each for each in pages) == 1  # its words are words still
    assert any("One" in each for each in pages)
    drawn = [len(page.images) for page in pypdf.PdfReader(out).pages]
    assert sum(count == 1 for count in drawn) >= 3  # the three that hid something are pictures


def test_the_readers_find_what_is_there(tmp_path: Path, canaries: Canaries) -> None:
    """A reader that finds nothing anywhere would let everything pass."""
    path = hidden_things.pdf(tmp_path / "carrier.pdf", canaries)
    by_objects, by_poppler = read_by_objects(path), read_by_poppler(path, tmp_path / "space")
    photo = hidden_things.jpeg(canaries, "a photograph")
    print(f"{len(by_objects)} openings by one reader, {len(by_poppler)} by the other")
    assert len(by_objects) > 120 and len(by_poppler) > 15 and len(read_by_pil(photo)) >= 4
