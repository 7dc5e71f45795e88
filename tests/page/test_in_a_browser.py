"""The page in a real browser: nothing fetched, nothing cut off, nothing that a screen reader trips over."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from posada.page.render import render
from tests.chromium import chromium
from tests.page.sample import sample, summary_of

pytestmark = pytest.mark.browser
PAGES = {
    "public": ({"gap": 3}, "en", False),
    "spanish": ({"gap": 3}, "es", False),
    "office": ({"groups": 30}, "en", True),
    "few": ({"groups": 4, "waiting_groups": 2, "alone_groups": 1}, "en", False),
    "all": ({"waiting_groups": 0, "alone_groups": 0, "state": "DC"}, "es", False),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages")
    for name, (shape, lang, internal) in PAGES.items():
        program, plan = sample(**shape)  # type: ignore[arg-type]
        page = render(
            plan=plan,
            program=program,
            policy_title="Maryland resource homes",
            summary=summary_of(program),
            lang=lang,
            internal=internal,
        )
        (made / f"{name}.html").write_text(page, encoding="utf-8")
    return made


def _open(browser: Browser, file: Path, *, width: int, scheme: str) -> tuple[Page, list[str], list[str]]:
    """The page, what it asked the network for, and what the console said."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    return page, asked, said


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (1280, "light"), (390, "dark"), (1280, "dark")]
)
def test_a_page_stands_alone_fits_and_is_accessible(
    browser: Browser, folder: Path, name: str, width: int, scheme: str
) -> None:
    file = folder / f"{name}.html"
    page, asked, said = _open(browser, file, width=width, scheme=scheme)
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.fonts.check('1em \"Young Serif\"')")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.context.close()


def test_a_page_fits_the_narrowest_screens(browser: Browser, folder: Path) -> None:
    for name in PAGES:
        page, _, _ = _open(browser, folder / f"{name}.html", width=320, scheme="light")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        page.context.close()


def test_printing_keeps_every_row_and_leaves_the_chrome_out(browser: Browser, folder: Path) -> None:
    page, _, _ = _open(browser, folder / "office.html", width=1280, scheme="dark")
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    last = page.locator("details").last.locator("tbody tr").last  # folded on the screen
    assert last.evaluate("row => row.getBoundingClientRect().height") > 0
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"
    page.context.close()
