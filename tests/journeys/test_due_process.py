"""From a notice of hearing to a filing that meets its date, in a real browser; and what no removal gets past.

An attorney works for one child of hers: the notice is read and each field confirmed, the agenda has the date, the
questions are asked, a remedy is entered, the checklist counts back, scans are dropped into a packet, the worker
builds it, and its proof closes the date. POSADA_FILM=1 keeps stills.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pypdf
import pytest
from playwright.sync_api import Page, expect

from posada.packets.wording import day_words
from tests.journeys.conftest import DESK, PHONE, DeskOf, serious, sideways, still
from tests.packets.made import page_pdf, photo
from tests.served_office import Office

MINUTE = 60_000


@pytest.fixture
def sound() -> Iterator[Callable[[Page], None]]:
    """Looks at a page as a reader of screens and as a narrow window does; what is wrong is told at the end."""
    wrong: list[str] = []

    def look(page: Page) -> None:
        found = serious(page)
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 844})
            if sideways(page) > 0:
                found.append(f"{urlsplit(page.url).path}: {sideways(page)} pixels too wide at {width}")
        wrong.extend(found)

    yield look
    assert wrong == []


def test_a_notice_becomes_a_filing_that_meets_its_date(
    desk_of: DeskOf, office: Office, tmp_path: Path, sound: Callable[[Page], None]
) -> None:
    page = desk_of("attorney")
    child = own_child(page, office)
    heard_on = enter_notice(page, child, office, tmp_path)
    title = the_agenda_has_it(page, office)
    ask_the_questions(page, child)
    enter_a_remedy(page, child)
    tick_the_checklist(page, child)
    packet = begin_a_packet(page, child, title, heard_on)
    drop_scans(page, packet, tmp_path, sound)
    certify_the_translation(page, packet)
    move_a_tab_by_keyboard(page, packet)
    sound(page)
    build_it(page, packet, sound)
    assert read_back(page, packet, tmp_path) > 8
    file_it(page, packet, sound)
    page.goto(f"{office.address}{child}docket/")
    closed = page.locator("section", has=page.get_by_role("heading", name="Closed, and kept"))
    expect(closed).to_contain_text("receipt of the portal")
    share_it(page, child, sound)
    in_spanish(desk_of, office, packet)


def test_no_removal_gets_past_a_remedy_that_nobody_examined(
    desk_of: DeskOf, office: Office, sound: Callable[[Page], None]
) -> None:
    page = desk_of("attorney")
    child = own_child(page, office)
    page.goto(f"{office.address}{child}removal/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Removal cannot be recorded")
    expect(page.get_by_role("button", name="Ask a second person")).to_have_count(0)
    expect(page.locator("section.late li").first).to_be_visible()
    still(page, "removal")
    page.goto(f"{office.address}{child}remedies/statement/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Statement of remedies")
    assert page.get_by_text("not examined by counsel").count() > 10
    printed = page.pdf(format="Letter")
    assert "Statement of remedies" in pypdf.PdfReader(io.BytesIO(printed)).pages[0].extract_text()
    page.emulate_media(media="screen")
    sound(page)


def own_child(page: Page, office: Office) -> str:
    """The address of the first child in the attorney's list."""
    page.goto(f"{office.address}/children/")
    address = page.locator("main tbody a[href^='/children/']").first.get_attribute("href")
    assert address
    page.goto(office.address + address)
    expect(page.get_by_role("link", name="Packets").last).to_be_visible()
    return address


def enter_notice(page: Page, child: str, office: Office, folder: Path) -> date:
    """The notice as a PDF; what was read is compared and each field is ticked."""
    page.goto(f"{office.address}/agenda/")
    today = page.locator("main p.kicker time").first.get_attribute("datetime")
    assert today
    on = date.fromisoformat(today) + timedelta(days=120)
    on += timedelta(days=(1 - on.weekday()) % 7)  # a Tuesday
    with (office.data / "program" / "courts.csv").open(encoding="utf-8", newline="") as file:
        court = next(csv.DictReader(file))
    words = f"Individual hearing on {day_words(on)} at 9:00 AM"
    place = f"Immigration Court {court['name']}"
    notice = page_pdf(folder / "notice.pdf", words=[f"NOTICE OF HEARING. {words}. {place}"])
    page.goto(f"{office.address}{child}notice/paper/")
    page.set_input_files("input[name=file]", str(notice))
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("input[name=day_typed]")).to_have_value(on.isoformat())
    expect(page.locator("input[name=time_typed]")).to_have_value("09:00")
    page.select_option("select[name=kind]", "individual")
    page.select_option("select[name=court_code]", court["court_code"])
    page.fill("input[name=served_on]", today)
    for box in page.locator("input[name=confirmed]").all():
        box.check()
    still(page, "notice")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/docket/")
    expect(page.get_by_text(court["court_code"]).first).to_be_visible()
    return on


