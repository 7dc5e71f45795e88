"""Ages in whole years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.records import Child
from posada.records.people import age_on


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2010, 5, 4), date(2026, 5, 3), 15),
        (date(2010, 5, 4), date(2026, 5, 4), 16),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (date(2026, 12, 1), date(2026, 12, 1), 0),
    ],
)
def test_age_changes_on_the_birthday(born: date, on: date, age: int) -> None:
    assert age_on(born, on) == age


@given(st.dates(date(1990, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2040, 1, 1)))
def test_a_birthday_comes_once_a_year(born: date, on: date) -> None:
    day_of_next_year = on.replace(year=on.year + 1, day=min(on.day, 28))
    assert age_on(born, day_of_next_year) - age_on(born, on.replace(day=min(on.day, 28))) == 1


def test_a_child_has_no_name_number_or_address() -> None:
    held = set(Child.__dataclass_fields__)
    assert held == {
        *("child_id", "sibling_group_id", "birth_date", "sex", "languages", "country", "arrived_on", "needs"),
        "location_fips",
    }
