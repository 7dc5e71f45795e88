"""`posada restore`: an office from a backup, into an empty place, compared and muted.

Docs: docs/how-to/back-up-and-restore.md. Tests: tests/cli/test_restore.py.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from posada.cli.backup import KEYS_BESIDE
from posada.cli.office_start import refusals_told, require_office, start_office
from posada.cli.refusals import NothingDone
from posada.cli.streams import progress, say


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)],
    data: Annotated[
        Path, typer.Option("--data", metavar="NEW", help="A new folder for the office.", show_default=False)
    ],
    half: Annotated[
        list[Path] | None,
        typer.Option(
            "--half", metavar="FILE", help="A half of the key; give it twice. Asked for if left out."
        ),
    ] = None,
) -> None:
    """Bring an office back from a backup: every row and file is compared, and it sends nothing until it is told to.

    Keys of the office come from the environment, as always; those of a demonstration are in its backup.
    """
    require_office()
    from posada.web.operating.backup_keys import WrongKeys
    from posada.web.operating.sealed_file import NotWhole

    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise NothingDone(f"{data}: this is not empty; restore into a new folder.")
    if not file.is_file():
        raise NothingDone(f"{file}: there is no such file.")
    halves = _halves(file, given=half or [])
    try:
        with _taken_away_on_failure(data):
            _restore(file, data=data, halves=halves)
    except (NotWhole, WrongKeys) as error:
        raise NothingDone(f"{file}: {error}") from None


def _restore(file: Path, *, data: Path, halves: tuple[str, str]) -> None:
    # Nothing of the office's own modules can be used before Django is set up in its folder, so the first reading
    # is by the modules that need none of it.
    from posada.web.deployment import make_deployment
    from posada.web.operating.sealed_file import read_header, read_sealed

    with progress() as doing:
        doing("Checking that the backup is whole")
        with file.open("rb") as opened:
            for _ in read_sealed(opened, halves=halves):
                pass
        with file.open("rb") as opened:
            header, _ = read_header(opened)
        is_demonstration = bool(header["demonstration"])
        url = os.environ.get("POSADA_DATABASE_URL", "")
        make_deployment(data, demonstration=is_demonstration, keys_beside=False, database_url=url)
        if is_demonstration:
            _bring_keys(file, data=data, halves=halves)
        start_office(data)
        from posada.web.operating.newsroom import NewsroomNotPrepared
        from posada.web.operating.preparing import prepare
        from posada.web.operating.restore import CannotRestore, restore

        with refusals_told():
            try:
                prepare()
                found = restore(file, halves=halves, tell=doing)
            except (CannotRestore, NewsroomNotPrepared) as error:
                raise NothingDone(str(error)) from None
    say(
        f"{data}: {found.rows:,} rows and {found.files:,} files of {found.made_at}, each compared.",
        "The office is muted: it sends nothing until an administrator says that it is now the live one.",
    )


def _bring_keys(file: Path, *, data: Path, halves: tuple[str, str]) -> None:
    from posada.web.operating.entries import read_entries
    from posada.web.operating.sealed_file import read_sealed

    with file.open("rb") as opened:
        for name, blocks in read_entries(read_sealed(opened, halves=halves)):
            if name in ("file/keys.toml", "file/accounts.json"):
                path = data / name.partition("/")[2]
                with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
                    kept.write(b"".join(blocks))


def _halves(file: Path, *, given: list[Path]) -> tuple[str, str]:
    beside = file.with_name(file.name + KEYS_BESIDE)
    if len(given) == 2:
        first, second = (path.read_text(encoding="utf-8") for path in given)
    elif given:
        raise NothingDone("The key has two halves: give --half twice.")
    elif beside.is_file():
        first, second = beside.read_text(encoding="utf-8").splitlines()[:2]
    else:
        first = typer.prompt("First half of the key", hide_input=True, err=True)
        second = typer.prompt("Second half of the key", hide_input=True, err=True)
    return first, second


@contextmanager
def _taken_away_on_failure(data: Path) -> Iterator[None]:
    """What was begun in the new folder goes again."""
    was_there = data.exists()
    try:
        yield
    except BaseException:
        if was_there:
            for found in data.iterdir():
                shutil.rmtree(found) if found.is_dir() else found.unlink()
        else:
            shutil.rmtree(data, ignore_errors=True)
        raise