def the_agenda_has_it(page: Page, office: Office) -> str:
    """The date that follows from the hearing, with its rule and its arithmetic; returns its title."""
    for number in range(1, 9):
        page.goto(f"{office.address}/agenda/?show=all&page={number}")
        lines = page.locator("li.due", has=page.get_by_text("eoir.individual_filing"))
        if lines.count():
            break
    line = lines.last
    expect(line.locator("p.sum")).to_contain_text(re.compile(r"− \d+ days"))
    still(page, "agenda")
    return line.locator("h3 a").first.inner_text()


def ask_the_questions(page: Page, child: str) -> None:
    """The answers propose, and decide nothing."""
    page.goto(_at(page, f"{child}screening/"))
    page.locator("input[type=radio][value=yes]").first.check()
    page.get_by_role("button", name="Keep the answers").click()
    page.wait_for_url("**/remedies/")
    expect(page.get_by_text("an answer points to it").first).to_be_visible()


def enter_a_remedy(page: Page, child: str) -> None:
    """Counsel examines one remedy under her own name."""
    page.goto(_at(page, f"{child}remedies/"))
    page.locator("main tbody th a").first.click()
    page.select_option("select[name=state]", "open")
    page.fill("input[name=evidence]", "interview of this morning")
    page.get_by_role("button", name="Enter it under my name").click()
    page.wait_for_url("**/remedies/")
    expect(page.get_by_text("interview of this morning").first).to_be_visible()
    still(page, "remedies")


def tick_the_checklist(page: Page, child: str) -> None:
    """A checklist with its days; one item is ticked."""
    page.goto(_at(page, f"{child}docket/"))
    page.locator(f"main a[href='{child}preparation/']").first.click()
    page.locator("main tbody th a").first.click()
    still(page, "checklist")
    page.locator("main tbody th a").first.click()
    page.get_by_role("heading", level=1).wait_for()
    choice = page.locator("main form select").first
    if choice.count():
        choice.select_option(index=1)
    else:
        page.locator("main form input[type=radio]").first.check()
    for field in page.locator("main form input[type=text]").all():
        field.fill("seen by me")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/checklists/[^/]+/$"))


def begin_a_packet(page: Page, child: str, title: str, heard_on: date) -> str:
    """The cover: hearing and court are filled in, the date that it serves is chosen. Returns its address."""
    page.goto(_at(page, f"{child}packets/"))
    page.get_by_role("link", name="A new packet").click()
    page.fill("input[name=title]", "RESPONDENT'S EXHIBIT LIST AND EVIDENCE")
    hearings = page.locator("select[name=hearing] option").all_inner_texts()
    heard = next(each for each in hearings if "Individual" in each and str(heard_on.year) in each)
    page.select_option("select[name=hearing]", label=heard)
    dates = page.locator("select[name=deadline] option").all_inner_texts()
    page.select_option("select[name=deadline]", label=next(each for each in dates if each.startswith(title)))
    page.fill("input[name=judge]", "Hon. Example")
    told = {"eoir_id": "AB123456", "street": "1 Example Street", "city": "Baltimore, MD 21201"}
    for name, value in {**told, "name": "Example Attorney", "phone": "555-0100"}.items():
        page.fill(f"input[name=filer_{name}]", value)
    today = _today(page)
    page.fill("input[name=filing_date]", today)
    page.select_option("select[name=service_method]", "portal")
    page.fill("input[name=service_on]", "DHS counsel")
    page.fill("input[name=service_date]", today)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/packets/[0-9a-f-]{36}/$"))
    expect(page.get_by_text("No exhibit stands in it yet.")).to_be_visible()
    expect(page.get_by_text("in time for the hearing")).to_be_visible()
    return urlsplit(page.url).path


def drop_scans(page: Page, packet: str, folder: Path, sound: Callable[[Page], None]) -> None:
    """Twenty files at once: a file that is none is named, the good ones are kept."""
    files = [page_pdf(folder / "acta.pdf", words=["Acta de nacimiento"])]
    files.append(page_pdf(folder / "birth-in-english.pdf", words=["Birth certificate"]))
    files.append(photo(folder / "house.jpg"))
    files += [page_pdf(folder / f"letter-{n:02}.pdf", words=[f"Letter {n}"]) for n in range(16)]
    bad = folder / "notes.pdf"
    bad.write_bytes(b"no pdf at all")
    page.goto(_at(page, f"{packet}scans/"))
    sound(page)
    page.set_input_files("input[name=files]", [str(each) for each in [*files, bad]])
    page.check("input[name=named]")
    page.get_by_role("button", name="Bring them").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("One file was not taken", timeout=MINUTE)
    expect(page.get_by_text("notes.pdf")).to_be_visible()
    still(page, "scans")
    page.get_by_role("link", name="Back to the packet").click()
    expect(page.locator("main tbody tr")).to_have_count(len(files))


