"""Promise 28: every guard fails closed. Each is taken away in each of its ways while the acts that need it are done
through their own doors: none is done or half done, nothing lies open or leaves, the page says what is wrong, and the
same act is done once the guard is back. An act that does not need it goes on.

Short: each way with the acts that need it. `POSADA_TEST_ALL=1`: each way with every act.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import override_settings

from posada.office.access.roles import Role
from posada.office.casefile.models import Document
from posada.office.desk.models import Mail
from posada.office.intake.models import ProgramSettings
from posada.office.nudges.telling import tell_staff
from tests.office.docket.cases import LATE_NOVEMBER
from tests.office.intake.state import everything
from tests.office.nudges.desks import desk, ready, told
from tests.office.nudges.test_telling import answered, at
from tests.office.people import person
from tests.packets.made import page_pdf
from tests.promises import guarded_acts
from tests.promises.guarded_acts import BY_A_PERSON, CLOCK, PDF, SECRET, Act
from tests.promises.guards_away import Guard, guards
from tests.promises.mail_server import mail_server
from tests.push.fake_service import fake_service

pytestmark = pytest.mark.django_db
ALL = os.environ.get("POSADA_TEST_ALL") == "1"
ALWAYS = frozenset({"usersessions.usersession"})
"""That a session was used is noted with every page."""
REFUSED = (302, 409, 422, 500, 503)
WAYS = 13
"""In how many ways the guards of people's acts are taken away."""
TOLD_NOTHING = re.compile(r"Traceback|Error\b|sqlite|psycopg|/proc|/tmp|site-packages", re.IGNORECASE)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Where documents lie; everything the office writes stands in it or in the database."""
    settings.MEDIA_ROOT = str(tmp_path / "data" / "documents")
    ProgramSettings.objects.update_or_create(pk=1, defaults={"plan_date": LATE_NOVEMBER, "state": "MD"})
    (tmp_path / "data").mkdir()
    yield tmp_path / "data"
    cache.clear()


def written(folder: Path) -> dict[str, bytes]:
    """Every file, with what it holds."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lies_open(folder: Path) -> list[str]:
    """Files in which a paper or a secret can be read."""
    return [name for name, held in written(folder).items() if SECRET.encode() in held or held[:4] == PDF[:4]]


def is_refused(act: Act, guard: Guard, folder: Path) -> None:
    """Nothing was done, halfway or at all, and the page says so."""
    page = act.last.content.decode(errors="replace")
    assert not act.done(), f"{guard.kind} {guard.how}: it was done all the same"
    assert SECRET not in page and not act.last.content.startswith(PDF[:4])
    assert act.last.status_code in (200, *REFUSED, *[404] * (guard.kind == CLOCK)), act.last.status_code
    assert not TOLD_NOTHING.search(re.sub(r"(?s)<script.*?</script>|<[^>]*>", "", page)), page[-600:]
    assert act.last.status_code == 302 or any(each in page for each in guard.says), re.sub(
        "<[^>]*>", " ", page
    )
    assert lies_open(folder) == []


def try_without(act: Act, guard: Guard, folder: Path) -> None:
    """The act while the guard is away, and once it is back."""
    before, files = everything(), written(folder)
    with guard.away():
        act.try_it()
    is_refused(act, guard, folder)
    changed = {table for table, rows in everything().items() if rows != before[table]}
    assert changed <= act.leaves | ALWAYS, f"{guard.kind} {guard.how}: {sorted(changed - act.leaves)} changed"
    assert written(folder) == files
    cache.clear()
    act.try_it()
    assert act.done(), f"{guard.kind} {guard.how}: not done though it is back: {act.last.status_code}"
    assert lies_open(folder) == []


@pytest.mark.parametrize("make", BY_A_PERSON, ids=lambda make: make.__name__)
def test_without_its_guard_an_act_is_not_done_and_with_it_it_is(
    make: Callable[[], Act], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways, refused, went_on = guards(monkeypatch, tmp_path), 0, 0
    assert len(ways) == WAYS
    needs = make().needs
    for guard in ways:
        if guard.kind in needs:
            try_without(make(), guard, folder)
            refused += 1
        elif ALL:
            act = make()
            with guard.away():
                act.try_it()
            assert act.done() or guard.kind in act.stopped_too, guard
            went_on += act.done()
    print(
        f"{make.__name__}: {refused} ways of {len(ways)} stopped it, 0 bytes lay open or left; "
        f"{went_on} tries went on without a guard that it does not need"
    )
    assert refused > 0


@pytest.mark.parametrize("mood", ["hanging", "rubbish", "refusing", "dying", "away"])
def test_a_message_waits_for_its_server_and_is_sent_once(mood: str, settings: Any) -> None:
    with mail_server(settings) as server:
        act = guarded_acts.sending_the_digest(server)
        port = settings.EMAIL_PORT
        if mood == "away":
            settings.EMAIL_PORT = 1
        server.mood = mood
        before = everything()
        act.try_it()
        assert server.taken == []
        changed = {table for table, rows in everything().items() if rows != before[table]}
        assert changed <= act.leaves | ALWAYS, changed
        assert Mail.objects.get().state == Mail.State.QUEUED
        server.mood, settings.EMAIL_PORT = "well", port
        act.try_it()
        act.try_it()
        assert act.done() and Mail.objects.get().state == Mail.State.HANDED_OVER
    print(f"{mood}: 1 message kept through 1 try without its server, then sent in 1 of 2 tries")


@pytest.mark.parametrize("how", ["missing", "rubbish"])
def test_without_its_push_key_no_phone_is_woken_and_with_it_once(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = django_settings.DEPLOYMENT
    away = replace(held, keys=replace(held.keys, push="" if how == "missing" else "rubbish"))
    with fake_service() as service:
        desk(ready(service, monkeypatch), person(Role.PLACEMENT_WORKER), "offer-answered")
        answered()
        with override_settings(DEPLOYMENT=away):
            assert (tell_staff(at=at(10)), told(service)) == (0, [])
        assert (tell_staff(at=at(10)), tell_staff(at=at(11)), len(told(service))) == (1, 0, 1)
    print(f"push key {how}: 0 requests without it, 1 with it in 2 tries")


def test_a_paper_whose_camera_data_cannot_be_taken_out_leaves_in_no_packet(tmp_path: Path) -> None:
    cut = b"\xff\xd8\xff\xe1\x00\x1cExif\0\0" + SECRET.encode() + b"\xff\xdb\xff\xff cut off"

    def put_in(pdf: pikepdf.Pdf) -> None:
        told = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": 8, "Height": 8}
        picture = pikepdf.Stream(pdf, cut, **told, Filter=pikepdf.Name.DCTDecode)
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Im0=picture)
        pdf.pages[0].contents_add(b"q 100 0 0 100 0 0 cm /Im0 Do Q")

    spoiled = page_pdf(tmp_path / "spoiled.pdf", change=put_in).read_bytes()
    for exhibit, is_done in ((spoiled, False), (None, True)):
        act = guarded_acts.building_a_packet(exhibit)
        act.try_it()
        assert act.done() == is_done
        assert Document.objects.filter(kind="packet").exists() == is_done
        assert is_done or "print and scan it" in unescape(act.last.content.decode())
    print("2 tries: a picture that can't be bared stopped its packet by name; the next packet was built")
