"""The program's whole way, in a real browser: import, plan, approve, offer, accept, place, move.

Each person works in a window of their own; the foster parent answers on a phone, in Spanish. With POSADA_FILM=1 the
test films itself and keeps stills for the documentation.
"""

import csv
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys.conftest import DESK, FILM, MEDIA, PHONE, serious, sign_in, still
from tests.served_office import Office, served

MINUTE = 60_000
STILLS = ("import", "plan", "offers", "oferta", "mi-hogar", "placed", "move")
Desk = Callable[..., Page]


@pytest.fixture(scope="module")
def own_office(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office of its own, since much is changed in it."""
    folder = tmp_path_factory.mktemp("way") / "demo"
    shutil.copytree(demonstration, folder)
    with served(folder) as running:
        yield running


@pytest.fixture
def desk(browser: Browser, own_office: Office) -> Iterator[Desk]:
    """A window in which a person has signed in."""
    contexts: list[BrowserContext] = []

    def sit_down(username: str, *, width: int = DESK, language: str = "en-US") -> Page:
        size: ViewportSize = {"width": width, "height": 844 if width == PHONE else 800}
        contexts.append(browser.new_context(viewport=size, locale=language))
        page = contexts[-1].new_page()
        sign_in(page, own_office, username)
        return page

    yield sit_down
    for context in contexts:
        context.close()
    if FILM and all((MEDIA / f"{name}.png").is_file() for name in STILLS):
        make_film()


def make_film() -> None:
    """The stills, one after the other, two seconds each: Playwright's own recorder needs a program of its own."""
    stills = [Image.open(MEDIA / f"{name}.png").convert("RGB") for name in STILLS]
    frames = []
    for shown in stills:
        frame = Image.new("RGB", (DESK, 800), (42, 32, 51))
        shown.thumbnail((DESK, 800))
        frame.paste(shown, ((DESK - shown.width) // 2, 0))
        frames.append(frame)
    frames[0].save(MEDIA / "journey.webp", save_all=True, append_images=frames[1:], duration=2000, quality=60)


def with_one_more_child(program: Path, folder: Path) -> list[Path]:
    """The folder that the office has, with one more arrival, and a row that must be refused."""
    shutil.copytree(program, folder)
    path = folder / "children.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])
    empty = dict.fromkeys(names, "")
    arrived = {
        **empty,
        "child_id": "c-new",
        "sibling_group_id": "g-new",
        "birth_date": "2004-05-06",
        "sex": "F",
        "languages": "mam;spa",
    }
    spoiled = {**arrived, "child_id": "c-bad", "sibling_group_id": "g-bad", "birth_date": "2004-02-31"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows([*rows, arrived, spoiled])
    people = folder / "people.csv"
    heading = people.read_text(encoding="utf-8").splitlines()[0].split(",")
    named = {"child_id": "c-new", "given_name": "Aurora", "family_name": "Ejemplo", "a_number": "000-999-123"}
    with people.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, heading, restval="").writerow(named)
    return sorted(each for each in folder.iterdir() if each.suffix in (".csv", ".toml"))


def test_from_a_file_of_arrivals_to_a_child_who_moves(desk: Desk, own_office: Office, tmp_path: Path) -> None:
    files = with_one_more_child(own_office.data / "program", tmp_path / "tonight")
    load_arrivals(desk("intake"), own_office, files)
    placement = desk("placement")
    send_plan_for_approval(placement, own_office)
    approve_plan(desk("placement2"), own_office)
    send_offers(placement, own_office)
    accept_on_the_phone(desk("foster", width=PHONE, language="es-US"), own_office)
    group = confirm_arrival(placement, own_office)
    move_the_group(placement, own_office, group)


def load_arrivals(page: Page, office: Office, files: list[Path]) -> None:
    """Look first, see the refused row with its reason, then take the good ones."""
    page.goto(f"{office.address}/arrivals/")
    page.set_input_files("input[name=files]", [str(each) for each in files])
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("button", name="Take it", exact=True)).to_be_visible(timeout=MINUTE)
    expect(page.get_by_text("2004-02-31")).to_be_visible()
    assert serious(page) == []
    still(page, "import")
    page.get_by_role("button", name="Take it", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Taken")).to_be_visible(timeout=MINUTE)


def send_plan_for_approval(page: Page, office: Office) -> None:
    """The plan says that its inputs have changed; it is solved again and sent on."""
    page.goto(f"{office.address}/plan/")
    expect(page.get_by_role("button", name="Send for approval")).to_have_count(0)
    page.get_by_role("button", name="Solve again").first.click()
    expect(page.get_by_role("button", name="Send for approval")).to_be_visible(timeout=2 * MINUTE)
    expect(page.get_by_text("g-new").first).to_be_visible()
    assert serious(page) == []
    still(page, "plan")
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_text("Waits for a second person").first).to_be_visible()


def approve_plan(page: Page, office: Office) -> None:
    """Another person approves."""
    page.goto(f"{office.address}/plan/")
    page.get_by_role("link", name="To the approval").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Approve", exact=True).click()
    page.goto(f"{office.address}/plan/")
    expect(page.get_by_text("Approved by").first).to_be_visible()


def send_offers(page: Page, office: Office) -> None:
    """The home of tonight's arrival is asked; the others can be asked later."""
    page.goto(f"{office.address}/offers/")
    still(page, "offers")
    for each in page.locator("input[name=group]").all():
        each.uncheck()
    page.locator("tr", has_text="g-new").locator("input[name=group]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Send the chosen").click()
    page.goto(f"{office.address}/offers/?show=open")
    expect(page.locator("tbody tr")).to_have_count(1)


def accept_on_the_phone(page: Page, office: Office) -> None:
    """Two taps, in Spanish, and no name before the answer."""
    page.goto(f"{office.address}/my-home/")
    page.locator("main a.btn.go").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert "Ejemplo" not in page.locator("main").inner_text()
    assert serious(page) == []
    still(page, "oferta")
    page.get_by_role("button", name="Sí").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gracias")
    page.goto(f"{office.address}/my-home/")
    expect(page.get_by_text("Ejemplo").first).to_be_visible()
    still(page, "mi-hogar")


def confirm_arrival(page: Page, office: Office) -> str:
    """The children came; returns the address of the group's page."""
    page.goto(f"{office.address}/placed/?show=arrivals")
    for address in page.locator("tbody a[href^='/placed/']").evaluate_all(
        "all => all.map(each => each.href)"
    ):
        if "/check-ins/" in address:
            continue
        page.goto(address)
        if page.get_by_role("button", name="They arrived").count():
            break
    group = urlsplit(page.url).path
    day = page.locator("input[name=on]")
    day.fill(
        (date.fromisoformat(day.input_value()) - timedelta(days=7)).isoformat()
    )  # written down a week late
    with page.expect_navigation():
        page.get_by_role("button", name="They arrived").click()
    page.goto(f"{office.address}{group}")
    expect(page.get_by_role("button", name="They arrived")).to_have_count(0)
    still(page, "placed")
    return group


def move_the_group(page: Page, office: Office, group: str) -> None:
    """What a move touches is read before it is saved; homes that may not take the group are refused by rule."""
    page.goto(f"{office.address}{group}")
    page.get_by_role("link", name="They move").click()
    address = page.url
    homes = page.locator("select[name=to] option").evaluate_all("all => all.map(each => each.value)")
    for home in filter(None, homes):
        page.goto(address)
        page.select_option("select[name=to]", home)
        page.fill("input[name=reason]", "nearer to an aunt")
        with page.expect_navigation():
            page.get_by_role("button", name="Show what it touches").click()
        if page.locator("button[name=sure]").count():
            break
    still(page, "move")
    assert serious(page) == []
    with page.expect_navigation():
        page.locator("button[name=sure]").click()
    page.goto(f"{office.address}{group}")
    expect(page.get_by_text("Homes before")).to_be_visible()
    page.goto(f"{office.address}/tasks/")
    expect(page.locator("main tbody tr").first).to_be_visible()
