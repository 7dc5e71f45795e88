"""How good a plan is: its seven levels with value, proven bound and words; and two plans' levels side by side.

Comes in: levels as a plan run keeps them. Goes out: lines for a page.
Tests: tests/office/placement/test_plan_levels.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from posada.office.placement.models import PlanRun
from posada.office.placement.plan_words import wording
from posada.page.counts import Counts
from posada.page.level_lines import LevelLine, level_lines
from posada.page.shown import Shown
from posada.records import LevelResult

MONEY, DISTANCE = "cost_cents_per_day", "distance_km"


def level_lines_of(run: PlanRun) -> tuple[LevelLine, ...]:
    """All seven, exact: the page stays in the office."""
    levels = {each["name"]: LevelResult(**each) for each in run.levels}
    placed, waiting = run.counts.get("placed", 0), run.counts.get("waiting", 0)
    counts = Counts(
        *(placed, waiting, {}, {}),
        *(run.counts.get("without_counsel", 0), {}, {}),
        *({}, {}, {}),
        paying=0,
        cost_unknown=run.counts.get("cost_unknown_children", 0),
        moving=0,
        levels=levels,
    )
    figures: dict[str, int | None] = {each.name: each.value for each in levels.values()}
    figures |= {"all_children": placed + waiting, "children_placed": placed}
    shown = Shown(figures, few=frozenset(), money=True, distance=True, exact=True)
    return level_lines(counts, shown, wording())


@dataclass(frozen=True, slots=True)
class Difference:
    """One level in two plans. `worse`: the second is worse; `number`: its place in the published order."""

    number: int
    name: str
    before: str
    after: str
    change: str
    is_same: bool
    is_worse: bool


def differences(pairs: Sequence[dict[str, Any]]) -> list[Difference]:
    """Levels as {name, before, after}, in words."""
    return [_difference(number, **pair) for number, pair in enumerate(pairs, 1)]


def pairs_of(first: PlanRun, second: PlanRun) -> list[dict[str, Any]]:
    """The levels of two plans as {name, before, after}."""
    before = {each["name"]: each["value"] for each in first.levels}
    return [
        {"name": each["name"], "before": before.get(each["name"], 0), "after": each["value"]}
        for each in second.levels
    ]


def _difference(number: int, *, name: str, before: int, after: int) -> Difference:
    words = wording()
    write = {MONEY: words.money, DISTANCE: words.kilometers}.get(name, words.number)
    less_is_better = name in (MONEY, DISTANCE)
    sign = "+" if after > before else "−"
    return Difference(
        number=number,
        name=words(f"levels.name.{name}"),
        before=write(before),
        after=write(after),
        change=sign + write(abs(after - before)) if after != before else "",
        is_same=after == before,
        is_worse=after > before if less_is_better else after < before,
    )
