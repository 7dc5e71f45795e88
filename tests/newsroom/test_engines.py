"""What a visitor does on the public site, in three engines: Chromium, Gecko (Firefox) and WebKit (GTK).

Every journey runs in Chromium, and one in each of the other two; with POSADA_TEST_ALL=1 all of them run in all three.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from posada.office.exchange_keys import letters_opener
from posada.office.opened_letter import open_letter
from tests.chromium import chromium
from tests.engines import Engine, firefox, webkit
from tests.newsroom.newsroom_site import SEALING_KEY, Site

ALL = os.environ.get("POSADA_TEST_ALL") == "1"
GO = "main form button.go"


class Blink(Engine):
    """Chromium behind the same small interface."""

    def __init__(self, page: Page) -> None:
        self.name, self.page = "Chromium", page

    def goto(self, address: str) -> None:
        self.page.goto(address)

    def fill(self, selector: str, text: str) -> None:
        self.page.locator(selector).fill(text)

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def submit(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.press(selector)

    def choose(self, selector: str, value: str) -> None:
        self.page.locator(selector).select_option(value)

    def text(self, selector: str = "main") -> str:
        return self.page.locator(selector).first.inner_text()

    def address(self) -> str:
        return self.page.url

    def script(self, lines: str, *given: Any) -> Any:
        return self.page.evaluate(f"() => {{ {lines} }}")


@contextmanager
def blink(_folder: Path) -> Iterator[Engine]:
    with chromium() as browser:
        yield Blink(browser.new_page(viewport={"width": 390, "height": 844}))


ENGINES: dict[str, Callable[[Path], AbstractContextManager[Engine]]] = {
    "chromium": blink,
    "firefox": firefox,
    "webkit": webkit,
}


def a_family_asks_to_open_its_home(engine: Engine, site: Site) -> None:
    """From an article to a letter that only the office opens; the form is left in between and found again."""
    engine.goto(f"{site.address}/es/sala-de-prensa/un-estado-pidio-ayuda/")
    assert "184" in engine.text() and "Baltimore" in engine.text()
    engine.goto(f"{site.address}/es/abra-su-hogar/")
    before = set((site.exchange / "from_public").glob("*.letter"))
    engine.choose("#id_county", "24045")
    engine.choose("#id_best_language", "mam")
    _wait_a_moment(engine)
    engine.submit(GO)
    kept = engine.address()
    engine.goto(site.address)
    engine.goto(kept)  # by the link that was kept
    engine.press("#id_beds_2")
    engine.press("#id_languages_1")
    _wait_a_moment(engine)
    engine.submit(GO)
    engine.fill("#id_contact_name", "Ana Ñandú")
    engine.fill("#id_phone", "555-0100")
    _wait_a_moment(engine)
    engine.submit(GO)
    assert "Ana Ñandú" in engine.text() and "Wicomico" in engine.text()
    _wait_a_moment(engine)
    engine.submit(GO)
    assert "Ñandú" not in engine.text()
    (letter,) = set((site.exchange / "from_public").glob("*.letter")) - before
    told = open_letter(letter.read_bytes(), key=letters_opener(SEALING_KEY))
    assert told["language"] == "es" and told["answers"]["contact_name"] == "Ana Ñandú"
    assert told["answers"]["beds"] == 3 and told["answers"]["county"] == "24045"


def a_clip_is_there_to_read_and_never_plays_by_itself(engine: Engine, site: Site) -> None:
    """Its running time, its captions, its transcript."""
    engine.goto(f"{site.address}/newsroom/who-opened-the-door/")
    assert "01:32" in engine.text()
    video = "const v = document.querySelector('video');"
    assert engine.script(f"{video} return [v.paused, v.autoplay, v.textTracks.length]") == [True, False, 2]
    engine.script("document.querySelector('figure details').open = true; return 1")
    assert "step up" in engine.text("figure details .prose").lower()


def a_visitor_changes_the_language_and_reads_the_numbers(engine: Engine, site: Site) -> None:
    """The same page in the other language, nothing wider than the window, and a file to download."""
    engine.goto(f"{site.address}/numbers/")
    assert "184" in engine.text()
    other = engine.script("return document.querySelector('a[lang=es][href]').getAttribute('href')")
    engine.goto(site.address + str(other))
    assert engine.script("return document.documentElement.lang") == "es"
    assert engine.script("return document.documentElement.scrollWidth <= innerWidth")
    assert engine.script("return document.cookie") == ""


JOURNEYS = [
    a_family_asks_to_open_its_home,
    a_clip_is_there_to_read_and_never_plays_by_itself,
    a_visitor_changes_the_language_and_reads_the_numbers,
]


@pytest.mark.browser
@pytest.mark.parametrize("name", ENGINES)
def test_what_a_visitor_does(name: str, site: Site, tmp_path: Path) -> None:
    with ENGINES[name](tmp_path / name) as engine:
        for journey in JOURNEYS if ALL or name == "chromium" else JOURNEYS[:1]:
            journey(engine, site)


def _wait_a_moment(engine: Engine) -> None:
    """As long as a quick person takes; a machine is quicker."""
    engine.script("const until = Date.now() + 1100; while (Date.now() < until) {}")
