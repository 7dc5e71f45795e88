"""Measured rows, one JSON object a line: the newest row of a kind counts, so single rows can be redone.

The file lives under bench/work/ and is not tracked; RESULTS.md is rendered from it.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

BENCH = Path(__file__).parent
WORK = BENCH / "work"
ROWS = WORK / "rows.jsonl"
Row = dict[str, Any]
KEYS = (
    *("part", "instance", "seed", "method", "name", "sense", "solver"),
    *("circumstance", "policy", "arrivals", "learnt", "children", "regime", "pages", "people"),
)
"""What tells one measurement from another; a row has some of them."""


def append(path: Path, row: Row) -> None:
    """Add a row at the end of the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def newest(path: Path) -> list[Row]:
    """The last row of each measurement, in the order in which they were first measured."""
    found: dict[tuple[Any, ...], Row] = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[tuple(row.get(key) for key in KEYS)] = row
    return list(found.values())


def of_part(rows: Iterable[Row], part: str) -> list[Row]:
    """The rows of one part."""
    return [row for row in rows if row["part"] == part]
