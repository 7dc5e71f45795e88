"""`posada demo`: the surge of 2014 planned for Maryland, with a synthetic program, on your own machine.

Docs: docs/reference/commands.md. Tests: tests/cli/test_demo.py.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli.status import DONE, SOME_INPUT_REFUSED
from posada.cli.streams import progress, say

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM, PLAN, PAGE = "program", "plan", "plan.html"


def demo(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="Where to put it.")] = Path("demo"),
    serve: Annotated[
        bool,
        typer.Option("--serve/--no-serve", help="Nothing is served yet: it is only prepared."),
    ] = False,
) -> None:
    """Plan the surge of 2014 for Maryland, and make its page.

    The program is synthetic: nobody in it exists. What it rests on stands in program/ASSUMPTIONS.md.
    """
    from posada.cli.planning import Wishes, make_and_write
    from posada.cli.report_of_plan import print_plan

    program = data / PROGRAM
    wishes = Wishes(out=data / PLAN, html=data / PAGE, replace=True)
    with progress() as doing:
        _prepare(program, doing=doing)
        made = make_and_write(program, wishes=wishes, progress=doing)
    print_plan(made, wishes=wishes)
    say(f"Program: {program} (synthetic: nobody in it exists)")
    if serve:
        say("Nothing is served yet: open the page from the disk.")
    raise typer.Exit(SOME_INPUT_REFUSED if made.program.rejections else DONE)


def _prepare(program: Path, *, doing: "Callable[[str], None]") -> None:
    """The synthetic program; one that an earlier run has drawn, perhaps changed since, is used as it is."""
    from posada.demonstration.assumptions import shipped
    from posada.demonstration.folder import write_folder
    from posada.demonstration.generate import generate
    from posada.programme.tables import SETTINGS_FILE

    if (program / SETTINGS_FILE).is_file():
        say(f"{program} is there already and is planned as it is; delete it to have it drawn anew.")
        return
    doing("Drawing a synthetic program")
    assumptions = shipped()
    write_folder(generate(scope="maryland", assumptions=assumptions), program, assumptions=assumptions)
