"""What `posada plan` and `posada demo` print: the levels with their bounds, who is left out and why.

Tests: tests/cli/test_report_of_plan.py.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from posada.cli.planning import Made, Wishes
from posada.cli.sentences import (
    LEVEL_WORDS,
    REASON_WORDS,
    amount,
    by_reason,
    counted,
    rejection_sentence,
    standing,
)
from posada.cli.streams import console, say, say_some
from posada.records import Plan

if TYPE_CHECKING:
    from rich.table import Table

MOST_ROWS = 10


def print_plan(made: Made, *, wishes: Wishes, is_quiet: bool = False) -> None:
    """Tables to standard output (none if `is_quiet`); refused rows and cautions to standard error."""
    if not is_quiet:
        screen = console()
        for table in (_levels(made.plan), *_left_out(made.plan)):
            screen.print(table)
        for line in _paths(wishes):
            screen.print(line, soft_wrap=True)
    say(*_cautions(made))
    rejections = made.program.rejections
    if rejections:
        say(f"{counted(len(rejections), 'input row')} refused:")
        where = f"in {wishes.out / 'rejected.csv'}"
        say_some((f"  {rejection_sentence(each)}" for each in rejections), most=MOST_ROWS, rest=where)


def _levels(plan: Plan) -> "Table":
    table = _table("The plan, level by level", "", "value", "bound", "")
    for number, level in enumerate(plan.levels, 1):
        table.add_row(
            f"{number} {LEVEL_WORDS.get(level.name, level.name)}",
            amount(level, level.value),
            amount(level, level.bound),
            standing(level),
        )
    return table


def _left_out(plan: Plan) -> Iterator["Table"]:
    children = {group.sibling_group_id: len(group.children) for group in plan.groups}
    unplaced = by_reason([(each.reason_code, each.children) for each in plan.unplaced])
    alone = by_reason(
        [(each.reason_code, children.get(each.sibling_group_id, 0)) for each in plan.unrepresented]
    )
    for title, rows in (("Without a home", unplaced), ("Placed, but without counsel", alone)):
        if not rows:
            continue
        table = _table(title, "reason", "groups", "children")
        for code, groups, count in rows:
            table.add_row(f"{code}: {REASON_WORDS.get(code, code)}", f"{groups:,}", f"{count:,}")
        yield table


def _paths(wishes: Wishes) -> Iterator[str]:
    yield f"Plan: {wishes.out}"
    if wishes.html is not None:
        shared = "for the office only" if wishes.is_internal else "made to be shared"
        yield f"Page: {wishes.html} ({shared})"


def _cautions(made: Made) -> Iterator[str]:
    plan, program = made.plan, made.program
    if plan.time_limit_reached:
        yield "The time limit was reached: this is the best plan so far; the bounds hold."
    for pin in plan.refused_pins:
        yield f"Pin refused: group {pin.group} to {pin.target} breaks {pin.rule}; planned freely."
    if plan.cost_unknown_children:
        yield (
            f"No cost is known for {counted(plan.cost_unknown_children, 'placed child', 'placed children')}: "
            "counted as 0."
        )
    recruitment = made.recruitment
    if recruitment.passed_over:
        yield "recruit.csv holds what needed no search; `posada recruit` plans anew for the rest."
    if program.warnings:
        yield f"{counted(len(program.warnings), 'thing')} worth a look: `posada check` lists them."


def _table(title: str, *columns: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold", pad_edge=False)
    for position, column in enumerate(columns):
        table.add_column(column, justify="left" if position in (0, 3) else "right", no_wrap=position > 0)
    return table
