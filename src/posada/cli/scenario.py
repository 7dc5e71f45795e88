"""`posada scenario`: a program folder as it would be if something were different.

Docs: docs/how-to/what-if.md. Tests: tests/cli/test_scenario.py.
"""

from pathlib import Path
from typing import Annotated

import typer

from posada.cli.status import DONE, SOME_INPUT_REFUSED
from posada.cli.streams import progress, say, write


def scenario(
    folder: Annotated[Path, typer.Argument(help="The program folder.", show_default=False)],
    file: Annotated[
        Path,
        typer.Argument(metavar="SCENARIO", help="A TOML file that says what changes.", show_default=False),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="The folder to write.", show_default=False)
    ],
) -> None:
    """Write the program as it would be under a scenario: a program folder like any other.

    Exit status: 0 written; 1 written, but rows of the program were refused and are not in it; 2 not written.
    """
    from posada.cli.refusals import NothingDone
    from posada.cli.sentences import counted
    from posada.programme import read_program, write_program
    from posada.programme.scenario import read_scenario
    from posada.programme.scenario_apply import apply_scenario

    if folder.resolve() in (out.resolve(), *out.resolve().parents):
        raise NothingDone(f"{out}: choose a place that is not in the program folder.")
    with progress() as doing:
        doing("Reading the program folder")
        program = read_program(folder)
        changed, told = apply_scenario(program, read_scenario(file, plan_date=program.plan_date))
        doing("Writing")
        write_program(changed, folder=out)
    write("".join(f"{line}\n" for line in told))
    write(f"Program: {out}\n")
    if program.rejections:
        say(f"{counted(len(program.rejections), 'row')} of {folder} refused and not in it: `posada check`.")
    raise typer.Exit(SOME_INPUT_REFUSED if program.rejections else DONE)
