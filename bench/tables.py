"""RESULTS.md from the measured rows: the aims, every program, the assignment instances, start-up."""

import tomllib
from collections.abc import Iterator, Sequence

from compared import NO_GAP, gap_percent, level_gap, peer_wins, times_faster, verdict
from gap_table import gap_section
from migrations_table import migrations_section
from office_table import office_section
from other_tables import other_sections
from programs import LEVELS
from public_site_table import public_site_section
from push_table import push_section
from results import BENCH, Row, of_part

METHODS = {
    "posada": "Posada",
    "greedy": "first come, first served",
    "flow": "min-cost flow and repair (OR-Tools)",
    "mip": "HiGHS MIP, straight model",
    "cpsat": "CP-SAT, straight model",
}
REGIMES = {"2014": "as in 2014 (about nine in ten have kin)", "nokin": "no kin, beds for about seven in ten"}
UNBOUNDED = 10_000.0
"""A gap of so many percent has a bound of nothing."""
INTRO = """\
# What was measured

Written by `make bench` ([how to run and read it](README.md)). Everybody in these programs is made up.
All values are counted by the plan checker, which shares no code with any of the methods. A gap is the
distance from a value to its proven bound, in percent of the bound; a bound holds for plans that keep the
values reached on the levels above it. `distance_km` is in kilometres, costs are in cents a day.
"""


def rendered(rows: Sequence[Row]) -> str:
    """The whole file."""
    notes = tomllib.loads((BENCH / "notes.toml").read_text(encoding="utf-8"))["notes"]
    aims = tomllib.loads((BENCH / "aims.toml").read_text(encoding="utf-8"))
    programs = by_instance(of_part(rows, "program"))
    starts = of_part(rows, "startup")
    lines = [INTRO, *_machines(rows), *_aims(aims, programs, starts), *_wins(programs)]
    for name, methods in sorted(programs.items(), key=lambda entry: _size(entry[0])):
        lines += [*_program(name, methods), *_note(notes, name)]
    lines += _noted(gap_section(of_part(rows, "gap"), aim=aims["gap"]), notes, "gap")
    lines += _noted(_startup(starts), notes, "startup")
    lines += other_sections(rows, notes)
    lines += _noted(office_section(of_part(rows, "office")), notes, "office")
    lines += _noted(public_site_section(rows), notes, "public-site")
    lines += _noted(push_section(rows), notes, "push")
    lines += migrations_section(rows)
    return "\n".join(lines).rstrip() + "\n"


def by_instance(rows: Sequence[Row]) -> dict[str, dict[str, Row]]:
    """Instance -> method -> row."""
    found: dict[str, dict[str, Row]] = {}
    for row in rows:
        found.setdefault(row["instance"], {})[row["method"]] = row
    return found


def _size(name: str) -> tuple[int, str]:
    scope, _, regime = name.partition("-")
    return (int(scope) if scope.isdecimal() else 0), regime


def unfilled(rows: Sequence[Row]) -> frozenset[str]:
    """Sections over all programs, which the rows of some other part alone can't fill."""
    return frozenset() if of_part(rows, "program") else frozenset({"## Aims", "## Where a peer wins"})


def _noted(section: Iterator[str], notes: dict[str, str], key: str) -> list[str]:
    lines = list(section)
    return [*lines, *_note(notes, key)] if lines else []


def _note(notes: dict[str, str], key: str) -> list[str]:
    return [notes[key].strip(), ""] if key in notes else []


def _machines(rows: Sequence[Row]) -> Iterator[str]:
    """Each different set of machine, versions and day, and how many measurements it stands for."""
    counts: dict[tuple[tuple[str, str], ...], int] = {}
    for row in rows:
        key = tuple(row.get("at", {}).items())
        counts[key] = counts.get(key, 0) + 1
    yield "## Where and with what\n"
    for key, count in counts.items():
        yield f"- {count} measurements: " + ", ".join(f"{name} {value}" for name, value in key)
    seeds = sorted({str(row["seed"]) for row in rows if "seed" in row})
    if seeds:
        yield f"- seed of the programs: {', '.join(seeds)}"
    yield ""


def _aims(
    aims: dict[str, list[Row]], programs: dict[str, dict[str, Row]], starts: Sequence[Row]
) -> Iterator[str]:
    yield "## Aims\n"
    yield "| where | asked | measured | held |"
    yield "| --- | --- | --- | --- |"
    for aim in aims["program"]:
        methods = programs.get(aim["instance"], {})
        for asked, reached, holds in _program_aims(aim, methods):
            yield f"| {aim['instance']} | {asked} | {reached} | {_yes(holds)} |"
    measured = {row["name"]: row for row in starts}
    for aim in aims["startup"]:
        row = measured.get(aim["name"])
        reached = f"{row['seconds']:.2f} s" if row else "not measured"
        holds = row["seconds"] <= aim["seconds"] if row else None
        yield f"| {aim['name']} | ≤ {aim['seconds']} s | {reached} | {_yes(holds)} |"
    yield ""


