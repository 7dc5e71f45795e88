"""`posada documents check|repair`: whether every paper has its file and every file its paper.

Docs: docs/reference/office-commands.md. Tests: tests/cli/test_documents.py.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli.office_start import refusals_told, start_office
from posada.cli.status import SOME_INPUT_REFUSED
from posada.cli.streams import progress, say, write

if TYPE_CHECKING:
    from posada.office.casefile.documents import Adrift

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
Folder = Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder of the office.")]


@app.callback()
def _group() -> None:
    """The papers of the office and the files that hold them."""


@app.command("check")
def check(
    data: Folder = Path("demo"),
    read_all: Annotated[
        bool, typer.Option("--read-all", help="Also read every file and compare it with what was brought.")
    ] = False,
) -> None:
    """Print what does not belong together, a line each (status 1), and change nothing."""
    start_office(data)
    from posada.office.casefile.documents import documents_adrift
    from posada.office.packets.archives_adrift import archives_adrift

    with progress() as doing, refusals_told():
        doing("Looking at the documents")
        found, archives = documents_adrift(read_all=read_all), archives_adrift()
    if found.files or archives.files:
        say("`posada documents repair` takes the files away that nothing names.")
    _tell(found, archives)


@app.command("repair")
def repair(data: Folder = Path("demo")) -> None:
    """Take away files that nothing names; what lacks its file is printed (status 1) and in the log."""
    start_office(data)
    from posada.office.casefile.documents import Adrift, repair_documents
    from posada.office.packets.archives_adrift import repair_archives

    with progress() as doing, refusals_told():
        doing("Looking at the documents")
        found, archives = repair_documents(), repair_archives()
    if count := len(found.files) + len(archives.files):
        say(f"Files taken away: {count:,}.")
    _tell(Adrift(rows=found.rows), Adrift(rows=archives.rows))


def _tell(found: "Adrift", archives: "Adrift") -> None:
    """Names of files and ids of papers say nothing of a person."""
    lines = [f"file {name}\n" for name in found.files] + [f"paper {pk}\n" for pk in found.rows]
    lines += [f"archive {name}\n" for name in archives.files] + [f"share {pk}\n" for pk in archives.rows]
    write("".join(lines))
    if not lines:
        say("Every paper has its file, and every file its paper.")
        return
    if found.rows:
        say(
            f"Papers whose file is gone or changed: {len(found.rows):,}. Bring them again, or restore a backup."
        )
    if archives.rows:
        say(f"Shares whose archive is gone: {len(archives.rows):,}. Revoke them and share again.")
    if found.files:
        say(f"Files that no paper names: {len(found.files):,}.")
    if archives.files:
        say(f"Archives that no share names: {len(archives.files):,}.")
    raise typer.Exit(SOME_INPUT_REFUSED)
