"""The other measurements of RESULTS.md: questions to a plan, simulated years, the docket, packets."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from results import Row, of_part

PARTS = ("ask", "simulate", "simulate-growth", "docket", "packets")
QUESTIONS = ("plan", "pin", "forbid", "explain", "recruit")
POLICIES = {
    "first-come": "first come, first served",
    "prices": "shadow prices",
    "hindsight": "hindsight (a bound, not a policy)",
}
YEAR_COLUMNS: dict[str, tuple[str, str]] = {
    "share": ("share of the bound, mean", "percent"),
    "least_share": ("worst year", "percent"),
    "children_came": ("children came", "mean"),
    "children_placed": ("placed", "mean"),
    "children_sharing_language": ("sharing a language", "mean"),
    "children_represented": ("with counsel", "mean"),
    "days_waited": ("days waited by a child", "mean"),
    "aged_out": ("turned 18 waiting", "mean"),
    "gone_elsewhere": ("went elsewhere", "mean"),
    "county_week_most": ("busiest week: a county", "mean"),
    "worker_week_most": ("a worker", "mean"),
    "counsel_week_most": ("a counsel", "mean"),
    "processor_seconds_a_year": ("processor s a year", "seconds"),
}
INTRO = {
    "ask": (
        "Questions to a plan",
        "Inside one process, after the program is read: wall seconds, median (slowest), then processor seconds of "
        "the median. Pin and forbid: the whole plan anew, with the bound of every level. Recruit: so many plans "
        "anew; a large program is planned anew at most four times.",
    ),
    "simulate": (
        "Simulated years",
        "Unseen years of made-up national programs of children without kin; the same years for each policy. "
        "The share is of the children whom a relaxation with the whole year in view could place: a bound that no "
        "policy can exceed. It measures children placed, not how well a placement turns out.",
    ),
    "simulate-growth": (
        "Simulated years as programs grow",
        "One year through the command, from its start to its end.",
    ),
    "docket": (
        "The docket: every deadline of a nation",
        "Computed from nothing, and again the day after with what was kept; seconds by process.",
    ),
    "packets": ("Packets", "Built and checked through the command; half of the pages are scans."),
}


def other_sections(rows: Sequence[Row], notes: Mapping[str, str]) -> Iterator[str]:
    """A section of each part that was measured, with its note."""
    tables = (_questions, _years, _growth, _docket, _packets)
    for part, table in zip(PARTS, tables, strict=True):
        mine = of_part(rows, part)
        if mine:
            title, told = INTRO[part]
            yield f"## {title}\n"
            yield told + "\n"
            yield from table(mine)
            yield ""
            if part in notes:
                yield notes[part].strip() + "\n"


def _table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "| --- |" + " ---: |" * (len(head) - 1)
    yield from (f"| {' | '.join(line)} |" for line in lines)


def _questions(rows: Sequence[Row]) -> Iterator[str]:
    by_program: dict[str, dict[str, Row]] = {}
    for row in rows:
        if "instance" in row:
            by_program.setdefault(row["instance"], {})[row["name"]] = row
    lines = []
    for name in sorted(by_program, key=_by_size):
        asked = by_program[name]
        first = next(iter(asked.values()))
        moved = asked.get("pin", {}).get("moved", [])
        recruit = asked.get("recruit", {})
        cells = [name, f"{first['children']:,}"] + [_seconds(asked.get(each)) for each in QUESTIONS]
        lines.append(
            [*cells, _count(recruit.get("solved")), ", ".join(f"{each:,}" for each in sorted(moved))]
        )
    if lines:
        yield from _table(
            ["program", "children", *QUESTIONS, "plans made for recruit", "groups moved by each pin"], lines
        )
        yield ""
    for row in rows:
        if row["name"] == "why-not":
            unequal = "" if not row["unequal"] else f"; not equal: {row['unequal']}"
            yield (
                f"- Why-not: {row['equal']} of {row['questions']} random questions on programs of 30 to 100 children "
                f"({row['lawful']} of them lawful) answered like a plan made from nothing with that pin as a row "
                f"of the folder: every level, every refusal, every group that moves{unequal}. "
                f"Median {row['seconds']:.3f} s, slowest {row['slowest']:.2f} s."
            )


def _seconds(row: Row | None) -> str:
    if row is None:
        return "–"
    told = f"{row['seconds']:,.2f}"
    told += f" ({row['slowest']:,.2f})" if row["questions"] > 1 else ""
    return told + (f"; {row['processor_seconds']:,.2f}" if "processor_seconds" in row else "")


def _by_size(name: str) -> tuple[int, str]:
    size, _, regime = name.partition("-")
    return (int(size) if size.isdecimal() else 0), regime


def _years(rows: Sequence[Row]) -> Iterator[str]:
    as_learnt = [r for r in rows if r.get("arrivals") == 1.0 and r["policy"] in POLICIES]
    as_learnt.sort(key=lambda r: (r.get("children", 0), r["circumstance"], list(POLICIES).index(r["policy"])))
    lines = []
    for row in as_learnt:
        cells = [_shown(row.get(key), how) for key, (_, how) in YEAR_COLUMNS.items()]
        size = _count(row.get("children"))
        lines.append([row["circumstance"], size, POLICIES[row["policy"]], str(row["years"]), *cells])
    head = ["circumstance", "program", "policy", "years", *(title for title, _ in YEAR_COLUMNS.values())]
    yield from _table(head, lines)
    losses = [r for r in rows if r["policy"] == "prices-loss"]
    if losses:
        yield ""
        yield "What it costs when fewer or more come than the prices were learnt from:\n"
        yield from _table(
            ["circumstance", "arrivals", "years", "share of the bound", "if it had been learnt", "loss"],
            [
                [
                    r["circumstance"],
                    f"{r['arrivals']:g}×",
                    str(r["years"]),
                    _shown(r["share"], "percent"),
                    _shown(r["share_if_known"], "percent"),
                    f"{100 * r['loss']:.2f} points",
                ]
                for r in losses
            ],
        )


def _growth(rows: Sequence[Row]) -> Iterator[str]:
    ordered = sorted(rows, key=lambda r: (r["children"], r["regime"], r["policy"]))
    yield from _table(
        [
            "children",
            "regime",
            "policy",
            "seconds",
            "processor s",
            "MiB",
            "placed",
            "share of the bound",
            "ended",
        ],
        [
            [
                f"{r['children']:,}",
                r["regime"],
                POLICIES[r["policy"]],
                f"{r['seconds']:,.1f}",
                _shown(r.get("processor_seconds"), "seconds"),
                f"{r['peak_mb']:,}",
                _shown(r.get("children_placed"), "mean"),
                _shown(r.get("share"), "percent"),
                r.get("ended", ""),
            ]
            for r in ordered
        ],
    )


def _docket(rows: Sequence[Row]) -> Iterator[str]:
    yield from _table(
        [
            "cases",
            "processes",
            "deadlines",
            "a child",
            "named gaps",
            "from nothing s",
            "again s",
            "µs a deadline",
        ],
        [
            [
                r["name"],
                str(r["workers"]),
                f"{r['deadlines']:,}",
                f"{r['deadlines_per_child']:.1f}",
                f"{r['gaps']:,}",
                f"{r['first_seconds']:,.1f}",
                f"{r['seconds']:,.1f}",
                f"{r['microseconds_per_deadline']:,.1f}",
            ]
            for r in rows
            if "first_seconds" in r
        ],
    )
    read = [r for r in rows if "median_ms" in r]
    if read:
        yield ""
        yield "The agenda of a coordinator of the whole program, on SQLite: asked are 300 ms and 30 queries."
        yield ""
        yield from _table(
            ["list", "children", "deadlines", "median ms", "queries"],
            [
                [
                    f"/agenda/{r['pages']}",
                    f"{r['children']:,}",
                    f"{r['deadlines']:,}",
                    f"{r['median_ms']:,}",
                    str(r["queries"]),
                ]
                for r in read
            ],
        )


def _packets(rows: Sequence[Row]) -> Iterator[str]:
    yield from _table(
        ["what", "pages", "pages written", "MB", "seconds", "processor s", "MiB", "asked"],
        [
            [
                r["name"],
                f"{r['pages']:,}",
                f"{r['pages_written']:,}",
                f"{r['megabytes']:,.1f}",
                f"{r['seconds']:,.1f}",
                _shown(r.get("processor_seconds"), "seconds"),
                f"{r['peak_mb']:,}",
                f"≤ {r['aim_seconds']:.0f} s, ≤ {r['aim_mb']:,} MiB" if r.get("aim_seconds") else "",
            ]
            for r in rows
        ],
    )


def _count(value: Any) -> str:
    return "–" if value is None else f"{value:,}"


def _shown(value: float | None, how: str) -> str:
    """A figure as its kind is written; a dash where it was not measured."""
    if value is None:
        return "–"
    if how == "percent":
        return f"{100 * value:.2f} %"
    return f"{value:,.1f}"
