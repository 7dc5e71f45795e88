"""Tasks ahead of a birthday."""

from dataclasses import replace

import pytest

from posada.docket.ahead import ahead_tasks, next_birthdays
from posada.docket.practice import shipped_practice
from tests.docket.made import BOOK, case, day, event, only

EIGHTEEN = only(case(event("birth", "2009-03-01")), "age.attains_18")  # 1 March 2027


@pytest.mark.parametrize(
    ("today", "step"),
    [("2026-11-30", None), ("2026-12-01", 90), ("2026-12-31", 60), ("2027-01-30", 30), ("2027-03-02", 30)],
)
def test_a_task_opens_ninety_sixty_and_thirty_days_before(today: str, step: int | None) -> None:
    found = ahead_tasks([EIGHTEEN], today=day(today), book=BOOK, practice=shipped_practice())
    assert [task.step for task in found] == ([step] if step else [])


def test_a_date_that_is_no_age_opens_none() -> None:
    appeal = only(case(event("ij_decision", "2026-11-16")), "eoir.bia_appeal")
    assert ahead_tasks([appeal], today=day("2026-11-20"), book=BOOK, practice=shipped_practice()) == ()


def test_birthdays_are_listed_the_year_before() -> None:
    assert next_birthdays([EIGHTEEN], year=2027, book=BOOK) == (EIGHTEEN,)
    assert next_birthdays([EIGHTEEN], year=2028, book=BOOK) == ()


def test_the_eve_the_day_and_the_day_after_agree_whoever_asks() -> None:
    leap = only(case(event("birth", "2008-02-29")), "age.attains_18")
    assert leap.day == day("2026-02-28")
    assert only(case(event("birth", "2008-02-29")), "age.uac_last_filing_day").day == day("2026-02-27")
    earliest = replace(event("birth", "2008-06-15"), earliest=day("2008-02-29"))
    assert only(case(earliest), "age.attains_18").day == day("2026-02-28")
