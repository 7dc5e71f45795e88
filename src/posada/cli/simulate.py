"""`posada simulate`: years of arrivals, day by day, by each policy, beside what hindsight could have done.

Docs: docs/how-to/simulate-a-year.md. Tests: tests/cli/test_simulate.py.
"""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli.refusals import NothingDone
from posada.cli.status import DONE, SOME_INPUT_REFUSED
from posada.cli.streams import console, progress, say, write_json

if TYPE_CHECKING:
    from posada.records import Program
    from posada.simulation.study import Study

MOST_DAYS = 3_660


class PolicyName(StrEnum):
    """Who decides."""

    first_come = "first-come"
    prices = "prices"
    hindsight = "hindsight"


def simulate(
    folder: Annotated[Path, typer.Argument(help="The program folder.", show_default=False)],
    days: Annotated[int, typer.Option("--days", min=1, max=MOST_DAYS, help="How many days.")] = 365,
    policy: Annotated[
        list[PolicyName] | None,
        typer.Option("--policy", help="May be given several times; all three if not given."),
    ] = None,
    runs: Annotated[int, typer.Option("--runs", min=1, max=10_000, help="How many years to draw.")] = 5,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The first year's seed; the next are +1.")] = 1,
    own_year: Annotated[
        bool, typer.Option("--own-year", help="Run the folder's own arrivals instead of drawn years.")
    ] = False,
    stress: Annotated[
        bool,
        typer.Option("--stress/--no-stress", help="With prices: also half and double the arrivals."),
    ] = True,
    numbers: Annotated[
        Path | None,
        typer.Option("--numbers", metavar="FILE", help="Numbers that replace the shipped ones (TOML)."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="A Dask scheduler, such as tcp://host:8786."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Processes of this machine; as many as it has processors."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Rows as CSV, written as years end; goes on from it."),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Start FILE anew.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print rows and means as JSON.")] = False,
) -> None:
    """Live through years of arrivals and see what a way of deciding would have cost.

    Years are drawn from the folder's own by seeds. Prices are learnt from other seeds, never from the
    year itself; hindsight is a bound that nobody can pass.
    """
    from posada.cli.simulate_table import study_as_json, study_tables
    from posada.cli.spread import Spread, rows
    from posada.cli.study_file import StudyFile
    from posada.simulation.study import tasks

    with progress() as doing:
        doing("Reading the program folder")
        program, study = _study(folder, days=days, numbers=numbers)
        asked = tasks(
            policies=[each.value for each in policy or PolicyName],
            seeds=[None] if own_year else list(range(seed, seed + runs)),
            stress=stress,
        )
        with StudyFile(out, digest=study.digest, replace=replace) as kept:
            todo = [task for task in asked if task not in kept.done]
            if len(todo) < len(asked):
                say(f"{out}: {len(asked) - len(todo):,} of {len(asked):,} are there already.")
            spread = Spread(scheduler, workers or os.cpu_count() or 1)
            for number, row in enumerate(rows(study, todo, spread=spread, tell=say), len(asked) - len(todo)):
                kept.add(row)
                doing(f"Years run: {number + 1:,} of {len(asked):,}")
            kept.finish()
    found = [kept.done[task] for task in asked]
    if json:
        write_json(study_as_json(study, found))
    else:
        screen = console()
        for each in study_tables(study, found):
            screen.print(each, soft_wrap=isinstance(each, str))
    _tell_refused(program)
    raise typer.Exit(SOME_INPUT_REFUSED if program.rejections else DONE)


def _study(folder: Path, *, days: int, numbers: Path | None) -> "tuple[Program, Study]":
    """What is asked about. Raises NothingDone, FolderUnreadable, BadPolicyFile, RuleGap, OSError."""
    from posada.programme import read_program
    from posada.rulebook import policy_of
    from posada.simulation.numbers import shipped_numbers
    from posada.simulation.study import Study
    from posada.simulation.year import window

    changes = None
    if numbers is not None:
        try:
            changes = numbers.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise NothingDone(f"{numbers}: is not UTF-8 text.") from None
    program = read_program(folder)
    found = shipped_numbers(on=program.plan_date, changes=changes, where=str(numbers))
    rules = policy_of(program)
    start = window(program, days=days)
    if not any(c.arrived_on and c.arrived_on > start for c in program.children):
        say("No child's day of arrival lies within these days: all wait on the first one.")
    return program, Study(program, rules, found, start, days)


def _tell_refused(program: "Program") -> None:
    from posada.cli.sentences import counted

    if program.rejections:
        refused = counted(len(program.rejections), "row")
        say(f"{refused} of the folder refused; posada check names them.")
