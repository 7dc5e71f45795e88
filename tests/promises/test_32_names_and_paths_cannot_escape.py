"""Promise 32: no name of a file and no path leads out of its folder, at any door that takes one: uploads of papers,
scans, reports and arrivals, zips, mappings, packet folders with links and devices, restored backups, opened exports,
stored names. A canary that lies outside is neither read nor changed nor given out, and no name gets into a header.

Short: 100 names at each door; 1,000 in the long run, `POSADA_NAMES=1000`. Files that this process opens are seen by
Python's own auditing; the doors of served processes are in test_32b.
"""

import hashlib
import io
import json
import os
import re
import stat
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from posada.cli import office_export, office_import
from posada.cli.refusals import NothingDone
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.casefile import vault
from posada.office.casefile.models import Document
from posada.office.intake import uploads
from posada.office.intake.archive import CannotOpenArchive, locked, opened
from posada.office.intake.models import Import
from posada.office.packets import share_archive
from posada.office.packets.models import Exhibit
from posada.office.packets.services import MOST_EXHIBITS
from posada.packets.build import build_packet
from posada.packets.folder import read_packet
from posada.programme.errors import FolderUnreadable
from posada.programme.folder import read_program
from posada.web.operating.entries import NotReadableEntry, read_entries, write_entry
from posada.web.operating.kept_files import OutsideItsPlace, other_files, write_file
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of
from tests.office.intake.folders import SETTINGS, folder
from tests.office.packets.filings import packet_for, pdf
from tests.office.people import browser_of, group_of, person
from tests.packets.made import exhibit, packet_toml, page_pdf
from tests.promises.hostile_names import ALONE, INJECTED, MARK, hostile_names, multipart, watch

pytestmark = pytest.mark.django_db
COUNT = int(os.environ.get("POSADA_NAMES", "100"))
PLAIN = re.compile(r'(attachment|inline); filename="[A-Za-z0-9._-]{1,80}"')
MODES = (stat.S_IFREG, stat.S_IFLNK, stat.S_IFCHR)
CHILDREN = folder()["children.csv"].decode().replace("2012-03-04", "2012-13-04")


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Path:
    """Where the office keeps what it is given; the canaries lie beside it."""
    settings.MEDIA_ROOT = str(tmp_path / "place" / "documents")
    (tmp_path / "outside").mkdir()
    page_pdf(tmp_path / "outside" / "canary.pdf", words=[MARK])
    (tmp_path / "outside" / "canary.csv").write_text(CHILDREN.replace("C1", MARK))
    (tmp_path / "place" / "documents").mkdir(parents=True)
    return tmp_path / "place"


@pytest.fixture
def names(place: Path) -> list[str]:
    return hostile_names(COUNT, canary=place.parent / "outside" / "canary.pdf")


def told(door: str, names: int, kept: int, seen: Any) -> None:
    """Say what was tried, and that nothing outside was touched."""
    assert (seen.touched, seen.written) == ([], [])
    assert names > 50
    print(f"{names:,} tries at {door}: {kept:,} taken under a name of ours, 0 read or written outside")


def is_injected(key: str, value: str) -> bool:
    """Whether a name made this header, or could make one: letters of it may stand in a plain name of ours."""
    return f"{INJECTED}:".lower() in f"{key}: {value}".lower()


def is_clean(answer: Any) -> None:
    """Nothing of the canary, and no header that a name has made."""
    assert MARK not in answer.content.decode("utf-8", "replace")
    injected = [f"{key}: {value}" for key, value in answer.headers.items() if is_injected(key, value)]
    assert injected == []
    if "Content-Disposition" in answer.headers:
        assert PLAIN.fullmatch(answer.headers["Content-Disposition"])
    assert answer.status_code < 500


def sent(browser: Client, address: str, fields: dict[str, str], *files: tuple[str, str, bytes]) -> Any:
    """Send a body that no library has put in order."""
    body, kind = multipart(fields, list(files))
    answer = browser.post(address, data=body, content_type=kind)
    is_clean(answer)
    return answer


def test_a_paper_under_any_name_is_kept_under_ours(place: Path, names: list[str]) -> None:
    child = group_of().children.get()
    browser = browser_of(person(Role.INTAKE_WORKER))
    address = reverse("document_add", args=[child.pk])
    with watch(place.parent / "outside", may_write=(place,)) as seen:
        for number, name in enumerate(names):
            content = (
                pdf(f"Paper {number}") if number < 3 else b"%PDF-1.7\n" + str(number).encode() + b"\n%%EOF\n"
            )
            fields = {"kind": "passport", "title": name[:150].replace("\0", "")}
            sent(browser, address, fields, ("file", name, content))
        for document in Document.objects.all():
            answer = browser.post(reverse("document_open", args=[document.pk]))
            is_clean(answer)
            assert hashlib.sha256(answer.content).hexdigest() == document.digest
    kept = list(Document.objects.values_list("stored_name", flat=True))
    assert sorted(each.name for each in vault.folder().iterdir()) == sorted(kept)
    assert len(kept) > COUNT // 2
    told("the upload of a paper", len(names), len(kept), seen)


