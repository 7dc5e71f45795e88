"""The other measurements of RESULTS.md: one table a part, one column a figure."""

from collections.abc import Iterator, Sequence

from results import Row, of_part

TITLES = {
    "ask": "Questions to a plan: seconds of each, median and slowest",
    "simulate": "Simulated years: shares of what hindsight could place",
    "simulate-growth": "Simulated years as programs grow",
    "docket": "The docket: every deadline of a nation",
    "packets": "Packets",
}
HIDDEN = {"part", "at", "gains", "moved", "unequal"}


def other_sections(rows: Sequence[Row], notes: dict[str, str]) -> Iterator[str]:
    """A table of each part that was measured, with its note."""
    for part, title in TITLES.items():
        mine = of_part(rows, part)
        if not mine:
            continue
        columns = list(dict.fromkeys(key for row in mine for key in row if key not in HIDDEN))
        yield f"## {title}\n"
        yield "| " + " | ".join(name.replace("_", " ") for name in columns) + " |"
        yield "|" + " --- |" * len(columns)
        for row in mine:
            yield "| " + " | ".join(_shown(row.get(name)) for name in columns) + " |"
        yield ""
        if part in notes:
            yield notes[part].strip() + "\n"


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 100 else f"{value:,.0f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value).replace("|", "\\|")
