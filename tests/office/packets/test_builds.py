"""Building a packet out of the file: what comes out, what stops it, and what is left behind."""

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.conf import settings as django_settings
from PIL import Image

from posada.office.access.actor import Actor
from posada.office.access.models import RoleGrant, User
from posada.office.audit.models import Entry, Revision
from posada.office.casefile.documents import open_document
from posada.office.casefile.models import Document
from posada.office.packets import builds, selectors, services
from posada.office.packets.models import Build, Packet
from posada.office.packets.packet_shown import shown_packet
from posada.office.packets.selectors import exhibits_of
from tests.office.packets.filings import BROKEN_PDF, TRANSLATOR, locked_pdf, paper, with_tabs


@pytest.fixture
def actor(lawyer: tuple[User, Actor]) -> Actor:
    return lawyer[1]


def built(actor: Actor, packet: Packet) -> Build:
    return builds.ask_for_build(actor, packet)


def text_of(actor: Actor, build: Build) -> list[str]:
    """The text of each page, read by another library than wrote it."""
    content = open_document(actor, Document.objects.get(pk=build.files[0]))
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_a_translated_exhibit_and_a_report_become_a_packet_that_its_checker_accepts(
    actor: Actor, packet: Packet
) -> None:
    birth, _report = with_tabs(actor, packet, "Birth certificate", "Country report")
    english = paper(actor, packet.child, title="Birth certificate, in English")
    changes = {"language": "spa", "translation": english, **TRANSLATOR}
    services.change_exhibit(actor, birth, version=birth.version, changes=changes)
    build = built(actor, packet)
    assert (build.state, build.failure) == (Build.State.DONE, "")
    assert [each for each in build.findings if each["holds"] is False] == []
    pages = text_of(actor, build)
    assert packet.child.name in pages[0] and "000-000-017" in pages[0] and "Hon. Example" in pages[0]
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    assert any("Example Translator" in page for page in pages)
    kept = Document.objects.get(pk=build.files[0])
    assert (kept.kind, kept.child_id, kept.digest) == ("packet", packet.child_id, build.digest)
    shown = shown_packet(actor, packet)
    assert (shown.state_code, shown.missing, shown.can_be_filed) == ("built", 0, True)


def test_the_a_number_stands_on_the_cover_and_nowhere_else(actor: Actor, packet: Packet) -> None:
    with_tabs(actor, packet, "Country report")
    build = built(actor, packet)
    told = str([build.findings, build.notes, build.problems, list(Revision.objects.values_list("changed"))])
    assert "000-000-017" not in told and "000017" not in told
    assert "000-000-017" not in str(list(Entry.objects.values_list("detail")))
    assert Entry.objects.filter(act="sealed.use").count() == 1


def test_nothing_lies_open_after_a_building(actor: Actor, packet: Packet) -> None:
    with_tabs(actor, packet, "Country report")
    built(actor, packet)
    data = Path(django_settings.MEDIA_ROOT).parent
    assert [each for each in data.rglob("*") if each.is_file() and each.read_bytes()[:4] == b"%PDF"] == []
    assert not list((data / "packets-under-way").iterdir())


@pytest.mark.parametrize(
    ("content", "why"), [(locked_pdf(), "locked with a password"), (BROKEN_PDF, "damaged")]
)
def test_a_hostile_exhibit_is_named_by_its_tab_and_title_in_one_line(
    actor: Actor, packet: Packet, content: bytes, why: str
) -> None:
    with_tabs(actor, packet, "Country report")
    bad = paper(actor, packet.child, content, title="Hospital record")
    services.add_exhibits(actor, packet, [bad])
    build = built(actor, packet)
    assert (build.state, build.failure, build.files) == (Build.State.FAILED, "not_usable", [])
    (trouble,) = shown_packet(actor, packet).troubles
    assert (trouble.tab, trouble.title) == ("B", "Hospital record")
    assert why in str(trouble.reason) and "tab-b" not in str(trouble.reason)
    assert not Document.objects.filter(kind="packet").exists()


def test_a_scan_of_three_hundred_pages_becomes_three_hundred_pages(
    actor: Actor, packet: Packet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds.shutil, "which", lambda _name: None)  # reading 300 pictures takes minutes
    frames = [Image.new("1", (85, 110), 1) for _number in range(300)]
    held = io.BytesIO()
    frames[0].save(held, "TIFF", save_all=True, append_images=frames[1:], compression="group4")
    services.add_exhibits(actor, packet, [paper(actor, packet.child, held.getvalue(), title="School file")])
    build = built(actor, packet)
    assert (build.state, build.problems) == (Build.State.DONE, [])
    assert build.pages == 300 + 4  # cover, contents, tab sheet, proof of service


