"""Where every packaged table comes from: publisher, terms, credit, and how it was checked.

Comes in: `sources.toml`. Goes out: one `Source` for each table, and a text of credits to show.
Tests: tests/reference/test_sources.py.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from posada.reference.table import rows


@dataclass(frozen=True, slots=True)
class Source:
    """One packaged table. `credit` is empty where its terms ask for none."""

    table: str
    title: str
    publisher: str
    license: str
    found_in: str
    verification: str
    rows: int
    credit: str = ""


@lru_cache
def sources() -> tuple[Source, ...]:
    """One entry for each packaged table, sorted by its name."""
    text = resources.files("posada.reference").joinpath("sources.toml").read_text(encoding="utf-8")
    return tuple(
        Source(table=table, rows=len(rows(table)), **entry)
        for table, entry in sorted(tomllib.loads(text).items())
    )


def credits_text() -> str:
    """The credits of all packaged tables, to be shown wherever their figures or maps are."""
    lines = ["Public tables that ship with Posada", ""]
    for source in sources():
        lines.append(f"{source.title}. {source.publisher}. {source.license}.")
        if source.credit:
            lines.append(f"  {source.credit}.")
    return "\n".join(lines) + "\n"


def account_text() -> str:
    """The longer account of each table: how it was found, what is verified, what is missing (Markdown)."""
    folder = resources.files("posada.reference").joinpath("tables")
    return folder.joinpath("SOURCES.md").read_text(encoding="utf-8")
