"""The public figures of a program: counted by the office, small ones hidden, safe beside the version before.

Comes in: counts of one day, the last closed month, the state's packaged rates, and what was published last. Goes out:
the contents of `figures.json` without its signature, why something is hidden or held, and what to keep for next time.
Counts of children follow `table_version`; counties are classes; a median is shown over 11 children or more; money
follows `money_told`.
Docs: docs/explanation/published-figures.md. Tests: tests/ledger/test_publish.py.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from posada.ledger.classes import classes
from posada.ledger.figures import SMALL_CELL
from posada.ledger.money_told import MonthCost, beside_alternatives, money
from posada.ledger.per_capita import YEARS, PerCapitaRow, per_capita
from posada.ledger.published import HELD, OFFICE, SMALL, UNKNOWN, definition, figure, listed
from posada.ledger.rates import HOMES
from posada.ledger.table_version import TOTAL, Published, Shape, next_version
from posada.ledger.two_versions import Cells
from posada.reference.counties import county_state

SCHEMA = 1
PLACES = Shape(
    rows=("kin", "foster", "group", "waiting"),
    columns=("with_counsel", "without_counsel"),
    groups={"sheltered": ("kin", "foster", "group")},
)
_OF_TABLE = {  # figure → its sum in the table, and the sum that it is a part of
    "children_sheltered": ("group sheltered", TOTAL),
    "children_waiting": ("row waiting", TOTAL),
    "children_with_kin": ("row kin", "group sheltered"),
    "children_represented": ("column with_counsel", TOTAL),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What the office counted on a day. `places`: (where, counsel) → children; `counties`: code → children in homes.

    `siblings`: children with siblings who have a home, and those of them who live with all of these. `days_to_home`,
    `days_to_counsel`: one number a child.
    """

    on: date
    state: str
    title: str
    places: Cells
    counties: Mapping[str, int]
    siblings: tuple[int, int]
    days_to_home: Sequence[int]
    days_to_counsel: Sequence[int]
    month: MonthCost | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What to publish (unsigned, without the instant), what was hidden or held and why, and the table to keep."""

    told: Mapping[str, Any]
    kept: Published
    hidden: Mapping[str, str] = field(default_factory=dict)


def publish(counted: Counted, *, last: Published | None) -> Result:
    """The public figures of a day beside the last version; None: nothing was published before."""
    kept = next_version(PLACES, counted.places, on=counted.on, last=last)
    is_exact = all(kept.shown(PLACES, f"row {kind}") is not None for kind in HOMES)
    figures = [*_children(kept), _siblings(counted), *_medians(counted), _per_100k(counted)]
    figures += money(counted.month, on=counted.on, is_exact=is_exact)
    counties = _counties(counted, kept)
    hidden = {each["id"]: each["hidden_because"] or UNKNOWN for each in figures if each["value"] is None}
    if kept.is_held:
        hidden["children_by_place"] = HELD
    hidden |= {
        f"county {row}": SMALL
        for row, (cell,) in zip(counties["rows"], counties["cells"], strict=True)
        if cell is None
    }
    told = {
        "schema": SCHEMA,
        "as_of": counted.on.isoformat(),
        "program": {"state": counted.state, "title": counted.title},
        "figures": figures,
        "tables": [
            _places(kept),
            counties,
            *_states(counted),
            *beside_alternatives(counted.month, is_exact=is_exact),
        ],
    }
    return Result(told, kept, hidden)


def _children(kept: Published) -> Iterator[dict[str, Any]]:
    for name, (part, whole) in _OF_TABLE.items():
        value = kept.shown(PLACES, part)
        of = kept.shown(PLACES, whole)
        yield figure(
            name, value, "children", kept.as_of, denominator=of, hidden=None if value is not None else SMALL
        )


def _siblings(counted: Counted) -> dict[str, Any]:
    whole, together = counted.siblings
    apart = whole - together
    is_small = together < SMALL_CELL.threshold or 0 < apart < SMALL_CELL.threshold
    value = None if is_small else (together * 200 + whole) // (whole * 2)
    return figure("siblings_together", value, "percent", counted.on, hidden=SMALL if is_small else None)


def _medians(counted: Counted) -> Iterator[dict[str, Any]]:
    for name, days in (
        ("days_to_home_median", counted.days_to_home),
        ("days_to_counsel_median", counted.days_to_counsel),
    ):
        is_small = len(days) < SMALL_CELL.threshold
        value = None if is_small else round(median(days))
        yield figure(name, value, "days", counted.on, hidden=SMALL if is_small else None)


def _per_100k(counted: Counted) -> dict[str, Any]:
    row = next((row for row in _ranking(counted.on) if row.state == counted.state), None)
    value = row.per_100k if row else None
    source = f"ORR and Census tables, {row.period}, count {_word(row)}" if row else "ORR and Census tables"
    return figure("per_100k", value, "per 100,000 residents", counted.on, source=source)


def _places(kept: Published) -> dict[str, Any]:
    def shown(name: str) -> int | None:
        return kept.shown(PLACES, name)

    return {
        "id": "children_by_place",
        "title": definition("children_by_place"),
        "rows": list(PLACES.rows),
        "columns": list(PLACES.columns),
        "cells": [[shown(f"cell {row}|{column}") for column in PLACES.columns] for row in PLACES.rows],
        "row_totals": [shown(f"row {row}") for row in PLACES.rows],
        "column_totals": [shown(f"column {column}") for column in PLACES.columns],
        "total": shown(TOTAL),
        "as_of": kept.as_of.isoformat(),
        "source": OFFICE,
    }


def _counties(counted: Counted, kept: Published) -> dict[str, Any]:
    """Every county of the state, so that being listed says nothing; of other states those alone that are shown."""
    own = {fips for fips, state in county_state().items() if state == counted.state}
    counts = {fips: counted.counties.get(fips, 0) for fips in sorted(own | set(counted.counties))}
    told = classes(counts, total=kept.shown(PLACES, "group sheltered"))
    rows = {fips: least for fips, least in told.items() if fips in own or least is not None}
    return listed("children_by_county", rows, "at_least", counted.on, OFFICE)


def _states(counted: Counted) -> Iterator[dict[str, Any]]:
    ranking = _ranking(counted.on)
    if ranking:
        checked = sum(row.verified == "yes" for row in ranking)
        source = f"ORR and Census tables, {ranking[0].period}; {checked} of {len(ranking)} counts verified"
        told = {row.state: row.per_100k for row in ranking}
        yield listed("per_100k_by_state", told, "per_100k", counted.on, source)


def _ranking(on: date) -> tuple[PerCapitaRow, ...]:
    """The newest packaged list with rates that is not of a later year: one period over one denominator."""
    for year in sorted(YEARS, reverse=True):
        listed = [row for row in per_capita(year) if row.per_100k is not None]
        if year <= on.year and listed:
            lists: dict[tuple[str, str | None], list[PerCapitaRow]] = {}
            for row in listed:
                lists.setdefault((row.period, row.denominator), []).append(row)
            longest: list[PerCapitaRow] = max(lists.values(), key=len)
            return tuple(longest)
    return ()


def _word(row: PerCapitaRow) -> str:
    return "verified" if row.verified == "yes" else "not verified"
