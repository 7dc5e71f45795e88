"""Age with its basis, on the day that is asked about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.intake.age import (
    AgeBounds,
    Basis,
    Birth,
    Worse,
    age_bounds,
    birth_bounds,
    may_be_adult,
    turns,
    worse_age,
)
from posada.licensing.check_types import days_or_count
from posada.records.people import age_on

DAY = date(2026, 11, 25)
MARGIN = days_or_count("maryland", "age.margin_days", on=DAY)
BORN = date(2008, 11, 25)


def test_the_eve_the_day_and_the_day_after_an_18th_birthday() -> None:
    for offset, is_adult in ((-1, False), (0, True), (1, True)):
        on = DAY + timedelta(days=offset)
        assert may_be_adult(Birth(BORN), on=on, margin_days=MARGIN, adult_age=18) is is_adult


def test_a_documented_or_stated_date_is_one_day() -> None:
    for basis in (Basis.DOCUMENT, Basis.STATED):
        assert birth_bounds(Birth(BORN, basis), margin_days=MARGIN) == (BORN, BORN)


@pytest.mark.parametrize("basis", [Basis.ESTIMATED, Basis.DISPUTED])
def test_an_estimate_without_another_bound_may_be_off_by_the_margin_of_the_policy(basis: Basis) -> None:
    found = birth_bounds(Birth(BORN, basis), margin_days=MARGIN)
    assert found == (BORN - timedelta(days=365), BORN + timedelta(days=365))


def test_the_other_bound_may_stand_on_either_side() -> None:
    other = date(2010, 1, 1)
    for one, two in ((BORN, other), (other, BORN)):
        assert birth_bounds(Birth(one, Basis.DISPUTED, two), margin_days=MARGIN) == (BORN, other)


def test_a_rule_gets_the_worse_bound_and_deadlines_the_earliest_date() -> None:
    disputed = Birth(date(2008, 12, 1), Basis.DISPUTED, date(2010, 12, 1))
    assert age_bounds(disputed, on=DAY, margin_days=MARGIN) == AgeBounds(15, 17, Basis.DISPUTED)
    assert worse_age(disputed, on=DAY, worse=Worse.OLDER, margin_days=MARGIN) == 17
    assert worse_age(disputed, on=DAY, worse=Worse.YOUNGER, margin_days=MARGIN) == 15
    assert turns(disputed, age=18, margin_days=MARGIN) == (date(2026, 12, 1), date(2028, 12, 1))


def test_an_unknown_birth_date_is_unknown_and_never_a_crash() -> None:
    nobody = Birth(None)
    assert age_bounds(nobody, on=DAY, margin_days=MARGIN) is None
    assert worse_age(nobody, on=DAY, worse=Worse.OLDER, margin_days=MARGIN) is None
    assert turns(nobody, age=18, margin_days=MARGIN) is None
    assert may_be_adult(nobody, on=DAY, margin_days=MARGIN, adult_age=18) is None


def test_a_birthday_on_29_february_falls_on_the_28th_in_a_common_year() -> None:
    assert turns(Birth(date(2008, 2, 29)), age=18, margin_days=MARGIN) == (date(2026, 2, 28),) * 2


@given(
    st.dates(date(2000, 1, 1), DAY),
    st.sampled_from(Basis),
    st.one_of(st.none(), st.dates(date(2000, 1, 1), DAY)),
    st.dates(DAY, date(2040, 1, 1)),
)
def test_bounds_hold_the_recorded_age_and_turning_agrees_with_them(
    born: date, basis: Basis, other: date | None, on: date
) -> None:
    birth = Birth(born, basis, other)
    bounds = age_bounds(birth, on=on, margin_days=MARGIN)
    days = turns(birth, age=18, margin_days=MARGIN)
    assert bounds is not None
    assert days is not None
    assert bounds.youngest <= age_on(born, on) <= bounds.oldest
    assert (days[0] <= on) == (bounds.oldest >= 18)
    assert (days[1] <= on) == (bounds.youngest >= 18)
    assert bounds.is_exact or bounds.youngest < bounds.oldest
