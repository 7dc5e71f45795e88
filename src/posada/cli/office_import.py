"""`posada import`: take a program folder into the office, whole, or look at what it would change.

Docs: docs/reference/commands.md. Tests: tests/cli/test_office_import.py.
"""

from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from posada.cli.refusals import NothingDone
from posada.cli.status import DONE, NOTHING_DONE, SOME_INPUT_REFUSED
from posada.cli.streams import progress, say, say_some, write_json

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_SAID = 50


def import_folder(
    folder: Annotated[Path, typer.Argument(help="The program folder.", show_default=False)],
    data: Annotated[Path, typer.Option("--data", help="Where the office lives.", show_default=False)],
    json: Annotated[bool, typer.Option("--json", help="Print what was taken and refused as JSON.")] = False,
    look: Annotated[bool, typer.Option("--look", help="Change nothing: tell what would be done.")] = False,
) -> None:
    """Take a program folder into the office: every good row at once, every bad one named.

    The same folder twice changes nothing. A filled field is never emptied. Names and addresses are sealed.
    """
    files = _files(folder)
    from posada.cli.office_start import refusals_told, start_office

    start_office(data)
    from posada.office.access.actor import machine
    from posada.office.intake.reading import FilesUnreadable
    from posada.office.intake.services import take_folder

    with progress() as doing, refusals_told():
        doing("Reading the program folder")
        try:
            brought, report, written = take_folder(
                files,
                actor=machine("posada import"),
                told=lambda file, done, total: doing(f"{file}: {done:,} of {total:,} rows"),
                take_it=not look,
            )
        except FilesUnreadable as error:
            _tell({}, error.rejections, (), json=json)
            raise NothingDone(*error.lines) from None
    rejections = brought.rejections
    _tell(brought.accepted, rejections, report["duplicates"], json=json)
    if not json:
        say(_outcome(written.new, written.changed, anything=written.anything, look=look))
    if not any(brought.accepted.values()) and rejections:
        raise typer.Exit(NOTHING_DONE)
    raise typer.Exit(SOME_INPUT_REFUSED if rejections else DONE)


def _files(folder: Path) -> dict[str, bytes]:
    """The files of a folder that its tables, or its mapping, know. Raises NothingDone."""
    from posada.programme.read import NotReadable, read_bytes

    if not folder.is_dir():
        raise NothingDone(f"{folder}: there is no such folder.")
    found = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in (".csv", ".toml"):
            try:
                found[path.name] = read_bytes(path, within=folder)
            except NotReadable as error:
                raise NothingDone(f"{path.name}: {error}.") from error
    if not any(name.endswith(".csv") for name in found):
        raise NothingDone(f"{folder}: there is no file of a program in it, such as children.csv.")
    return found


def _tell(accepted: "Mapping[str, int]", rejections: Any, duplicates: Any, *, json: bool) -> None:
    from posada.cli.sentences import rejection_sentence
    from posada.programme.write import REJECTED_COLUMNS

    if json:
        write_json(
            {
                "accepted": accepted,
                "rejected": [dict(zip(REJECTED_COLUMNS, astuple(each), strict=True)) for each in rejections],
                "duplicates": [
                    {name: each[name] for name in ("file", "row", "child_id", "other", "agree", "close")}
                    for each in duplicates
                ],
            }
        )
        return
    say_some(map(rejection_sentence, rejections), most=MOST_SAID, rest="(see them all with --json)")
    if duplicates:
        say(
            f"{len(duplicates)} may be children who are here already: compare them on the page of duplicates."
        )


def _outcome(new: "Mapping[str, int]", changed: "Mapping[str, int]", *, anything: bool, look: bool) -> str:
    if look:
        return "Nothing was taken: this was only a look."
    if not anything:
        return "Nothing has changed: all of this was here already."
    rows = sum(new.values())
    return f"Taken: {rows:,} new rows; {sum(changed.values()):,} changed."
