"""How one figure and one list of the public file look, with the words that define them.

Comes in: values that may be shown. Goes out: the objects of `figures.json`. Nothing is hidden here: that is decided
before. Docs: docs/explanation/published-figures.md. Tests: tests/ledger/test_publish.py.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

SMALL, HELD, UNKNOWN = "small", "held", "unknown"
OFFICE = "the program's own records"


def definition(name: str) -> dict[str, str]:
    """What a figure or table says, by language."""
    return dict(_words()[name])


def title(name: str) -> dict[str, str]:
    """What a figure is called in a few words, by language."""
    titles: Any = _words()["titles"]
    return dict(titles[name])


def figure(
    name: str,
    value: float | None,
    unit: str,
    on: date,
    *,
    denominator: int | None = None,
    source: str = OFFICE,
    hidden: str | None = None,
    between: tuple[int, int] | None = None,
) -> dict[str, Any]:
    """One figure. `between`: where its value may not be told, bounds that hold it."""
    return {
        "id": name,
        "value": value,
        "unit": unit,
        "denominator": denominator if value is not None else None,
        "as_of": on.isoformat(),
        "title": title(name),
        "definition": definition(name),
        "source": source,
        "hidden_because": hidden,
        "between": list(between) if between else None,
    }


def listed(name: str, told: Mapping[str, Any], column: str, on: date, source: str) -> dict[str, Any]:
    """A table of one column."""
    cells = [[value] for value in told.values()]
    return table(name, list(told), [column], cells, on=on, source=source)


def table(
    name: str, rows: list[str], columns: list[str], cells: list[list[Any]], *, on: date, source: str
) -> dict[str, Any]:
    """A table without totals."""
    return {
        "id": name,
        "title": definition(name),
        "rows": rows,
        "columns": columns,
        "cells": cells,
        "row_totals": None,
        "column_totals": None,
        "total": None,
        "as_of": on.isoformat(),
        "source": source,
    }


@lru_cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    text = resources.files("posada.ledger").joinpath("published_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
