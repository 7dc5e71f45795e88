"""`posada check`: read a program folder and name every row that is refused.

Docs: docs/reference/commands.md. Tests: tests/cli/test_check.py.
"""

from dataclasses import asdict, astuple
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli.status import DONE, NOTHING_DONE, SOME_INPUT_REFUSED
from posada.cli.streams import is_read_by_a_person, progress, say, write, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from posada.records import Program, Rejection


def check(
    folder: Annotated[Path, typer.Argument(help="The program folder.", show_default=False)],
    json: Annotated[bool, typer.Option("--json", help="Print the refused rows as JSON.")] = False,
) -> None:
    """List every row of a program folder that is refused.

    Each with its file, row, field, what was found and what was wanted. Nothing is written.
    """
    from posada.programme import FolderUnreadable, read_program

    try:
        with progress() as doing:
            doing("Reading the program folder")
            program = read_program(folder)
    except FolderUnreadable as error:
        say(*error.messages)
        _list(error.rejections, json=json)
        raise typer.Exit(NOTHING_DONE) from None
    _list(program.rejections, json=json)
    _tell(program)
    raise typer.Exit(SOME_INPUT_REFUSED if program.rejections else DONE)


def _list(rejections: "Sequence[Rejection]", *, json: bool) -> None:
    """The refused rows: as JSON, as sentences on a terminal, else as CSV with the columns of rejected.csv."""
    from posada.cli.sentences import rejection_sentence
    from posada.programme.write import REJECTED_COLUMNS, csv_bytes

    if json:
        write_json([asdict(each) for each in rejections])
    elif is_read_by_a_person():
        write("".join(f"{rejection_sentence(each)}\n" for each in rejections))
    else:
        write(csv_bytes(REJECTED_COLUMNS, map(astuple, rejections)).decode("utf-8"))


def _tell(program: "Program") -> None:
    from posada.cli.sentences import counted, warning_sentences

    say(*(f"Worth a look: {line}" for line in warning_sentences(program.warnings)))
    held = len(program.held_groups)
    if held:
        say(f"Held back until the refused rows are mended: {counted(held, 'sibling group')}.")
    if program.closed_homes:
        say(f"Closed to new children until then: {counted(len(program.closed_homes), 'home')}.")
    groups = len({child.sibling_group_id for child in program.children})
    say(
        f"Read {counted(len(program.children), 'child', 'children')} in {counted(groups, 'sibling group')}, "
        f"{counted(len(program.homes), 'home')}, {len(program.counsel):,} counsel; "
        f"{counted(len(program.rejections), 'row')} refused."
    )
