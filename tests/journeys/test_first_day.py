"""Everybody's first minute: signing in, the first page, and every room of the menu, on a phone and at a desk."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ALL, DESK, PHONE, DeskOf, enter_code, menu_of, serious, sideways, sign_in
from tests.served_office import Office

PEOPLE = (
    *(
        "administrator",
        "intake",
        "licensing",
        "placement",
        "legal",
        "attorney",
        "foster",
        "director",
        "auditor",
    ),
    "editor",
)
WIDTHS = (PHONE, 768, DESK, 1920) if ALL else (PHONE, DESK)
LANGUAGES = ("en", "es") if ALL else ("en",)
FRESH_PAGE = Callable[..., Page]


def rooms_are_sound(page: Page, office: Office) -> list[str]:
    """What is wrong on any page of the menu: for readers of screens, on narrow windows, or broken altogether."""
    wrong: list[str] = []
    for path in menu_of(page):
        answer = page.goto(office.address + path)
        if answer is None or answer.status != 200:
            wrong.append(f"{path}: status {answer and answer.status}")
            continue
        wrong += serious(page)
        if sideways(page) > 0:
            wrong.append(f"{path}: {sideways(page)} pixels too wide")
        if page.locator("h1").count() != 1:
            wrong.append(f"{path}: {page.locator('h1').count()} headings of the first rank")
    return wrong


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("username", PEOPLE)
def test_everybody_signs_in_and_every_room_of_theirs_is_sound(
    desk_of: DeskOf, office: Office, username: str, language: str, width: int
) -> None:
    said: list[str] = []
    page = desk_of(username, width=width, language=language)
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    expect(page.locator("main h1")).to_be_visible()
    assert rooms_are_sound(page, office) == []
    assert said == []


def test_the_foster_parent_reads_spanish_on_her_phone(desk_of: DeskOf, office: Office) -> None:
    page = desk_of("foster", width=PHONE, language="es")
    assert page.locator("html").get_attribute("lang") == "es"
    expect(page.get_by_text("Cerrar sesión").first).to_be_attached()
    assert rooms_are_sound(page, office) == []


def test_a_placement_worker_works_by_keyboard_alone(fresh_page: FRESH_PAGE, office: Office) -> None:
    page = fresh_page()
    account = office.account("placement2")
    page.goto(f"{office.address}/accounts/login/")
    focus_on(page, "input[name=login]")
    page.keyboard.type(account["username"])
    focus_on(page, "input[name=password]")
    page.keyboard.type(account["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/2fa/authenticate/**")
    enter_code(page, account["totp_secret"])
    page.wait_for_url(f"{office.address}/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    rooms = [path for path in menu_of(page) if path != "/"]
    for path in rooms[:2]:
        page.goto(office.address)
        focus_on(page, f'header nav a[href="{path}"]')
        shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert shown != "none", "where the keyboard stands can be seen"
        page.keyboard.press("Enter")
        page.wait_for_url(f"{office.address}{path}")


def focus_on(page: Page, selector: str) -> None:
    """Press Tab until it is there, as somebody without a mouse does."""
    for _ in range(40):
        if page.evaluate("chosen => document.activeElement?.matches(chosen) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def test_signing_out_leaves_nothing_behind(fresh_page: FRESH_PAGE, office: Office) -> None:
    page = fresh_page()
    sign_in(page, office, "licensing2")
    room = next(path for path in [*menu_of(page)[1:], "/"])
    page.goto(office.address + room)
    with page.expect_navigation():  # the browser clears what it keeps before it goes on
        page.locator("header form[action$='logout/'] button").first.click()
    page.goto(office.address + room)
    assert urlsplit(page.url).path == "/accounts/login/"
    page.go_back()
    assert not re.search(r"Ejemplo|555-01", page.content())