def _yes(holds: bool | None) -> str:
    return "–" if holds is None else "yes" if holds else "**no**"


def _program_aims(aim: Row, methods: dict[str, Row]) -> Iterator[tuple[str, str, bool | None]]:
    """(asked, measured, held) of one program's aims."""
    ours = methods.get("posada")
    if ours is None or "levels" not in ours:
        yield "a plan", ours["ended"] if ours else "not measured", None if ours is None else False
        return
    yield f"≤ {aim['seconds']} s", f"{ours['seconds']:.1f} s", ours["seconds"] <= aim["seconds"]
    if "memory_mb" in aim:
        yield f"≤ {aim['memory_mb']} MiB", f"{ours['peak_mb']} MiB", ours["peak_mb"] <= aim["memory_mb"]
    for level, most in aim.get("gap_percent", {}).items():
        gap = level_gap(ours, level)
        assert gap is not None
        asked = f"`{level}` proven" if most == NO_GAP else f"`{level}` within {most} %"
        yield asked, _percent(gap), gap <= most
    if "times_faster_than_mip" in aim and "mip" in methods:
        ratio, reached = times_faster(ours, methods["mip"])
        told = f"it reached our plan in {ratio:.1f}×" if reached else f"not reached in {ratio:.1f}×"
        yield (
            f"{aim['times_faster_than_mip']}× faster than HiGHS MIP to the same plan",
            told,
            (ratio >= aim["times_faster_than_mip"] if not reached or ratio < 10 else True),
        )


def _percent(gap: float) -> str:
    if gap > UNBOUNDED:
        return "not bounded"
    return "proven" if gap == NO_GAP else f"{gap:.3f} %"


def _wins(programs: dict[str, dict[str, Row]]) -> Iterator[str]:
    yield "## Where a peer wins\n"
    found = False
    for name, methods in sorted(programs.items(), key=lambda entry: _size(entry[0])):
        ours = methods.get("posada")
        for method, row in methods.items():
            if method != "posada" and ours is not None and peer_wins(row, ours):
                found = True
                yield f"- {name}: {METHODS[method]} – {verdict(row, ours)}"
    if not found:
        yield "Nowhere in these measurements: no better plan, and no equal one in less time."
    yield ""


def _program(name: str, methods: dict[str, Row]) -> Iterator[str]:
    scope, _, regime = name.partition("-")
    size = f"{int(scope):,} children" if scope.isdecimal() else scope.capitalize()
    yield f"## {size}, {REGIMES[regime]}\n"
    ours = methods.get("posada")
    if ours is not None and "counts" in ours:
        counts = ours["counts"]
        yield (
            ", ".join(f"{counts[key]:,} {key}" for key in ("children", "groups", "homes", "counsel")) + ".\n"
        )
    if ours is not None and "levels" in ours:
        yield "| level | value | bound | gap |"
        yield "| --- | ---: | ---: | ---: |"
        for level in LEVELS:
            value, bound = ours["levels"][level], ours["bounds"][level]
            gap = _percent(gap_percent(value, bound))
            yield f"| `{level}` | {_shown(level, value)} | {_shown(level, bound)} | {gap} |"
        yield ""
    yield f"| method | seconds | MiB | {' | '.join(LEVELS)} | beside ours |"
    yield f"| --- | ---: | ---: |{' ---: |' * len(LEVELS)} --- |"
    for method in METHODS:
        if method in methods:
            yield _method_line(method, methods[method], ours)
    yield ""
    limits = {row["limit_seconds"] for row in methods.values() if "limit_seconds" in row}
    if limits:
        told = " or ".join(f"{limit:.0f} s" for limit in sorted(limits))
        yield f"Time limit of the peers: {told} (ten times ours, at most the cap); memory limit 16 GB.\n"


def _method_line(method: str, row: Row, ours: Row | None) -> str:
    told = [METHODS[method], f"{row['seconds']:.1f}", f"{row['peak_mb']:,}"]
    if "levels" not in row:
        return f"| {' | '.join(told)} |{' – |' * len(LEVELS)} {row['ended']} |"
    for level in LEVELS:
        gap = level_gap(row, level)
        cell = _shown(level, row["levels"][level])
        told.append(cell if gap is None else f"{cell} ({_percent(gap)})")
    beside = "" if method == "posada" or ours is None else verdict(row, ours)
    remark = "; ".join(text for text in (beside, row.get("remark", "")) if text)
    return f"| {' | '.join(told)} | {remark} |"


def _shown(level: str, value: int) -> str:
    return f"{value / 10:,.1f}" if level == "distance_km" else f"{value:,}"


def _startup(rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        return
    yield "## Start-up and small programs\n"
    yield "Medians of the runs, from the command line to its end.\n"
    yield "| command | runs | median s | slowest s | proven on every level |"
    yield "| --- | ---: | ---: | ---: | --- |"
    for row in rows:
        proven = {True: "yes", False: "**no**", None: ""}[row.get("proven")]
        yield f"| {row['name']} | {row['runs']} | {row['seconds']:.2f} | {row['slowest']:.2f} | {proven} |"
    yield ""
