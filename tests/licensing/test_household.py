"""Who lives in a home, and what they are in it."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from posada.licensing.household import turns_on
from posada.records.people import age_on
from tests.licensing.made import CARER, DAY


def test_a_person_lives_there_until_the_day_of_moving_out() -> None:
    gone = replace(CARER, moved_out_on=DAY)
    assert gone.lives_there(DAY - timedelta(days=1))
    assert not gone.lives_there(DAY)


def test_leaving_the_role_is_not_leaving_the_home() -> None:
    retired = replace(CARER, carer_until=DAY)
    tomorrow = DAY + timedelta(days=1)
    assert retired.cares(DAY)
    assert not retired.cares(tomorrow)
    assert retired.lives_there(tomorrow)


@given(st.dates(date(1950, 1, 1), date(2026, 1, 1)), st.integers(0, 25))
def test_a_birthday_is_the_first_day_of_that_age(born: date, age: int) -> None:
    day = turns_on(born, age=age)
    assert age_on(born, day) == age
    assert age_on(born, day - timedelta(days=1)) == age - 1
