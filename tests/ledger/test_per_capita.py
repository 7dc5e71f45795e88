"""Rates and ranks, recomputed, against a ranking that was worked out apart from this code."""

import csv
from pathlib import Path

import pytest

from posada.ledger.per_capita import FISCAL_2014, YEARS, PerCapitaRow, YearNotCovered, per_capita
from posada.reference.table import rows

RANKING_2014 = list(
    csv.DictReader(
        (Path(__file__).parent / "per_capita_ranking_2014.csv").read_text(encoding="utf-8").splitlines()
    )
)


def number(text: str) -> float | None:
    return float(text) if text else None


def by_key(year: int) -> dict[tuple[str, str | None, str], PerCapitaRow]:
    return {(row.period, row.denominator, row.state): row for row in per_capita(year)}


def test_2014_agrees_with_the_ranking_in_every_row() -> None:
    found = by_key(2014)
    assert len(RANKING_2014) == 231
    for wanted in RANKING_2014:
        row = found[wanted["period"], wanted["denominator"], wanted["state"]]
        assert (row.children, row.population) == (
            int(wanted["children_released"]),
            int(wanted["population"]),
        )
        assert row.per_100k == number(wanted["per_100k"])
        assert row.rank_incl_dc == number(wanted["rank_incl_dc"])
        assert row.rank_states_only == number(wanted["rank_states_only"])
        assert row.verified == wanted["numerator_verified"]


def test_fiscal_years_agree_with_the_ranking_in_every_row() -> None:
    ranking = rows("per_capita_ranking_fy2015_fy2019")
    for wanted in ranking:
        year = int(wanted["fiscal_year"])
        row = by_key(year)[f"FY{year}", "all ages, Vintage 2019", wanted["state"]]
        assert row.children == int(wanted["children_released"])
        assert row.per_100k == number(wanted["per_100k"])
        assert row.rank_incl_dc == number(wanted["rank_incl_dc"])
        assert row.rank_states_only == number(wanted["rank_states_only"])
        assert row.verified == wanted["verified"]


def test_every_state_stands_in_every_period_of_2014_once() -> None:
    found = per_capita(2014)
    lists: dict[tuple[str, str | None], list[str]] = {}
    for row in found:
        lists.setdefault((row.period, row.denominator), []).append(row.state)
    assert len(lists) == 6 * 3
    assert all(len(states) == len(set(states)) == 51 for states in lists.values())


def test_an_unknown_count_is_not_a_zero() -> None:
    row = by_key(2014)[FISCAL_2014, "all ages, Vintage 2014", "AK"]
    assert (row.children, row.per_100k, row.rank_incl_dc) == (None, None, None)
    assert (row.population, row.verified) == (736732, "no")


def test_a_list_too_short_to_settle_first_place_is_not_ranked() -> None:
    row = by_key(2014)["2014-01-01..2014-08-31", "all ages, Vintage 2019", "LA"]
    assert row.per_100k is not None
    assert row.rank_incl_dc is None


@pytest.mark.parametrize("year", YEARS)
def test_totals_are_left_out(year: int) -> None:
    assert "US" not in {row.state for row in per_capita(year)}


@pytest.mark.parametrize("year", range(2020, 2025))
def test_years_without_a_population_have_counts_but_no_rates(year: int) -> None:
    found = per_capita(year)
    assert sum(row.children or 0 for row in found) > 10_000
    assert {(row.population, row.per_100k, row.rank_incl_dc, row.denominator) for row in found} == {
        (None, None, None, None)
    }


def test_a_year_that_no_table_has_is_refused() -> None:
    with pytest.raises(YearNotCovered, match="2014 to 2024"):
        per_capita(2013)
