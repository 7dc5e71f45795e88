"""The arithmetic as it is told."""

from datetime import date, datetime

import pytest

from posada.docket.arithmetic import told
from posada.docket.counting import BEFORE, Counted, count, count_hours
from posada.rulebook.legal_rule import Period

THIRTY = Period(30, "calendar_days")
NEXT, BACK = "next_business_day", "previous_business_day"


@pytest.mark.parametrize(
    ("counted", "line"),
    [
        (
            count(date(2025, 5, 20), period=THIRTY, roll=NEXT),
            "20 May 2025 + 30 days = Thursday 19 June 2025, Juneteenth → Friday 20 June 2025",
        ),
        (
            count(date(2026, 8, 3), period=THIRTY, roll=NEXT, direction=BEFORE),
            "3 August 2026 − 30 days = Saturday 4 July 2026, Independence Day → Monday 6 July 2026",
        ),
        (
            count(date(2024, 4, 26), period=THIRTY, roll=NEXT),
            "26 April 2024 + 30 days = Sunday 26 May 2024 → Monday 27 May 2024, Memorial Day "
            "→ Tuesday 28 May 2024",
        ),
        (
            count(date(2005, 7, 5), period=Period(21, "years"), roll=BACK, minus_days=1),
            "5 July 2005 + 21 years = Sunday 5 July 2026 − 1 day = Saturday 4 July 2026, Independence Day "
            "→ Friday 3 July 2026, Independence Day (observed) → Thursday 2 July 2026",
        ),
        (
            count(date(2026, 11, 25), period=Period(5, "business_days")),
            "25 November 2026 + 5 business days (not counting Thursday 26 November 2026, Thanksgiving Day) "
            "= Thursday 3 December 2026",
        ),
        (
            count(date(2026, 1, 1), period=Period(150, "calendar_days"), added_days=21),
            "1 January 2026 + 150 days + 21 days of a clock that stood still = Sunday 21 June 2026, "
            "which does not roll",
        ),
        (
            count_hours(datetime.fromisoformat("2026-12-31T18:00"), period=Period(72, "hours")),
            "31 December 2026, 18:00 + 72 hours = Sunday 3 January 2027, 18:00",
        ),
        (
            count(date(2100, 1, 3), period=Period(21, "years")),
            "3 January 2100 + 21 years = Friday 3 January 2121",
        ),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_person_can_count_it_again(counted: Counted, line: str) -> None:
    assert told(counted) == line


def test_it_is_told_in_spanish() -> None:
    counted = count(date(2025, 5, 20), period=THIRTY, roll=NEXT)
    assert told(counted, language="es") == (
        "20 de mayo de 2025 + 30 días = jueves 19 de junio de 2025, Juneteenth → viernes 20 de junio de 2025"
    )
