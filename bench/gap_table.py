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


def _to_recorded(row: Row) -> float:
    """Gap of the value to the recorded bound on the side that it can't pass."""
    is_max = row["sense"] == "max"
    bound = row["recorded_upper"] if is_max else row["recorded_lower"]
    worse = bound - row["value"] if is_max else row["value"] - bound
    return gap_percent(row["value"], bound) if worse > 0 else 0.0


def _line(row: Row, alone: Row | None) -> str:
    lower, upper = row["recorded_lower"], row["recorded_upper"]
    cells = [
        row["name"],
        f"{row['value']:,}",
        f"{row['bound']:,}",
        f"{gap_percent(row['value'], row['bound']):.3f} %",
        f"{row['seconds']:.1f}",
        f"{lower:,}" if lower == upper else f"{lower:,} – {upper:,}",
        f"{gap_percent(upper, lower):.3f} %",
        f"{_to_recorded(row):.3f} %",
    ]
    if alone is None:
        cells += ["", "", ""]
    elif alone["value"] is None:
        cells += ["none", "", f"{alone['seconds']:.1f}"]
    else:
        cells += [f"{alone['value']:,}", f"{_to_recorded(alone):.3f} %", f"{alone['seconds']:.1f}"]
    return f"| {' | '.join(cells)} |"
