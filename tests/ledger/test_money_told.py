"""What is told of money, and that nobody can be counted by it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.ledger.minimal_cost import ProgramCost, compare
from posada.ledger.money_told import MonthCost, PriceList, beside_alternatives, money
from posada.ledger.rates import shipped_rates

DAY = date(2014, 9, 30)
PRICES = {"kin": 0, "foster": 2_795, "group": 26_762}
LIST = PriceList(kin=(0, 0), others=(2_795, 26_762))
FULL = {"kin": 400, "foster": 90, "group": 20}


def month(kinds: dict[str, int]) -> MonthCost:
    """Everybody stayed all month."""
    cents = {"state": 30 * sum(PRICES[kind] * kinds[kind] for kind in ("foster", "group")), "family": 0}
    children = {"state": kinds["foster"] + kinds["group"], "family": kinds["kin"]}
    nights = 30 * sum(kinds.values())
    rates = shipped_rates()
    cost = ProgramCost(
        sum(cents.values()) // max(nights, 1), sum(cents.values()) // max(nights, 1), 0.0, "book"
    )
    beside = compare(cost, on=DAY, rates=rates)
    return MonthCost(DAY, cents, children, nights, kinds, 30 * kinds["kin"], LIST, beside)


def told(kinds: dict[str, int], *, is_exact: bool = True) -> dict[str, Any]:
    """By id."""
    return {each["id"]: each for each in money(month(kinds), on=DAY, is_exact=is_exact)}


def test_where_every_kind_has_eleven_and_the_table_shows_them_money_is_told_to_the_cent() -> None:
    found = told(FULL)
    assert found["cost_state"]["value"] == 30 * (90 * 2_795 + 20 * 26_762)
    assert found["cost_per_child_day"]["value"] == round((90 * 2_795 + 20 * 26_762) / 510)
    assert found["cost_family"]["value"] == 0


@pytest.mark.parametrize(
    ("kinds", "is_exact"), [(FULL | {"group": 2}, True), (FULL | {"group": 0}, True), (FULL, False)]
)
def test_else_no_sum_is_told_and_a_day_lies_between_bounds(kinds: dict[str, int], is_exact: bool) -> None:
    found = told(kinds, is_exact=is_exact)
    assert (found["cost_state"]["value"], found["cost_state"]["hidden_because"]) == (None, "small")
    day = found["cost_per_child_day"]
    low, high = day["between"]
    assert day["value"] is None
    assert low <= month(kinds).cents["state"] / month(kinds).nights < high
    assert low % 100 == high % 100 == 0


@given(st.integers(11, 2_000), st.integers(0, 150), st.integers(0, 10))
def test_the_bounds_are_the_same_for_every_mix_of_the_other_homes_and_hold_the_day(
    kin: int, foster: int, group: int
) -> None:
    """A reader who knows all but the mix learns nothing of it."""
    kinds, others = {"kin": kin, "foster": foster, "group": group}, foster + group
    between = told(kinds)["cost_per_child_day"]["between"]
    assert (between is None) == (others < 11)
    if between is not None:
        assert between[0] <= month(kinds).cents["state"] / month(kinds).nights <= between[1]
    for another in (*range(min(others, 10) + 1), *range(max(0, others - 10), others + 1)):
        if another < 11 or others - another < 11:
            mixed = {"kin": kin, "foster": others - another, "group": another}
            assert told(mixed)["cost_per_child_day"]["between"] == between


def test_few_children_in_all_tell_nothing() -> None:
    found = told({"kin": 4, "foster": 3, "group": 0})
    assert {each["value"] for each in found.values()} == {None}
    assert {each["between"] for each in found.values()} == {None}


def test_the_program_stands_beside_its_alternatives_no_closer_than_its_own_figure() -> None:
    for kinds in (FULL, FULL | {"group": 2}):
        (table,) = beside_alternatives(month(kinds), is_exact=True)
        assert table["rows"] == ["program", "foster", "group", "shelter", "influx_shelter"]
        day = told(kinds)["cost_per_child_day"]
        assert table["cells"][0] == day["between"] or day["value"] - 1 <= table["cells"][0][0] <= day["value"]
        assert len(table["details"]) == len(table["rows"])
        assert all(set(note) == {"en", "es"} for note in [*table["notes"], table["answer"]])


def test_days_without_a_price_are_bounded_by_the_board_rate() -> None:
    found = month(FULL | {"group": 2})
    assert found.beside is not None
    cost = replace(found.beside.cost, without_price=0.5, high=1_900)
    (table,) = beside_alternatives(replace(found, beside=replace(found.beside, cost=cost)), is_exact=True)
    assert table["cells"][0][0] == 0 and table["cells"][0][1] >= 2_795
