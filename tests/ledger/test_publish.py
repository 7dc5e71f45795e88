"""The file of public figures, without its signature."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.ledger.money_told import MonthCost
from posada.ledger.publish import PLACES, Counted, Result, publish
from posada.ledger.published import definition

ON = date(2014, 8, 20)
CELLS = [(row, column) for row in PLACES.rows for column in PLACES.columns]
MONTH = MonthCost(
    date(2014, 7, 31),
    cents={"state": 9_000_000, "family": 0, "donated": 125_000},
    children={"state": 120, "family": 60},
    nights=3_100,
    kinds={"kin": 60, "foster": 90, "group": 30},
)
NAMES = {
    *(
        "children_sheltered",
        "children_waiting",
        "children_with_kin",
        "siblings_together",
        "children_represented",
    ),
    *("days_to_home_median", "days_to_counsel_median", "per_100k", "cost_per_child_day"),
    *("cost_state", "cost_federal", "cost_family", "cost_donated"),
}


def counted(**changes: Any) -> Counted:
    """A program in which nothing is small."""
    told: dict[str, Any] = {
        "on": ON,
        "state": "MD",
        "title": "A program",
        "places": {cell: 40 + 3 * at for at, cell in enumerate(CELLS)},
        "counties": {"24005": 180, "24031": 86},
        "siblings": (80, 60),
        "days_to_home": list(range(5, 30)),
        "days_to_counsel": list(range(20, 50)),
        "month": MONTH,
    }
    return Counted(**{**told, **changes})


def figures(result: Result) -> dict[str, Any]:
    """By id."""
    return {each["id"]: each for each in result.told["figures"]}


def test_every_figure_has_a_day_a_source_and_a_definition_in_both_languages() -> None:
    found = figures(publish(counted(), last=None))
    assert set(found) == NAMES
    for each in found.values():
        assert each["as_of"] and each["source"]
        assert set(each["definition"]) == {"en", "es"}
        assert set(each["title"]) == {"en", "es"} and all(len(words) < 40 for words in each["title"].values())
    assert definition("per_100k")["es"]


def test_the_first_edition_equals_the_counts() -> None:
    asked = counted()
    found = figures(publish(asked, last=None))
    sheltered = sum(n for (row, _), n in asked.places.items() if row != "waiting")
    everybody = sum(asked.places.values())
    assert (found["children_sheltered"]["value"], found["children_sheltered"]["denominator"]) == (
        sheltered,
        everybody,
    )
    assert found["children_waiting"]["value"] == everybody - sheltered
    assert found["siblings_together"]["value"] == 75
    assert found["days_to_home_median"]["value"] == 17
    assert found["cost_per_child_day"]["value"] == 2903
    assert found["cost_state"]["value"] == 9_000_000


def test_what_is_small_is_hidden_and_says_why() -> None:
    places = dict.fromkeys(CELLS, 40) | {
        ("waiting", "with_counsel"): 3,
        ("waiting", "without_counsel"): 4,
    }
    result = publish(counted(places=places, siblings=(20, 9), days_to_home=[1] * 10), last=None)
    found = figures(result)
    for name in ("children_waiting", "siblings_together", "days_to_home_median"):
        assert (found[name]["value"], found[name]["hidden_because"]) == (None, "small")
        assert result.hidden[name] == "small"


def test_a_payer_with_few_children_is_hidden_and_with_it_the_mean_that_would_tell_it() -> None:
    month = MonthCost(ON, {"state": 90, "federal": 70}, {"state": 50, "federal": 3}, 10, MONTH.kinds)
    found = figures(publish(counted(month=month), last=None))
    assert found["cost_federal"]["hidden_because"] == "small"
    assert found["cost_per_child_day"]["hidden_because"] == "small"
    assert found["cost_state"]["value"] == 90


def test_before_a_month_is_closed_no_cost_is_told() -> None:
    result = publish(counted(month=None), last=None)
    assert figures(result)["cost_per_child_day"]["value"] is None
    assert result.hidden["cost_per_child_day"] == "unknown"


@pytest.mark.parametrize(("on", "period"), [(ON, "2014"), (date(2026, 1, 1), "FY2019")])
def test_the_state_stands_beside_every_state_in_the_newest_list_with_rates(on: date, period: str) -> None:
    result = publish(counted(on=on), last=None)
    states = next(each for each in result.told["tables"] if each["id"] == "per_100k_by_state")
    assert period in states["source"]
    assert len(states["rows"]) == 51
    assert figures(result)["per_100k"]["value"] == states["cells"][states["rows"].index("MD")][0]


def test_a_second_edition_holds_what_moved_by_little() -> None:
    first = publish(counted(), last=None)
    places = {**counted().places, ("kin", "with_counsel"): 44}
    second = publish(counted(places=places, on=date(2014, 9, 20)), last=first.kept)
    assert figures(second)["children_with_kin"]["value"] == figures(first)["children_with_kin"]["value"]


def numbers_of_people(result: Result) -> list[int]:
    """Every count of children that the file shows, as a reader reads it."""
    told = json.loads(json.dumps(result.told))
    found = [each["value"] for each in told["figures"] if each["unit"] == "children"]
    found += [each["denominator"] for each in told["figures"]]
    for table in told["tables"]:
        if table["id"] != "per_100k_by_state":
            found += [cell for row in table["cells"] for cell in row]
            found += [*(table["row_totals"] or ()), *(table["column_totals"] or ()), table["total"]]
    return [each for each in found if each is not None]


SOME = st.one_of(st.integers(0, 14), st.integers(0, 300))


@settings(max_examples=40, deadline=None)
@given(st.lists(SOME, min_size=8, max_size=8), st.lists(st.integers(-15, 15), min_size=8, max_size=8))
def test_no_edition_shows_a_small_count_and_none_follows_from_the_one_before(
    counts: list[int], steps: list[int]
) -> None:
    first = publish(counted(places=dict(zip(CELLS, counts, strict=True)), counties={}), last=None)
    moved = [max(0, count + step) for count, step in zip(counts, steps, strict=True)]
    second = publish(counted(places=dict(zip(CELLS, moved, strict=True)), counties={}), last=first.kept)
    assert all(each >= 11 for each in [*numbers_of_people(first), *numbers_of_people(second)])
    for name, each in figures(first).items():
        pair = each["value"], figures(second)[name]["value"]
        if each["unit"] == "children" and None not in pair:
            assert abs(pair[0] - pair[1]) not in range(1, 11)
