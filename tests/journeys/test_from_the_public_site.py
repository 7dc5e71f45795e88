"""From the public site into the office: an enquiry becomes an open home, an offer of hours becomes an engagement.

Both sites are really served, each by its own processes; what passes between them is sealed letters alone.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE, _context, serious, sign_in
from tests.served_office import Office, make_demonstration, served

PATIENCE = 60  # seconds for a letter to be taken in on a busy machine
A_MOMENT = 1_200  # milliseconds: nobody fills a step in less
GO = "main form button.go"
CARER = "First carer"
OF_THE_HOME = "safety inspection of the home"
CHECKS = (
    "criminal history records check",
    "fingerprint check",
    "child abuse and neglect registry check",
    "medical examination",
    OF_THE_HOME,
    "training of carers",
    "references of carers",
    "identity document",
)


@dataclass
class Both:
    """An office and its public site, and people at their pages."""

    office: Office
    public: str
    open_page: Callable[..., Page]

    def desk(self, username: str) -> Page:
        """A page at which somebody has signed in."""
        page = self.open_page()
        sign_in(page, self.office, username)
        return page


@pytest.fixture(scope="module")
def both(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """A demonstration of its own: these journeys change it."""
    folder = make_demonstration(tmp_path_factory.mktemp("both") / "data", POSADA_DEMO_NEWSROOM="1")
    contexts = []

    def open_page(*, width: int = 1280) -> Page:
        contexts.append(_context(browser, width=width, language="en"))
        return contexts[-1].new_page()

    with served(folder) as office:
        yield Both(office, _public_address(office), open_page)
        for context in contexts:
            context.close()


def _public_address(office: Office) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        told = re.search(r"public site is at (http://[\d.]+:\d+)", "".join(office.said))
        if told:
            return told[1]
        time.sleep(0.2)
    raise AssertionError("the public site did not start: " + "".join(office.said))


def test_from_a_public_enquiry_to_a_licensed_open_home(both: Both, tmp_path: Path) -> None:
    family = both.open_page(width=PHONE)
    ask_to_open_a_home(family, both.public)
    worker = both.desk("licensing")
    follow_until_there(worker, f"{both.office.address}/enquiries/", "Spanish, Mam")
    expect(worker.get_by_role("heading", level=1)).to_contain_text(re.compile("enquiry", re.I))
    expect(worker.get_by_text("555-0107")).to_have_count(0)
    for step in ("triage", "application"):
        go_on(worker, step)
    worker.get_by_role("link", name="The home’s page").click()
    home = worker.url
    refused_while_anything_is_missing(worker)
    add_carer(worker)
    add_papers(worker, blank_scan(tmp_path / "scan.pdf"))
    second = both.desk("licensing2")
    second.goto(home)
    find_legible(second)
    for check in CHECKS:
        write_check(worker, home, check)
    write_study(worker, home)
    expect(worker.get_by_text("waits for another person")).to_be_visible()
    second.goto(home)
    second.get_by_role("button", name="Approve it").click()
    write_license(worker, home)
    worker.goto(home)
    worker.get_by_role("button", name="Open this home").click()
    expect(worker.get_by_role("heading", level=1)).to_contain_text(re.compile(": open", re.I))
    assert serious(worker) == []
    wait_for(family, "It is settled: thank you")


def test_from_an_offer_of_hours_to_an_engagement(both: Both) -> None:
    lawyer = both.open_page(width=PHONE)
    offer_hours(lawyer, both.public)
    legal = both.desk("legal")
    follow_until_there(legal, f"{both.office.address}/counsel/hours-offers/", "Lawyer")
    expect(legal.get_by_role("heading", level=1)).to_contain_text("20 hours a month")
    expect(legal.get_by_text("Example Lawyer")).to_have_count(0)  # sealed
    legal.get_by_role("button", name="I have called").click()
    enter_as_counsel(legal)
    legal.goto(f"{both.office.address}/counsel/alone/")
    legal.get_by_role("link", name="Find counsel").first.click()
    row = legal.get_by_role("row").filter(has=legal.get_by_role("rowheader", name="Example Lawyer"))
    row.get_by_role("button", name="Check for conflicts").click()
    expect(legal.get_by_role("heading", level=1)).to_contain_text("No conflict found for Example Lawyer")
    legal.get_by_label("How much the counsel takes on").select_option("full")
    legal.get_by_role("button", name="Begin the engagement").click()
    acts = legal.get_by_role("region", name="Who acts")
    expect(acts).to_contain_text("Example Lawyer")
    assert serious(legal) == []
    wait_for(lawyer, "It is settled: thank you")


def ask_to_open_a_home(page: Page, public: str) -> None:
    """The four minutes of a family on its phone."""
    page.goto(f"{public}/open-your-home/")
    page.locator("#id_county").select_option("24045")
    page.locator("#id_best_language").select_option("mam")
    step(page)
    page.get_by_label("2", exact=True).check()
    page.get_by_label("Mam").check()
    page.get_by_label("Español").check()
    step(page)
    page.get_by_label("Your name").fill("Example Neighbor")
    page.get_by_label("Phone").fill("555-0107")
    step(page)
    step(page)
    expect(page.get_by_text("Your letter is with the office")).to_be_visible()
    expect(page.get_by_text("Example Neighbor")).to_have_count(0)


def offer_hours(page: Page, public: str) -> None:
    """A lawyer says what she could give."""
    page.goto(f"{public}/give-your-hours/")
    page.locator("#id_county").select_option("24510")
    step(page)
    page.get_by_label("Lawyer").check()
    page.get_by_label("Hours a month").fill("20")
    page.get_by_label("Español").check()
    step(page)
    page.get_by_label("Your name").fill("Example Lawyer")
    page.get_by_label("E-mail").fill("lawyer@example.org")
    step(page)
    step(page)
    expect(page.get_by_text("Your letter is with the office")).to_be_visible()


def step(page: Page) -> None:
    """Send a step after as long as a quick person takes; a machine is quicker."""
    page.wait_for_timeout(A_MOMENT)
    with page.expect_navigation():
        page.locator(GO).click()


def follow_until_there(page: Page, listed: str, words: str) -> None:
    """Look through a list, again until the letter was taken in, and open the line with these words."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        page.goto(listed)
        while True:
            line = page.get_by_role("row").filter(has_text=words)
            if line.count():
                line.first.get_by_role("link").first.click()
                return
            following = page.locator("a[rel=next]")
            if not following.count():
                break
            following.first.click()
    raise AssertionError(f"nothing came in: {words}")


