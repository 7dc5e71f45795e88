"""The table of generalised-assignment instances in RESULTS.md."""

from collections.abc import Iterator, Sequence
from typing import Any

from compared import gap_percent
from gap_instance import LARGE_NAMES, small_names
from results import Row

HEAD = (
    "| instance | value | our bound | own gap | s | recorded bounds | published gap | to recorded bound "
    "| HiGHS alone: value | to recorded bound | s |"
)


def gap_section(rows: Sequence[Row], *, aim: dict[str, Any]) -> Iterator[str]:
    """Small ones, the named large ones, and the others where they were run."""
    if not rows:
        return
    ours = {row["name"]: row for row in rows if row["solver"] == "posada"}
    alone = {row["name"]: row for row in rows if row["solver"] == "highs"}
    small = [ours[name] for name in small_names() if name in ours]
    large = [ours[name] for name in LARGE_NAMES if name in ours]
    others = [row for name, row in ours.items() if name not in {*small_names(), *LARGE_NAMES}]
    yield "## Generalised assignment\n"
    yield (
        "The instances of [gap/SOURCES.md](gap/SOURCES.md) through the same solver path as plans. "
        "Recorded bounds: [gap/bounds.txt](gap/bounds.txt); their own distance is the published gap.\n"
    )
    if small:
        equal = sum(row["value"] == row["recorded_upper"] for row in small)
        slowest = max(row["seconds"] for row in small)
        yield (
            f"- Small, maximised: {equal} of {len(small)} reach the known optimum, "
            f"the slowest in {slowest:.1f} s."
        )
    if large:
        within = [
            r for r in large if _to_recorded(r) <= aim["gap_percent"] and r["seconds"] <= aim["seconds"] + 1
        ]
        yield (
            f"- Twelve named large ones, minimised: {len(within)} of {len(large)} within "
            f"{aim['gap_percent']} % of the recorded bound in {aim['seconds']} s."
        )
    yield ""
    for title, table in (("Twelve large ones", large), ("The others", others), ("The 60 small ones", small)):
        if table:
            yield f"### {title}\n"
            yield HEAD
            yield "| --- |" + " ---: |" * (HEAD.count("|") - 2)
            yield from (_line(row, alone.get(row["name"])) for row in table)
            yield ""


def gaps(row: Row) -> dict[str, float]:
    """Percent: `own_gap` from value to our bound; where bounds are recorded, to these, and theirs.

    >>> gaps({"sense": "min", "value": 102, "bound": 100, "recorded_lower": 100, "recorded_upper": 101})
    {'own_gap': 2.0, 'recorded_gap': 2.0, 'published_gap': 1.0}
    """
    found = {}
    has_value = row.get("value") is not None
    if has_value and row.get("bound") is not None:
        found["own_gap"] = round(gap_percent(row["value"], row["bound"]), 4)
    if "recorded_lower" in row:
        if has_value:
            found["recorded_gap"] = round(_to_recorded(row), 4)
        found["published_gap"] = round(_published(row), 4)
    return found


def _recorded_bound(row: Row) -> int:
    """The recorded bound on the side that no value can pass."""
    return int(row["recorded_upper"] if row["sense"] == "max" else row["recorded_lower"])


def _to_recorded(row: Row) -> float:
    bound = _recorded_bound(row)
    worse = bound - row["value"] if row["sense"] == "max" else row["value"] - bound
    return gap_percent(row["value"], bound) if worse > 0 else 0.0


def _published(row: Row) -> float:
    best = row["recorded_lower"] if row["sense"] == "max" else row["recorded_upper"]
    return gap_percent(best, _recorded_bound(row))


def _line(row: Row, alone: Row | None) -> str:
    lower, upper = row["recorded_lower"], row["recorded_upper"]
    cells = [
        row["name"],
        f"{row['value']:,}",
        f"{row['bound']:,}",
        f"{gap_percent(row['value'], row['bound']):.3f} %",
        f"{row['seconds']:.1f}",
        f"{lower:,}" if lower == upper else f"{lower:,} – {upper:,}",
        f"{_published(row):.3f} %",
        f"{_to_recorded(row):.3f} %",
    ]
    if alone is None:
        cells += ["", "", ""]
    elif alone["value"] is None:
        cells += ["none", "", f"{alone['seconds']:.1f}"]
    else:
        cells += [f"{alone['value']:,}", f"{_to_recorded(alone):.3f} %", f"{alone['seconds']:.1f}"]
    return f"| {' | '.join(cells)} |"
