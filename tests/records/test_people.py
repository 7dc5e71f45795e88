"""Ages in whole years."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from posada.docket.answers import Answers
from posada.intake.age import Basis, Birth, may_be_adult, turns
from posada.licensing.household import turns_on
from posada.placement.check_facts import whole_years
from posada.records import Child
from posada.records.people import age_on, birthday, born_by
from posada.rulebook.legal_files import load_legal_rules


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2010, 5, 4), date(2026, 5, 3), 15),
        (date(2010, 5, 4), date(2026, 5, 4), 16),
        (date(2012, 2, 29), date(2026, 2, 27), 13),
        (date(2012, 2, 29), date(2026, 2, 28), 14),
        (date(2012, 2, 29), date(2028, 2, 28), 15),
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


@given(st.dates(date(1990, 1, 1), date(2026, 1, 1)), st.integers(0, 30))
def test_age_turns_on_the_birthday_and_on_no_other_day(born: date, years: int) -> None:
    day = birthday(born, years=years)
    assert [age_on(born, day + timedelta(days=n)) for n in (-1, 0, 1)] == [years - 1, years, years]


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 30))
@example(date(2026, 2, 28), 18)
@example(date(2028, 2, 29), 18)
def test_the_latest_birth_date_of_an_age_is_the_last_with_a_birthday_by_then(day: date, years: int) -> None:
    born = born_by(day, years=years)
    assert birthday(born, years=years) <= day < birthday(born + timedelta(days=1), years=years)


@pytest.mark.parametrize("on", [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)])
def test_every_part_knows_the_same_eighteenth_birthday_of_who_was_born_on_a_leap_day(on: date) -> None:
    born, turned = date(2008, 2, 29), on >= date(2026, 2, 28)
    birth = Birth(born, Basis.DOCUMENT)
    (attained,) = Answers(load_legal_rules(), as_of=on).computed(
        load_legal_rules().rule("age.attains_18"), born, facts={}
    )
    assert (age_on(born, on) >= 18) is turned
    assert (birthday(born, years=18) <= on) is turned
    assert (turns_on(born, age=18) <= on) is turned
    assert turns(birth, age=18, margin_days=365) == (turns_on(born, age=18),) * 2
    assert may_be_adult(birth, on=on, margin_days=365, adult_age=18) is turned
    assert (whole_years(born, on) >= 18) is turned
    assert (born <= born_by(on, years=18)) is turned
    assert attained[1].day == birthday(born, years=18)


@pytest.mark.parametrize("years", [-3000, 9000])
def test_a_birthday_in_no_calendar_is_an_overflow(years: int) -> None:
    with pytest.raises(OverflowError, match="calendar"):
        birthday(date(2000, 1, 1), years=years)


def test_a_child_has_no_name_number_or_address() -> None:
    held = set(Child.__dataclass_fields__)
    assert held == {
        *("child_id", "sibling_group_id", "birth_date", "sex", "languages", "country", "arrived_on", "needs"),
        "location_fips",
    }