def certify_the_translation(page: Page, packet: str) -> None:
    """A paper in Spanish wants its translation and a certificate; the page says so until both are there."""
    page.goto(_at(page, packet))
    page.get_by_role("link", name="birth in english").click()
    page.get_by_role("button", name="Take it out of the packet").click()
    page.get_by_role("link", name="acta", exact=True).click()
    page.fill("input[name=title]", "Birth certificate")
    page.fill("input[name=language]", "spa")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("it has no English translation").first).to_be_visible()
    expect(page.get_by_role("button", name="Build the packet")).to_have_count(0)
    still(page, "packet-missing")
    page.get_by_role("link", name="Birth certificate").first.click()
    papers = page.locator("select[name=translation] option").all_inner_texts()
    english = next(each for each in papers if each.startswith("birth in english"))
    page.select_option("select[name=translation]", label=english)
    page.fill("input[name=translator_name]", "Example Translator")
    page.fill("input[name=translator_address]", "2 Example Street, Baltimore")
    page.fill("input[name=translator_phone]", "555-0101")
    page.fill("input[name=translator_languages]", "spa; eng")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Build the packet")).to_be_visible()


def move_a_tab_by_keyboard(page: Page, packet: str) -> None:
    """Up, by Enter on a plain button; the page comes back at the tab."""
    before = page.locator("main tbody th[scope=row]").all_inner_texts()
    button = page.locator("main tbody tr").nth(1).get_by_role("button", name=re.compile("^Up"))
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#x-*")
    after = page.locator("main tbody th[scope=row]").all_inner_texts()
    assert after[:2] == [before[1], before[0]] and after[2:] == before[2:]
    page.locator("main tbody tr").nth(0).get_by_role("button", name=re.compile("^Down")).click()
    expect(page.locator("main tbody th[scope=row]").first).to_have_text(before[0])


def build_it(page: Page, packet: str, sound: Callable[[Page], None]) -> None:
    """One press; the page follows the worker to the end."""
    page.goto(_at(page, packet))
    page.get_by_role("button", name="Build the packet").click()
    built = page.get_by_role("heading", level=1, name="This packet is built, and no rule is broken")
    expect(built).to_be_visible(timeout=2 * MINUTE)
    page.get_by_text("rules hold", exact=False).last.click()
    expect(page.get_by_text("8 CFR 1003.32(b)").first).to_be_visible()
    sound(page)
    still(page, "packet")


def read_back(page: Page, packet: str, folder: Path) -> int:
    """Download it; another library than the builder's reads it. Returns how many pages it has."""
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download the packet").click()
    name = coming.value.suggested_filename
    assert re.fullmatch(r"packet-[a-r]{12}\.pdf", name)
    coming.value.save_as(folder / name)
    read = pypdf.PdfReader(folder / name)
    first = read.pages[0].extract_text()
    assert "EXHIBIT LIST" in first and "Hon. Example" in first and "NON-DETAINED" in first
    assert any("Example Translator" in each.extract_text() for each in read.pages)
    return len(read.pages)


def file_it(page: Page, packet: str, sound: Callable[[Page], None]) -> None:
    """The proof closes the date that the packet serves."""
    page.goto(_at(page, packet))
    page.get_by_role("link", name="It was filed: add the proof").click()
    sound(page)
    page.fill("input[name=words]", "receipt of the portal")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("This packet was filed on")
    expect(page.get_by_text("The date that it serves is met.")).to_be_visible()
    still(page, "packet-filed")


def share_it(page: Page, child: str, sound: Callable[[Page], None]) -> None:
    """The case for counsel of the child: link and code once, and an end."""
    page.goto(_at(page, f"{child}shares/"))
    sound(page)
    page.select_option("select[name=engagement]", index=1)
    page.fill("input[name=purpose]", "to prepare the hearing")
    page.get_by_role("button", name="Share").first.click()
    page.wait_for_url(re.compile(r"/shares/[0-9a-f-]{36}/$"))
    shown = page.url
    for _look in range(60):
        if page.get_by_role("button", name="Show the link and the code").count():
            break
        page.wait_for_timeout(500)
        page.goto(shown)
    page.get_by_role("button", name="Show the link and the code").click()
    link = page.locator("[data-link]").inner_text()
    code = page.locator("[data-code]").inner_text()
    sound(page)
    page.goto(_at(page, urlsplit(link).path))
    sound(page)
    page.fill("input[name=code]", code)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Fetch the archive").click()
    assert re.fullmatch(r"case-[a-r]{12}\.zip", coming.value.suggested_filename)
    page.goto(shown)
    page.get_by_role("button", name="End the link now").click()
    expect(page.get_by_role("heading", level=1, name="This link has ended")).to_be_visible()
    answer = page.goto(_at(page, urlsplit(link).path))
    assert answer is not None and answer.status == 404


def in_spanish(desk_of: DeskOf, office: Office, packet: str) -> None:
    """The page of the packet on a phone, in Spanish."""
    page = desk_of("attorney", width=PHONE, language="es")
    page.goto(office.address + packet)
    page.locator("details.menu summary").click()
    page.locator("details.menu").get_by_role("button", name="Español").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Este expediente se presentó")
    assert sideways(page) == 0
    still(page, "expediente")
    page.locator("details.menu summary").click()
    page.locator("details.menu").get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("This packet was filed")


def _today(page: Page) -> str:
    """The office's day: what the page of the agenda says, asked for beside this page."""
    other = page.context.new_page()
    other.goto(_at(page, "/agenda/"))
    found = other.locator("main p.kicker time").first.get_attribute("datetime")
    other.close()
    assert found
    return found


def _at(page: Page, path: str) -> str:
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}{path}"
