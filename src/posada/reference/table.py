"""Packaged public tables: the one place that opens them. In: a table's name. Out: its rows, as text.

What each table is, and who published it: `sources.py`. Tests: tests/reference/test_table.py.
"""

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources


@lru_cache
def rows(table: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `tables/<table>.csv`, cells as text, an empty cell as "".

    Raises:
        FileNotFoundError: no such table ships with Posada.

    >>> rows("state_population_2014")[20]["state_name"]
    'Maryland'
    """
    text = resources.files("posada.reference").joinpath(f"tables/{table}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def packaged() -> tuple[str, ...]:
    """The names of all packaged tables, sorted."""
    folder = resources.files("posada.reference").joinpath("tables")
    return tuple(sorted(file.name[:-4] for file in folder.iterdir() if file.name.endswith(".csv")))