def wait_for(page: Page, words: str) -> None:
    """Look at the same page again until it says so."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        page.reload()
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(500)
    raise AssertionError(page.locator("main").inner_text())


def enter_as_counsel(page: Page) -> None:
    """What the offer said stands there already."""
    page.get_by_role("link", name="Enter as counsel").click()
    page.get_by_label("Id", exact=True).fill("a09001")
    page.get_by_label("Name", exact=True).fill("Example Lawyer")
    page.get_by_label("Courts").fill("baltimore")
    page.get_by_label("Open slots").fill("2")
    page.get_by_label("Malpractice cover until").fill("2016-09-30")
    page.locator("main form button.go").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Example Lawyer")


def blank_scan(path: Path) -> Path:
    """A scan with nothing on it."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def go_on(page: Page, step: str) -> None:
    """One step of the enquiry."""
    page.get_by_role("combobox", name="Next step").select_option(step)
    page.get_by_role("button", name="Move it on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(f": {step}", re.I))


def refused_while_anything_is_missing(page: Page) -> None:
    """The button is there; the answer names what is missing."""
    page.get_by_role("button", name="Open this home").click()
    expect(page.get_by_role("alert").or_(page.get_by_role("heading", level=1)).first).to_be_visible()
    expect(page.get_by_text("open", exact=True)).to_have_count(0)
    page.go_back()


def add_carer(page: Page) -> None:
    """Somebody who cares for the children."""
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Called").fill(CARER)
    page.get_by_label("Birth date").fill("1970-05-01")
    page.get_by_label("Part in the home").select_option("carer")
    page.get_by_label("Lives there since").fill("2000-01-01")
    page.locator("main form button.go").click()
    expect(page.get_by_text(CARER).first).to_be_visible()


def add_papers(page: Page, paper: Path) -> None:
    """A scan of the identity document, and one of all the rest."""
    home = page.url
    page.get_by_role("link", name="Documents of this home").click()
    for kind in ("identity_card", "check_result"):
        page.get_by_label("What it is").select_option(kind)
        page.get_by_label("Short title").fill(f"Scan: {kind}")
        page.locator("input[type=file]").set_input_files(paper)
        page.locator("main form button.go").click()
        expect(page.get_by_text(f"Scan: {kind}")).to_be_visible()
    page.goto(home)


def find_legible(page: Page) -> None:
    """A second person can read the identity document."""
    page.get_by_role("link", name="Documents of this home").click()
    page.get_by_role("button", name="I can read it").click()
    expect(page.get_by_text("legible", exact=True)).to_be_visible()


def write_check(page: Page, home: str, check: str) -> None:
    """A check that came back clear."""
    page.goto(home)
    page.get_by_role("link", name="Write down a check").click()
    page.get_by_label("Check", exact=True).select_option(label=check)
    if check != OF_THE_HOME:
        page.get_by_label("Whose check").select_option(label=CARER)
    page.get_by_label("Result").select_option(label="clear")
    page.get_by_label("Issued on").fill("2014-09-01")
    page.get_by_label("Document").select_option(
        label=f"Scan: {'identity_card' if 'identity' in check else 'check_result'}"
    )
    page.locator("main form button.go").click()
    expect(page.get_by_role("rowheader").filter(has_text=check)).to_be_visible()


def write_study(page: Page, home: str) -> None:
    """The home study; its author can't approve it."""
    page.goto(home)
    page.get_by_role("link", name="Write a study").click()
    page.get_by_label("Written on").fill("2014-09-20")
    page.get_by_label("Children it recommends at most").fill("2")
    page.locator("main form button.go").click()


def write_license(page: Page, home: str) -> None:
    """The license, for no more children than the study recommends."""
    page.goto(home)
    page.get_by_role("link", name="Write down a license").click()
    page.get_by_label("Valid from").fill("2014-09-25")
    page.get_by_label("Valid through").fill("2016-09-24")
    page.get_by_label("Children at most").fill("2")
    page.locator("main form button.go").click()
