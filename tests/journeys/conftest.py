"""People at work in a real browser, in an office that is really served.

`desk_of(username)` gives a page in which that person has signed in; the sign-in itself happens once for each person.
`POSADA_TEST_ALL=1` adds widths and languages; `POSADA_FILM=1` keeps a film and stills of journeys that ask for it.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.chromium import chromium
from tests.served_office import Office, code_now

ALL = os.environ.get("POSADA_TEST_ALL") == "1"
FILM = os.environ.get("POSADA_FILM") == "1"
PHONE, DESK = 390, 1280
MEDIA = Path(__file__).parent.parent.parent / "docs" / "media"
HALF_MINUTE = 30
DeskOf = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey needs a browser."""
    for item in items:
        if "journeys" in Path(item.path).parts:
            item.add_marker("browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the journeys of a module; it must be closed before another module opens its own."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def kept_sessions() -> dict[str, dict[str, object]]:
    """What a browser keeps of each person who has signed in."""
    return {}


@pytest.fixture
def desk_of(
    browser: Browser, office: Office, kept_sessions: dict[str, dict[str, object]], tmp_path: Path
) -> Iterator[DeskOf]:
    """A page in which a person has signed in: `desk_of("intake", width=390, language="es", films=True)`."""
    contexts: list[BrowserContext] = []

    def open_desk(username: str, *, width: int = DESK, language: str = "en", films: bool = False) -> Page:
        context = _context(browser, width=width, language=language, film=tmp_path if films and FILM else None)
        contexts.append(context)
        page = context.new_page()
        if username in kept_sessions:
            context.add_cookies(kept_sessions[username]["cookies"])  # type: ignore[arg-type]
            page.goto(office.address)
        else:
            sign_in(page, office, username)
            kept_sessions[username] = dict(context.storage_state())
        return page

    yield open_desk
    for context in contexts:
        context.close()


@pytest.fixture
def fresh_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page in which nobody has signed in."""
    contexts: list[BrowserContext] = []

    def open_page(*, width: int = DESK, language: str = "en") -> Page:
        contexts.append(_context(browser, width=width, language=language))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Page, office: Office, username: str) -> None:
    """Sign in as a person does, with password and code."""
    account = office.account(username)
    page.goto(f"{office.address}/accounts/login/")
    page.locator("input[name=login]").fill(account["username"])
    page.locator("input[name=password]").fill(account["password"])
    page.locator("input[name=password]").press("Enter")
    if account["totp_secret"]:
        page.wait_for_url("**/accounts/2fa/authenticate/**")
        enter_code(page, account["totp_secret"])
    page.wait_for_url(f"{office.address}/")


def enter_code(page: Page, secret: str) -> None:
    """Type the code of the moment; one that was used already is waited out."""
    for _ in range(3):
        page.locator("input[name=code]").fill(code_now(secret))
        with page.expect_navigation():
            page.locator("input[name=code]").press("Enter")
        if urlsplit(page.url).path != "/accounts/2fa/authenticate/":
            return
        time.sleep(HALF_MINUTE - time.time() % HALF_MINUTE + 0.1)


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on a page, each in a line."""
    found = Axe().run(page).response["violations"]
    return [
        f"{urlsplit(page.url).path}: {each['id']}: {each['help']} – {each['nodes'][0]['html'][:140]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def menu_of(page: Page) -> list[str]:
    """Addresses of the rooms in the menu, with the first page."""
    links = page.locator("header nav a").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    return list(dict.fromkeys(["/", *(link for link in links if link)]))


def still(page: Page, name: str) -> None:
    """Keep a picture for the documentation, when films are asked for."""
    if FILM:
        MEDIA.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=MEDIA / f"{name}.png", full_page=False)


def _context(browser: Browser, *, width: int, language: str, film: Path | None = None) -> BrowserContext:
    size = {"width": width, "height": 844 if width < 600 else 800}
    filmed = {"record_video_dir": film, "record_video_size": size} if film else {}
    locale = {"en": "en-US", "es": "es-US"}[language]
    return browser.new_context(viewport=size, locale=locale, **filmed)  # type: ignore[arg-type]
