"""Public figures hide small cells: attacked as they are published, over two editions and all tables at once.

POSADA_ROUNDS: how many programs are attacked (25 in the suite).
"""

import os
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from posada.ledger.classes import class_of
from posada.ledger.figures import SMALL_CELL
from posada.ledger.minimal_cost import ProgramCost, compare
from posada.ledger.money_told import MonthCost, PriceList
from posada.ledger.publish import PLACES, Counted, publish
from posada.ledger.rates import shipped_rates
from posada.ledger.two_versions import ranges
from posada.reference.counties import county_state

ROUNDS = int(os.environ.get("POSADA_ROUNDS", "25"))
ON, SMALL = date(2014, 9, 30), SMALL_CELL.threshold
CELLS = [(row, column) for row in PLACES.rows for column in PLACES.columns]
OWN = sorted(fips for fips, state in county_state().items() if state == "MD")
PRICES = {"kin": 0, "foster": 2_795, "group": 26_762}
counts = st.dictionaries(st.sampled_from(CELLS), st.one_of(st.integers(0, 14), st.integers(0, 400)))
moves = st.dictionaries(st.sampled_from(CELLS), st.integers(-12, 12))


def counted(places: dict[Any, int], on: date) -> Counted:
    """A program in which everybody stayed all month, most of them in one county."""
    kinds = {kind: sum(places.get((kind, each), 0) for each in PLACES.columns) for kind in PRICES}
    cents = {"state": 30 * sum(PRICES[kind] * n for kind, n in kinds.items()), "family": 0}
    nights = 30 * sum(kinds.values())
    each = sum(cents.values()) // max(nights, 1)
    month = MonthCost(
        ON,
        cents,
        {"state": kinds["foster"] + kinds["group"], "family": kinds["kin"]},
        nights,
        kinds,
        30 * kinds["kin"],
        PriceList((0, 0), (2_795, 26_762)),
        compare(ProgramCost(each, each + 1, 0.0, "book"), on=ON, rates=shipped_rates()),
    )
    whole = sum(kinds.values())
    few = min(7, whole)
    counties = {OWN[0]: whole - few, OWN[1]: few}
    return Counted(on, "MD", "A program", places, counties, (0, 0), [], [], month)


@settings(max_examples=ROUNDS, deadline=None)
@given(counts, moves)
def test_no_hidden_cell_is_found_by_totals_money_counties_or_the_edition_before(
    places: dict[Any, int], moved: dict[Any, int]
) -> None:
    whole = {cell: places.get(cell, 0) for cell in CELLS}
    later = {cell: max(0, n + moved.get(cell, 0)) for cell, n in whole.items()}
    first = publish(counted(whole, ON), last=None)
    second = publish(counted(later, ON + timedelta(days=30)), last=first.kept)
    versions = (first.kept.version, second.kept.version)
    for word, name, found in ranges(PLACES.sums, *versions):
        assert found.most - found.least >= SMALL, (word, name)
    for at, (result, asked) in enumerate(((first, whole), (second, later))):
        told = {each["id"]: each for each in result.told["figures"]}
        shown = [each["value"] for each in told.values() if each["unit"] == "children"]
        assert all(value is None or value >= SMALL for value in shown)
        assert_money_tells_no_mix(result, asked)
        assert_counties_tell_nobody(result, at)


def assert_money_tells_no_mix(result: Any, places: dict[Any, int]) -> None:
    """A sum in cents stands only where every kind of home is told, and has eleven; bounds are those of every mix."""
    told = {each["id"]: each for each in result.told["figures"]}
    day, kinds = (
        told["cost_per_child_day"],
        {kind: sum(places[kind, each] for each in PLACES.columns) for kind in PRICES},
    )
    rows = [result.kept.shown(PLACES, f"row {kind}") for kind in PRICES]
    if told["cost_state"]["value"]:
        assert None not in rows and min(kinds.values()) >= SMALL
    if day["between"]:
        others = kinds["foster"] + kinds["group"]
        for group in {0, min(others, 10), others}:
            mixed = {**dict.fromkeys(CELLS, 0), ("kin", "with_counsel"): kinds["kin"]}
            mixed |= {("group", "with_counsel"): group, ("foster", "with_counsel"): others - group}
            again = {each["id"]: each for each in publish(counted(mixed, ON), last=None).told["figures"]}
            assert again["cost_per_child_day"]["between"] in (day["between"], None)
        table = next(each for each in result.told["tables"] if each["id"] == "cost_beside_alternatives")
        assert table["cells"][0] == day["between"]


def assert_counties_tell_nobody(result: Any, at: int) -> None:
    """Every county of the state is listed; what is shown is a class that starts at eleven."""
    table = next(each for each in result.told["tables"] if each["id"] == "children_by_county")
    assert table["rows"] == OWN, at
    shown = [cell for (cell,) in table["cells"] if cell is not None]
    assert all(class_of(cell)[0] == cell >= SMALL for cell in shown)
    total = result.kept.shown(PLACES, "group sheltered")
    if total is not None and shown:
        low, high = sum(shown), sum(class_of(cell)[1] for cell in shown)
        hidden = len(table["rows"]) - len(shown)
        assert total - high <= 0 or hidden * 10 >= total - high
        assert total >= low
