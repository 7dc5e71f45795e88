"""Children released per 100,000 residents, recomputed from the published tables.

Comes in: ORR counts by state and Census populations (packaged, `posada data sources`). Goes out: one row for
each state, period and denominator. A state whose count is not known has a row with None: it is not zero.
Ranks are among the jurisdictions with a known count in the same period and denominator. Where that list is
shorter than `SHORT_LIST`, no rank is given.
Tests: tests/ledger/test_per_capita.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from posada.reference.table import rows

YEARS = tuple(range(2014, 2025))
TERRITORIES = frozenset({"PR", "VI"})
SHORT_LIST = 13
"""A period is ranked only where so many jurisdictions have a count; ranks are then ranks within the list.
Lists of one to six (New England; Maryland and Virginia alone) would rank a state first for being listed."""
FISCAL_2014 = "FY2014 (Oct 2013..Sep 2014), recalled"
VINTAGE_2019 = "all ages, Vintage 2019"
_DENOMINATORS_2014 = {
    "all ages, Vintage 2014": "pop_2014_v2014",
    VINTAGE_2019: "pop_2014_v2019",
    "under 18 civilian, Vintage 2019": "under18_civilian_2014_v2019",
}


class YearNotCovered(LookupError):  # noqa: N818  a sentence, like the other errors
    """No packaged table has that year."""


@dataclass(frozen=True, slots=True)
class PerCapitaRow:
    """One state in one period over one denominator; None is "not known"."""

    period: str
    denominator: str | None
    state: str
    children: int | None
    population: int | None
    per_100k: float | None  # two decimals
    rank_incl_dc: int | None
    rank_states_only: int | None
    verified: str | None  # the word of the count's table: yes, no, approximate, single-copy


@dataclass(frozen=True, slots=True)
class _Count:
    children: int | None
    verified: str


def per_capita(year: int) -> tuple[PerCapitaRow, ...]:
    """Every state of every period of a year: 2014, or a fiscal year from 2015 to 2024.

    For 2014: the periods of the calendar year and of fiscal year 2014, each over three denominators. From
    2020 on the packaged tables have no population, so rates and ranks are None. Rows are by rank, then state.

    Raises:
        YearNotCovered: any other year.

    >>> first = per_capita(2015)[0]
    >>> first.state, first.children, first.per_100k
    ('MD', 1794, 29.97)
    """
    if year not in YEARS:
        raise YearNotCovered(f"year {year} is not in the packaged tables: choose 2014 to 2024")
    return _year_2014() if year == 2014 else _fiscal_year(year)


@lru_cache
def _year_2014() -> tuple[PerCapitaRow, ...]:
    populations = {
        denominator: {row["state"]: int(row[column]) for row in rows("state_population_2014") if row[column]}
        for denominator, column in _DENOMINATORS_2014.items()
    }
    states = [row["state"] for row in rows("state_population_2014") if row["state"] not in TERRITORIES]
    found: list[PerCapitaRow] = []
    for period, counts in _counts_2014().items():
        for denominator, population in populations.items():
            found += _ranked(period, denominator, states, counts, population)
    return tuple(found)


def _counts_2014() -> dict[str, dict[str, _Count]]:
    periods: dict[str, dict[str, _Count]] = {}
    for row in rows("orr_releases_by_state_2014_to_date"):
        period = f"{row['period_start']}..{row['period_end']}"
        periods.setdefault(period, {})[row["state"]] = _count(row)
    periods[FISCAL_2014] = {row["state"]: _count(row) for row in rows("orr_releases_by_state_fy2014")}
    return periods


@lru_cache
def _fiscal_year(year: int) -> tuple[PerCapitaRow, ...]:
    counts = {
        row["state"]: _count(row)
        for row in rows("orr_releases_by_state_fy2015_fy2024")
        if row["fiscal_year"] == str(year) and row["state"] not in ("US", "")
    }
    population = {
        row["state"]: int(row["population_1_july_v2019"])
        for row in rows("per_capita_ranking_fy2015_fy2019")
        if row["fiscal_year"] == str(year)
    }
    denominator = VINTAGE_2019 if population else None
    return tuple(_ranked(f"FY{year}", denominator, sorted(counts), counts, population))


def _count(row: Mapping[str, str]) -> _Count:
    text = row["children_released"]
    return _Count(int(text) if text else None, row["verified"])


def _ranked(
    period: str,
    denominator: str | None,
    states: Iterable[str],
    counts: Mapping[str, _Count],
    population: Mapping[str, int],
) -> Iterator[PerCapitaRow]:
    """The rows of one period and denominator: known rates first, highest first, then the rest by state."""
    unranked = [
        _row(period, denominator, state, counts.get(state), population.get(state)) for state in states
    ]
    known = sorted((row for row in unranked if row.per_100k is not None), key=_highest_first)
    settles = len(known) >= SHORT_LIST
    for at, row in enumerate(known):
        before = sum(row_before.state != "DC" for row_before in known[:at])
        states_only = None if row.state == "DC" else before + 1
        yield replace(row, rank_incl_dc=at + 1, rank_states_only=states_only) if settles else row
    yield from sorted((row for row in unranked if row.per_100k is None), key=lambda row: row.state)


def _highest_first(row: PerCapitaRow) -> tuple[float, str]:
    rate = (row.children or 0) / (row.population or 1)
    return -rate, row.state


def _row(
    period: str, denominator: str | None, state: str, count: _Count | None, population: int | None
) -> PerCapitaRow:
    children = count.children if count else None
    known = children is not None and population is not None
    return PerCapitaRow(
        period=period,
        denominator=denominator,
        state=state,
        children=children,
        population=population,
        per_100k=round(100_000 * children / population, 2) if known else None,  # type: ignore[operator]
        rank_incl_dc=None,
        rank_states_only=None,
        verified=count.verified if count else None,
    )
