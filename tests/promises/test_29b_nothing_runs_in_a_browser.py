"""Promise 29, in real browsers: of 500 kinds of payloads in every text of a served office and of the public site none
runs on any page: no dialog, no mark on the window, no call to another server, nothing that a policy had to block.

Short: 100 kinds and a part of the pages, in Chromium. `POSADA_TEST_ALL=1`: 500 kinds, every page for every role that
sees it, in Chromium, Firefox and WebKit.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.engines import Engine
from tests.newsroom import newsroom_site
from tests.newsroom.desk_visitor import signed_in
from tests.newsroom.newsroom_site import figures, make_site, served_site, write_figures
from tests.newsroom.test_engines import ENGINES
from tests.promises.seen_running import Eyes, shown
from tests.promises.watched_pages import DESK, watched
from tests.served_office import environment, served

pytestmark = pytest.mark.browser
ALL = os.environ.get("POSADA_TEST_ALL") == "1"
KINDS = 500 if ALL else 100
EACH = "all" if ALL else "5"
"""Every how many pages one is looked at; `all` of them for every role."""
ROOT = Path(__file__).parent.parent.parent
Page = dict[str, str]


def told(module: str, *words: str, **own: str) -> Any:
    """What a module of this folder prints, in a process and an environment of its own."""
    command = [sys.executable, "-m", f"tests.promises.{module}", *words]
    ran = subprocess.run(
        command, cwd=ROOT, env=own or environment(), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout)


@pytest.mark.parametrize("engine", ENGINES if ALL else ["chromium"])
def test_nothing_runs_on_any_page_of_the_office(engine: str, demonstration: Path, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(demonstration, folder)
    pages = told("planted_office", str(folder), "pages", EACH)

    def plant(listener: str) -> int:
        planted = told("planted_office", str(folder), "plant", listener, str(KINDS))
        return int(planted["texts"] + planted["sealed"])

    with ExitStack() as stack:
        office = stack.enter_context(served(folder))
        between = stack.enter_context(watched(office.address))
        eyes = Eyes(begun(engine, stack, tmp_path), between)
        nothing_runs(eyes, pages, plant)


@pytest.mark.parametrize("engine", ENGINES if ALL else ["chromium"])
def test_nothing_runs_on_the_public_site_or_its_desk(engine: str, tmp_path: Path) -> None:
    folder = make_site(tmp_path / "public" / "newsroom")
    ours = newsroom_site.environment(folder)
    with ExitStack() as stack:
        site = stack.enter_context(served_site(folder))
        write_figures(site.exchange, figures())
        cookies = signed_in(site, "writer").cookies
        session = next(each.value or "" for each in cookies if each.name == "newsroom_session")
        addresses: list[str] = told("planted_newsroom", "pages", **ours)
        pages = [{"address": each, "session": session * each.startswith(DESK)} for each in addresses]
        between = stack.enter_context(watched(site.address, cookie="newsroom_session"))
        eyes = Eyes(begun(engine, stack, tmp_path), between)
        pages = pages if ALL else pages[::5]
        nothing_runs(
            eyes, pages, lambda listener: told("planted_newsroom", "plant", listener, str(KINDS), **ours)
        )


def begun(name: str, stack: ExitStack, folder: Path) -> Callable[[], Engine]:
    """Begins the browser, and begins it anew where it ended by itself."""
    profiles = (folder / f"profile-{number}" for number in count())
    return lambda: stack.enter_context(ENGINES[name](next(profiles)))


def nothing_runs(eyes: Eyes, pages: list[Page], plant: Callable[[str], int]) -> None:
    """Look through the pages as they are, plant, look through them again."""
    seen, called = eyes.between.seen, eyes.between.called
    eyes.is_awake()
    raw = eyes.how_many_run_raw(KINDS)
    look_through(eyes, pages)
    eyes.is_awake()  # also: what was reported before has come
    assert eyes.ran() == [], shown(eyes.ran())
    planted, honest = plant(called), seen.policies
    look_through(eyes, pages)
    eyes.is_awake()
    ran = eyes.ran()
    print(
        f"{eyes.engine.name}: {KINDS} payloads tried, {len(ran)} ran ({raw} of them do where nothing is escaped); "
        f"{planted} texts planted, {len(seen.shown)} kinds shown on {seen.policies - honest} pages; "
        f"{honest} honest pages before, 0 reports; {len(seen.too_wide)} policies too wide; "
        f"the browser itself ended on {len(set(eyes.ended))} pages {sorted(set(eyes.ended))}"
    )
    assert len(set(eyes.ended)) <= eyes.pages // 50, eyes.ended
    assert ran == [], shown(ran)
    assert seen.too_wide == [], shown(seen.too_wide)
    assert raw > KINDS // 2 and honest > 15 and len(seen.shown) >= (KINDS if ALL else KINDS // 2)


def look_through(eyes: Eyes, pages: list[Page]) -> None:
    """Every page as whom it opens to."""
    for each in pages:
        eyes.between.session = each["session"]
        eyes.look_at(each["address"])