def test_scans_and_reports_are_named_by_us(place: Path, names: list[str]) -> None:
    from posada.office.access.doors import seal_fields
    from posada.office.intake.models import ProgramSettings

    ProgramSettings.objects.update_or_create(pk=1, defaults={"plan_date": LATE_NOVEMBER, "state": "MD"})
    child = group_of().children.get()
    seal_fields(child, {"a_number": "000-000-017"})
    user, actor = attorney_of(child.group)
    browser = browser_of(user)
    report = {"title": "R", "country": "GTM", "source": "S", "published_on": "2026-01-01", "language": "eng"}
    with watch(place.parent / "outside", may_write=(place,)) as seen:
        for start in range(0, len(names), 20):
            if start % MOST_EXHIBITS == 0:
                packet = packet_for(actor, child)
            files = [
                ("files", name, b"%PDF-1.7\n" + str(start + number).encode() + b"\n%%EOF\n")
                for number, name in enumerate(names[start : start + 20])
            ]
            sent(browser, reverse("scans_add", args=[packet.pk]), {"named": "yes", "language": "eng"}, *files)
            sent(browser, reverse("library"), report, ("file", *files[0][1:]))
    titles = list(Exhibit.objects.values_list("title", flat=True))
    assert len(titles) > COUNT // 2 and not any("/" in each or "\\" in each for each in titles)
    told("scans and reports", len(names) + len(names) // 20, len(titles), seen)


def test_a_folder_of_arrivals_stays_one_folder(place: Path, names: list[str]) -> None:
    browser = browser_of(person(Role.INTAKE_WORKER))
    kept = tried = 0
    with watch(place.parent / "outside", may_write=(place,)) as seen:
        for number, name in enumerate(names):
            spelled = f'["children.csv"]\nfile = {json.dumps(name + ".csv")}\n'.encode()
            ways = [
                [("files", name + ".csv", CHILDREN.encode())],
                [("files", "mapping.toml", spelled), ("files", name + ".csv", CHILDREN.encode())],
                *([("files", "folder.zip", zipped(name, mode=mode))] for mode in MODES),
            ]
            for files in ways if COUNT >= 1_000 else [ways[number % len(ways)]]:
                sent(browser, "/arrivals/upload/", {}, *files)
                tried += 1
        for found in Import.objects.all():
            for file in [*{str(each[0]) for each in found.report.get("rejections", [])}, *names[:5]]:
                answer = browser.get(f"/imports/{found.pk}/refused/", {"file": file})
                is_clean(answer)
                kept += answer.status_code == 200
            is_clean(browser.get(f"/imports/{found.pk}/"))
    cache.clear()
    assert kept > 5
    told("arrivals", tried, kept, seen)


def zipped(name: str, *, mode: int = stat.S_IFREG) -> bytes:
    """A zip whose one member has this name, and is a link or a device where the mode says so."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        member = zipfile.ZipInfo("x")
        member.filename = (name + ".csv").replace("\0", "_") or "x"
        member.external_attr = (mode | 0o644) << 16
        content = CHILDREN if mode == stat.S_IFREG else "../outside/canary.csv"
        archive.writestr(member, content)
    return packed.getvalue()


def test_only_plain_files_of_a_zip_are_taken() -> None:
    for mode in (*MODES[1:], stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK):
        with pytest.raises(uploads.UploadRefused, match="points outside"):
            uploads.received([SimpleUploadedFile("a.zip", zipped("children", mode=mode))])


def test_a_program_folder_is_read_within_itself(place: Path, names: list[str]) -> None:
    outside = place.parent / "outside"
    refused = 0
    with watch(outside, may_write=(place,)) as seen:
        for name in names:
            (place / "programme.toml").write_bytes(SETTINGS)
            (place / "children.csv").write_text(CHILDREN)
            (place / "mapping.toml").write_text(
                "\n".join(
                    f"[{json.dumps(each)}]\nfile = {json.dumps(name)}" for each in ("homes.csv", "kin.csv")
                )
            )
            with pytest.raises(FolderUnreadable) as why:
                read_program(place)
            assert MARK not in str(why.value.messages)
            refused += 1
        for mapping in place.glob("mapping.toml"):
            mapping.unlink()
        for name, content in folder().items():
            (place / name).write_bytes(content)
        for name in folder():
            (place / name).unlink()
            for target in (outside / "canary.csv", Path("../outside/canary.csv"), "/dev/zero", "/dev/stdin"):
                (place / name).symlink_to(target)
                with pytest.raises((FolderUnreadable, NothingDone)) as told_why:
                    office_import._files(place)
                    read_program(place)
                assert MARK not in str(told_why.value)
                (place / name).unlink()
                refused += 1
            (place / name).write_bytes(folder()[name])
    assert read_program(place).children
    told("program folders, their mappings and links", refused, 0, seen)


def test_a_packet_is_built_from_its_folder_alone(place: Path, names: list[str], monkeypatch: Any) -> None:
    monkeypatch.chdir(place)
    outside, case = place.parent / "outside", place / "case"
    with watch(outside, may_write=(place,)) as seen:
        for name in names:
            made = packet_toml(case, exhibit("Paper", name, language="spa", translation=name))
            try:
                read = read_packet(made)
            except Exception as error:  # a title or a name that is no text
                assert type(error).__name__ == "PacketFolderBad" and MARK not in str(error)
                continue
            assert read.problems and not [
                s for e in read.packet.exhibits for s in (*e.sources, *e.translation)
            ]
        tried = len(names) + links_and_devices(case, outside)
    told("packet folders", tried, 0, seen)


def links_and_devices(case: Path, outside: Path) -> int:
    """Links of every length and devices as exhibits: a draft is built, and nothing of the canary is in it."""
    targets: list[str | Path] = [
        outside / "canary.pdf",
        "../../outside/canary.pdf",
        "/dev/zero",
        "/proc/self/environ",
    ]
    for number, target in enumerate(targets):
        (case / f"link-{number}.pdf").symlink_to(target)
        (case / f"twice-{number}.pdf").symlink_to(f"link-{number}.pdf")
    (case / "room").symlink_to(outside)
    (case / "loop.pdf").symlink_to("loop.pdf")
    os.mkfifo(case / "pipe.pdf")
    page_pdf(case / "good.pdf", words=["A good one"])
    files = [each.name for each in case.iterdir() if each.name not in ("packet.toml", "good.pdf", "room")]
    files += ["room/canary.pdf", "room/../outside/canary.pdf", "Room/canary.pdf"]
    packet_toml(case, *(exhibit("Paper", each) for each in [*files, "good.pdf"]))
    out = case.parent / "packet.pdf"
    built = build_packet(case, out, draft=True)
    assert len(built.missing) == len(files)
    import pypdf

    assert MARK not in "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    return len(files)


def test_a_backup_writes_into_its_place_alone(place: Path, names: list[str]) -> None:
    digest = hashlib.sha256(b"planted").hexdigest()
    written = []
    with watch(place.parent / "outside", may_write=(place,)) as seen:
        for name in names:
            stream = bytearray()
            write_entry(stream.extend, name, [b"planted"])
            ((read, blocks),) = ((each, list(some)) for each, some in read_entries([bytes(stream)]))
            with suppress(OutsideItsPlace, OSError):
                write_file(place, read, blocks)
                written.append(name)
            if leads_out(name):
                with pytest.raises(OutsideItsPlace):
                    other_files(place, {name: digest})
        assert other_files(place, dict.fromkeys(written, digest)) == []
    with pytest.raises(NotReadableEntry):
        list(read_entries([(2).to_bytes(4, "big") + b"\xff\xfe" + bytes(4)]))
    assert not any(map(leads_out, written))
    told("entries of a backup", len(names), len(written), seen)


def leads_out(name: str) -> bool:
    """Whether a path leaves its folder, as this system reads it."""
    return name.startswith("/") or "\0" in name or ".." in name.split("/")


def test_an_export_is_opened_into_its_folder_alone(place: Path, names: list[str], monkeypatch: Any) -> None:
    monkeypatch.setattr("posada.office.intake.archive.COST", 2)  # a key that is drawn a thousand times
    kept, words = 0, "a long enough passphrase"
    with watch(place.parent / "outside", may_write=(place,)) as seen:
        for number, name in enumerate(names):
            try:
                files = opened(
                    locked({name.replace("\0", "_") or "_": b"planted"}, passphrase=words), passphrase=words
                )
                office_export._write_all(place / str(number), files)
                kept += 1
            except (CannotOpenArchive, UnicodeEncodeError, OSError):
                assert not (place / str(number)).exists()
    told("members of an export", len(names), kept, seen)


def test_only_names_that_we_gave_are_looked_up(place: Path, names: list[str]) -> None:
    with watch(place.parent / "outside", may_write=(place,)) as seen:
        for name in names:
            for asked in (vault.path_of, share_archive.path_of):
                with pytest.raises(ValueError, match="not the name"):
                    asked(name)
            with pytest.raises(vault.FileUnreadable):
                vault.take_out(name)
    assert User.objects.count() == 0
    told("the store of papers and of shared archives", 3 * len(names), 0, seen)


def test_every_kind_of_name_is_among_them(names: list[str]) -> None:
    assert set(ALONE) <= set(names) and len(set(names)) == len(names) >= COUNT
