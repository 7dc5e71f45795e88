"""One digest a day, and no line twice."""

from dataclasses import replace
from datetime import date, datetime

from posada.docket.agenda import AgendaLine, agenda, taken_off
from posada.docket.deadlines import excuse
from posada.docket.digest import digest, line_in_words, line_key
from posada.docket.hearings import Hearing, cancelled
from posada.docket.practice import shipped_practice
from tests.docket.made import BOOK, TODAY, case, day, event, only

APPEAL = only(case(event("ij_decision", "2026-11-16")), "eoir.bia_appeal")


def line(today: str) -> AgendaLine:
    (found,) = agenda([APPEAL], today=day(today), book=BOOK, practice=shipped_practice())
    return found


def test_a_line_is_sent_once_until_it_changes() -> None:
    first = digest([line("2026-11-17")], today=day("2026-11-17"))
    assert first is not None
    assert digest([line("2026-11-18")], today=day("2026-11-18"), sent=first.keys) is None
    changed = digest([line("2026-11-23")], today=day("2026-11-23"), sent=first.keys)
    assert changed is not None
    assert changed.lines[0].light == "at_risk"


def test_a_line_comes_again_on_the_last_working_day_before_it_is_due() -> None:
    sent = {line_key(line("2026-11-25"))}
    assert digest([line("2026-11-24")], today=day("2026-11-24"), sent=sent) is None
    assert digest([line("2026-11-25")], today=day("2026-11-25"), sent=sent) is not None  # then Thanksgiving


def test_no_mail_on_a_closed_day_and_none_with_nothing_to_say() -> None:
    assert digest([line("2026-11-26")], today=day("2026-11-26")) is None
    assert digest([line("2026-11-22")], today=day("2026-11-22")) is None
    assert digest([], today=day("2026-11-17")) is None


def test_what_was_taken_off_is_said_once() -> None:
    off = excuse(APPEAL, on=TODAY, by="counsel", why="waived", entered_on=TODAY)
    at = datetime.fromisoformat("2026-12-10T08:30")
    hearing = cancelled(Hearing("h1", "c1", "master", "BAL", at, "America/New_York", "Room"))
    lines = taken_off([APPEAL, off], [hearing], book=BOOK)
    first = digest(lines, today=TODAY)
    assert first is not None
    assert [line.light for line in first.lines] == ["taken_off", "taken_off"]
    assert "TAKEN OFF" in line_in_words(first.lines[0], language="en")
    assert digest(lines, today=TODAY, sent=first.keys) is None


def test_an_acknowledged_line_falls_silent_until_it_changes() -> None:
    seen = {line_key(line("2026-11-17"))}
    assert digest([line("2026-11-17")], today=day("2026-11-17"), acknowledged=seen) is None
    assert digest([line("2026-11-27")], today=day("2026-11-27"), acknowledged=seen) is not None


def test_a_line_has_absolute_dates_its_standing_and_its_mark() -> None:
    text = line_in_words(line("2026-11-17"), language="en", case_number="17")
    assert text.startswith("Friday 27 November 2026 · due · 17 · Notice of Appeal (EOIR-26)")
    assert "office target Tuesday 24 November 2026" in text
    assert "uncertain law: the earlier date · in the other reading Wednesday 16 December 2026" in text
    assert text.endswith("not signed off by counsel")
    spanish = line_in_words(line("2026-11-17"), language="es")
    assert "viernes 27 de noviembre de 2026 · por vencer" in spanish
    assert line_in_words(AgendaLine(None, "urgent", "c1", "Motion"), language="en").startswith("no date")


def test_another_date_is_another_line() -> None:
    moved = replace(line("2026-11-17"), day=date(2026, 12, 1))
    assert line_key(moved) != line_key(line("2026-11-17"))
