"""`posada audit verify`: whether the log stands as it was written.

Docs: docs/reference/office-commands.md. Tests: tests/cli/test_audit.py.
"""

from pathlib import Path
from typing import Annotated

import typer

from posada.cli.office_start import refusals_told, start_office
from posada.cli.status import SOME_INPUT_REFUSED
from posada.cli.streams import progress, say, write

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """The log that nobody can edit."""


@app.command("verify")
def verify(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder of the office.")] = Path(
        "demo"
    ),
) -> None:
    """Read the whole log: print how many entries it has, or the first that is not as it was written (status 1)."""
    start_office(data)
    from posada.office.audit.chain import verify as read_log

    with progress() as doing, refusals_told():
        doing("Reading the log")
        found = read_log()
    if found.broken_at is None:
        write(f"{found.entries}\n")
        say("The log stands as it was written.")
        return
    write(f"{found.broken_at}\n")
    say(f"Entry {found.broken_at:,} is the first that does not stand as written: {found.fault}.")
    raise typer.Exit(SOME_INPUT_REFUSED)
