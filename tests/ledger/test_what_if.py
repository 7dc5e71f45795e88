"""Another mix of homes, priced before anything is done."""

from datetime import date

import pytest

from posada.ledger.bed_nights import Stay
from posada.ledger.entry import shares
from posada.ledger.rates import shipped_rates
from posada.ledger.what_if import BadChange, Change, Mix, mix_on, what_if
from tests.ledger.test_entry import RATES

DAY = date(2014, 7, 1)
MIX = Mix({"kin": 50, "foster": 30, "group": 7}, {"kin": 0, "foster": 2795, "group": 24_800})


def test_ten_more_kin_homes_empty_group_care_first_then_foster_homes() -> None:
    found = what_if(MIX, Change(kin_homes=10, children_each=2))
    assert found.moved == {("group", "kin"): 7, ("foster", "kin"): 13}
    assert found.cents_saved == 7 * 24_800 + 13 * 2795
    assert sum(found.after.children.values()) == 87


def test_without_group_care_its_children_live_in_foster_homes() -> None:
    found = what_if(MIX, Change(no_group=True))
    assert found.after.children == {"kin": 50, "foster": 37, "group": 0}
    assert found.cents_saved == 7 * (24_800 - 2795)


def test_places_that_nobody_takes_are_told() -> None:
    assert what_if(MIX, Change(kin_homes=30)).places_left == 23


def test_where_a_price_is_not_known_nothing_is_said_to_be_saved() -> None:
    mix = Mix(MIX.children, {**MIX.each, "kin": None})
    assert what_if(mix, Change(kin_homes=1)).cents_saved is None
    assert what_if(mix, Change(no_group=True)).cents_saved == 7 * (24_800 - 2795)
    assert mix.without_price == 50


@pytest.mark.parametrize("change", [{}, {"kin_homes": -1}, {"kin_homes": 1, "children_each": 0}])
def test_a_change_that_makes_no_sense_is_refused(change: dict[str, int]) -> None:
    with pytest.raises(BadChange):
        Change(**change)  # type: ignore[arg-type]


def test_the_mix_of_a_day_comes_from_its_rows_and_their_own_prices() -> None:
    listed = [
        Stay("a", "x", "foster", DAY, None, 2000),
        Stay("b", "x", "foster", DAY, None, 3001),
        Stay("c", "y", "kin", DAY),
        Stay("d", "y", "kin", date(2014, 8, 1)),
    ]
    mix = mix_on(shares(listed, rates=RATES, first=DAY, last=DAY), rates=RATES, day=DAY)
    assert mix.children == {"kin": 1, "foster": 2, "group": 0}
    assert mix.each == {"kin": None, "foster": 2501, "group": 24_800}


def test_a_kind_that_nobody_lives_in_has_the_price_of_its_rate() -> None:
    mix = mix_on((), rates=shipped_rates(), day=DAY)
    assert mix.each == {"kin": None, "foster": 2795, "group": None}
