"""On paper every date stands, from dark mode too, with its head on each page; no page breaks a rule of access."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe

import posada.web
from posada.docket.remedies import remedy_table
from posada.office.docket.recompute import recompute
from tests.chromium import chromium
from tests.office.docket.cases import attorney_of, child_of, hearing_of, record
from tests.office.people import browser_of, group_of

pytestmark = pytest.mark.browser
SHEETS = ("posada.css", "office.css")
LINES = 200


def styled(html: str) -> str:
    """The page with its style sheets within, as a browser shows it without a server."""
    folder = Path(posada.web.__path__[0]) / "static" / "posada"
    css = "\n".join((folder / name).read_text(encoding="utf-8") for name in SHEETS)
    head = html.replace('<script defer src="', '<script type="text/plain" data-src="')
    return head.replace("</head>", f"<style>{css}</style></head>", 1)


def printed(html: str) -> pypdf.PdfReader:
    """The page on Letter, printed from dark mode."""
    with chromium() as browser:
        page = browser.new_page(color_scheme="dark", viewport={"width": 1280, "height": 900})
        page.set_content(styled(html))
        content = page.pdf(prefer_css_page_size=True)
    return pypdf.PdfReader(io.BytesIO(content))


@pytest.fixture
def attorney() -> Iterator[tuple]:
    """An attorney with one case in which something has happened."""
    group = group_of(date(2009, 5, 1), languages=["mam"])
    user, actor = attorney_of(group)
    child = child_of(group)
    for name, on in (("ij_decision", date(2026, 11, 16)), ("address_changed", date(2026, 11, 10))):
        record(actor, child, name, on)
    hearing_of(group, date(2026, 12, 1), kind="master", hearing_time="08:30")
    recompute(actor, [group.pk], because="test")
    yield user, child


def test_the_week_on_paper_keeps_two_hundred_lines_and_their_heads() -> None:
    groups = [group_of(date(2009, 5, 1)) for _ in range(LINES)]
    user, actor = attorney_of(*groups)
    for group in groups:
        record(actor, child_of(group), "address_changed", date(2026, 11, 20))
    pages = printed(browser_of(user).get("/agenda/print/").content.decode()).pages
    text = [page.extract_text() for page in pages]
    whole = "".join("".join(text).split())
    assert len(pages) > 5
    for group in groups:
        assert child_of(group).given_name in whole
    assert all("How it is counted" in " ".join(each.split()) for each in text[:-1])
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(612, 792)}
    assert "Signout" not in whole
    assert f"1/{len(pages)}" in whole


def test_the_statement_on_paper_names_every_remedy(attorney: tuple) -> None:
    user, child = attorney
    address = f"/children/{child.pk}/remedies/statement/"
    text = " ".join(
        page.extract_text() for page in printed(browser_of(user).get(address).content.decode()).pages
    )
    plain = " ".join(text.split())
    for remedy in remedy_table():
        assert remedy.titles["en"].split()[0] in plain
    assert plain.count("NOT EXAMINED BY COUNSEL") == len(remedy_table())
    assert "24 Nov 2026" in plain


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_breaks_a_rule_of_access_or_runs_out_of_a_phone(attorney: tuple, language: str) -> None:
    user, child = attorney
    client = browser_of(user, language=language)
    own = ("docket/", "docket/event/", "remedies/", "remedies/cat/entry/", "screening/", "order/", "removal/")
    pages = {
        address: client.get(address).content.decode()
        for address in (
            *("/agenda/", "/agenda/print/", "/agenda/watch/", "/agenda/no-date/", "/agenda/calendar/"),
            *(f"/children/{child.pk}/{page}" for page in (*own, "notice/", "remedies/statement/")),
        )
    }
    wrong = {}
    with chromium() as browser:
        for address, html in pages.items():
            page = browser.new_page(viewport={"width": 390, "height": 900})
            page.set_content(styled(html))
            found = Axe().run(page)
            if found.violations_count:
                wrong[address] = found.generate_report()
            if page.evaluate("document.documentElement.scrollWidth") > 390:
                wrong[address + " width"] = "wider than a phone"
            page.close()
    assert wrong == {}, "\n".join(wrong.values())