def test_what_is_missing_stops_the_building_before_anything_is_opened(actor: Actor, packet: Packet) -> None:
    with pytest.raises(builds.NotComplete):
        builds.ask_for_build(actor, packet)
    assert Build.objects.count() == 0
    assert not Entry.objects.filter(act="sealed.use").exists()


def test_who_may_no_longer_work_on_the_case_gets_no_packet(
    actor: Actor, packet: Packet, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_tabs(actor, packet, "Country report")
    build = waiting(actor, packet)
    RoleGrant.objects.filter(user_id=actor.user_id).delete()
    builds.run_build(build.pk)
    build.refresh_from_db()
    assert (build.state, build.failure) == (Build.State.FAILED, "no_longer_yours")


def waiting(actor: Actor, packet: Packet) -> Build:
    """A building that the worker has not begun."""
    return builds._queue(actor, packet, None)


def test_one_building_at_a_time_and_a_second_request_gets_the_first(actor: Actor, packet: Packet) -> None:
    with_tabs(actor, packet, "Country report")
    first = waiting(actor, packet)
    assert builds.ask_for_build(actor, packet).pk == first.pk
    assert Build.objects.count() == 1


def test_a_building_over_which_a_worker_died_twice_ends_as_failed(actor: Actor, packet: Packet) -> None:
    with_tabs(actor, packet, "Country report")
    build = waiting(actor, packet)
    Build.objects.filter(pk=build.pk).update(state=Build.State.BUILDING, tries=2)
    builds.run_build(build.pk)
    build.refresh_from_db()
    assert (build.state, build.failure) == (Build.State.FAILED, "worker_died")
    builds.run_build(build.pk)  # again: nothing


def test_what_a_killed_worker_left_open_is_removed_by_the_next(actor: Actor, packet: Packet) -> None:
    left = Path(django_settings.MEDIA_ROOT).parent / "packets-under-way" / "left"
    left.mkdir(parents=True)
    (left / "tab-a.pdf").write_bytes(b"%PDF-1.7")
    with_tabs(actor, packet, "Country report")
    built(actor, packet)
    assert not left.exists()


def test_a_large_packet_is_kept_in_parts_that_the_portal_takes(
    actor: Actor, packet: Packet, monkeypatch: pytest.MonkeyPatch
) -> None:
    import posada.packets.build as core

    plain: Any = core.build_packet
    monkeypatch.setattr(core, "build_packet", lambda *a, **k: plain(*a, **k, upload_bytes=450_000))
    noisy = [Image.effect_noise((900, 1100), 90).convert("L") for _number in range(3)]
    for number, image in enumerate(noisy):
        held = io.BytesIO()
        image.save(held, "JPEG", quality=35)
        scan = paper(actor, packet.child, held.getvalue(), title=f"Scan {number}")
        services.add_exhibits(actor, packet, [scan])
    build = built(actor, packet)
    assert build.state == Build.State.DONE, build.problems
    assert len(build.files) > 2
    assert all(Document.objects.get(pk=pk).size <= 450_000 for pk in build.files[1:])


def test_a_change_since_the_building_is_named_by_its_tab(actor: Actor, packet: Packet) -> None:
    _one, two = with_tabs(actor, packet, "Country report", "Letter")
    build = built(actor, packet)
    assert not selectors.changes_since(packet, exhibits_of(packet), build).is_stale
    services.change_exhibit(actor, two, version=two.version, changes={"title": "Letter of an aunt"})
    found = selectors.changes_since(packet, exhibits_of(packet), build)
    assert (found.tabs, found.cover, found.order, found.gone) == (("B",), False, False, 0)
    moved = services.move_exhibit(actor, exhibits_of(packet)[1], version=packet.version, where="up")
    services.take_out(actor, exhibits_of(moved)[1], version=1)
    assert selectors.changes_since(moved, exhibits_of(moved), build).gone == 1
    assert not shown_packet(actor, moved).can_be_filed


def test_a_building_that_was_given_up_has_failed_and_may_be_asked_for_anew(
    actor: Actor, packet: Packet
) -> None:
    with_tabs(actor, packet, "Country report")
    build = waiting(actor, packet)
    builds.give_up(build.pk)
    build.refresh_from_db()
    assert (build.state, build.failure) == (Build.State.FAILED, "worker_died")
    assert built(actor, packet).state == Build.State.DONE
    builds.give_up(build.pk)
    assert Build.objects.filter(state=Build.State.FAILED).count() == 1
