"""The section of RESULTS.md on changes of tables: how long they take on a national office, and what waits meanwhile.

Comes in: the newest rows of part `migrations`, as bench/migrations.py writes them.
Tests: tests/bench/test_migrations_table.py.
"""

from collections.abc import Iterator, Sequence

from office_table import PLACES
from results import Row, of_part

AIM = 300
"""Seconds, for all changes together."""
SHOWN = 8
"""Lines of a table; all other changes are quicker."""


def migrations_section(rows: Sequence[Row]) -> Iterator[str]:
    """The section, line by line; nothing where nothing was measured."""
    kept = of_part(rows, "migrations")
    if not kept:
        return
    yield "## Changes of tables\n"
    yield (
        "An office is taken back to the first whole state of its tables and brought up again, one change after the "
        "other. On SQLite nobody else writes while a change runs; on PostgreSQL the locks that keep readers or "
        "writers away from a table are looked at fifty times a second. `load`: processes that wanted the processor.\n"
    )
    yield "| children | database | changes | together | asked | held | longest that a table was kept from others |"
    yield "| ---: | --- | ---: | ---: | --- | --- | --- |"
    told = sorted({(row["children"], row["instance"]) for row in kept}, key=str)
    for children, database in told:
        own = _of(kept, children, database)
        whole = sum(row["seconds"] for row in own)
        held = "yes" if whole <= AIM else "**no**"
        figures = f"{len(own)} | {whole:,.0f} s | ≤ {AIM} s | {held} | {_longest(own)}"
        yield f"| {children:,} | {PLACES[database]} | {figures} |"
    yield ""
    yield "| children | database | change | seconds | load |"
    yield "| ---: | --- | --- | ---: | ---: |"
    for children, database in told:
        for row in sorted(_of(kept, children, database), key=lambda row: -float(row["seconds"]))[:SHOWN]:
            figures = f"`{row['name']}` | {row['seconds']:,.1f} | {row['load']}"
            yield f"| {children:,} | {PLACES[database]} | {figures} |"
    yield ""


def _of(rows: Sequence[Row], children: int, database: str) -> list[Row]:
    return [row for row in rows if row["children"] == children and row["instance"] == database]


def _longest(rows: Sequence[Row]) -> str:
    worst = max(rows, key=lambda row: float(row.get("locked_seconds", 0)))
    if "locked_seconds" not in worst:
        slowest = max(float(row["seconds"]) for row in rows)
        return f"the whole file, {slowest:,.1f} s"
    return f"`{worst['locked']}`, {worst['locked_seconds']:,.1f} s"
