"""A day is the same day wherever the browser stands: entered, saved ten times, opened again, printed, and sent."""

import io
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from vobject import readOne

from posada.docket.answer import answer
from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.legal_rule import Period
from tests.journeys.conftest import DeskOf
from tests.served_office import Office

ZONES = {
    "America/Los_Angeles": date(2014, 9, 9),
    "America/New_York": date(2014, 9, 12),
    "Pacific/Honolulu": date(2014, 9, 17),
    "Asia/Tokyo": date(2014, 9, 22),
}
TIMES = 10
RULE, TRIGGER = "eoir.ij_motion_reopen", "final_administrative_order"


def told(day: date) -> str:
    """The start of the arithmetic of a date that is counted from a day."""
    return f"{day.day} {day:%B %Y} + 90 days"


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_is_the_same_day_in_every_zone(
    zone: str,
    browser: Browser,
    office: Office,
    desk_of: DeskOf,
    kept_sessions: dict[str, dict[str, object]],
) -> None:
    desk_of("legal")
    day, around = ZONES[zone], (ZONES[zone] - timedelta(days=1), ZONES[zone] + timedelta(days=1))
    context = browser.new_context(timezone_id=zone, locale="en-US")
    context.add_cookies(kept_sessions["legal"]["cookies"])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{office.address}/agenda/?show=all")
    docket = page.locator("a[href$='/docket/']").first.get_attribute("href")
    for _ in range(TIMES):
        page.goto(f"{office.address}{docket}event/")
        page.locator("select[name=name]").select_option(TRIGGER)
        page.locator("input[name=on]").fill(day.isoformat())
        page.locator("[name=evidence]").fill(f"stamped copy, {zone}")
        page.locator("main form[method=post] button.go").click()
        page.wait_for_load_state()
        assert page.url == f"{office.address}{docket}", page.locator("main").inner_text()
    page.goto(f"{office.address}{docket}")
    printed = " ".join(each.extract_text() for each in PdfReader(io.BytesIO(page.pdf())).pages)
    rules = load_legal_rules()
    same = [
        each for each in rules.by_trigger[TRIGGER] if each.versions[-1].period == Period(90, "calendar_days")
    ]
    for text in (page.locator("main").inner_text(), " ".join(printed.split())):
        assert text.count(told(day)) == len(same)
        assert not any(told(other) in text for other in around)
    due = answer(rules.rule(RULE), trigger_date=day, as_of=day).day
    calendar = context.request.get(f"{office.address}/agenda/calendar/docket.ics").text()
    events = readOne(calendar).contents["vevent"]
    assert due in [event.dtstart.value for event in events]
    context.close()
