"""`posada restore`: an office from a backup, into an empty place, compared and muted.

Docs: docs/how-to/back-up-and-restore.md. Tests: tests/cli/test_restore.py.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from posada.cli.backup import KEYS_BESIDE
from posada.cli.office_start import refusals_told, require_office, start_office
from posada.cli.refusals import NothingDone
from posada.cli.streams import progress, say

if TYPE_CHECKING:
    from posada.web.operating.restore import Restored

EARLY = ("file/keys.toml", "file/accounts.json")
"""Of a demonstration: without its keys no office can be set up."""


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
    erased: Annotated[
        list[Path] | None,
        typer.Option(
            "--erased",
            metavar="FILE",
            help="A list of what was erased since: the erased.txt of the office's folder or of its keys.",
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
    for listed in erased or []:
        if not listed.is_file():
            raise NothingDone(f"{listed}: there is no such file.")
    halves = _halves(file, given=half or [])
    try:
        with _taken_away_on_failure(data):
            _restore(file, data=data, halves=halves, erased=erased or [])
    except (NotWhole, WrongKeys) as error:
        raise NothingDone(f"{file}: {error}") from None
    except OSError as error:
        if error.filename == str(file):
            raise
        raise NothingDone(
            f"{data}: it could not be written whole ({error.strerror}), and nothing of it is kept. "
            "Make room and try again."
        ) from None


def _restore(file: Path, *, data: Path, halves: tuple[str, str], erased: list[Path]) -> None:
    # Nothing of the office's own modules can be used before Django is set up in its folder, so the first reading
    # is by the modules that need none of it.
    from posada.web.deployment import make_deployment

    with progress() as doing:
        doing("Checking that the backup is whole")
        header, manifest, early = _read_whole(file, halves=halves)
        is_demonstration = bool(header["demonstration"])
        url = os.environ.get("POSADA_DATABASE_URL", "")
        make_deployment(data, demonstration=is_demonstration, keys_beside=False, database_url=url)
        for name, content in early.items():
            with os.fdopen(os.open(data / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
                kept.write(content)
        start_office(data)
        from posada.office.retention.erasing import erase_again, listed, places
        from posada.web.operating.newsroom import NewsroomNotPrepared
        from posada.web.operating.preparing import collect_static, keep_private
        from posada.web.operating.restore import CannotRestore, restore

        collect_static()
        with refusals_told():
            try:
                found = restore(file, halves=halves, tell=doing, manifest=manifest)
            except (CannotRestore, NewsroomNotPrepared) as error:
                raise NothingDone(str(error)) from None
            again = erase_again(listed([*erased, *places()]))
        keep_private()
    _tell(data, found=found, is_demonstration=is_demonstration, has_public=bool(manifest["public"]))
    if again:
        say(f"Erased again, because it had been erased since the backup: {again:,}.")


def _tell(data: Path, *, found: "Restored", is_demonstration: bool, has_public: bool) -> None:
    say(
        f"{data}: {found.rows:,} rows and {found.files:,} files of {found.made_at}, each compared: the same.",
        "Only what says that this is a copy was added: the file `muted`"
        + (", and `newsroom/muted`." if has_public else "."),
        "The office is muted: it sends nothing until an administrator says that it is now the live one.",
    )
    for name in found.left_as_made:
        say(f"{name} stands as this place needs it, because its database is another.")
    if has_public and not is_demonstration:
        say(
            "Put back from where they are kept: newsroom/keys.toml and, where push was set up, newsroom/push.toml."
        )


def _read_whole(
    file: Path, *, halves: tuple[str, str]
) -> tuple[dict[str, Any], dict[str, Any], dict[str, bytes]]:
    """Header, manifest, and the files of a demonstration that have to be there first. Raises NotWhole, WrongKeys."""
    from posada.web.operating.entries import NotReadableEntry, read_entries
    from posada.web.operating.sealed_file import NotWhole, read_header, read_sealed

    manifest, early = {}, {}
    with file.open("rb") as opened:
        header, _ = read_header(opened)
    try:
        with file.open("rb") as opened:
            for name, blocks in read_entries(read_sealed(opened, halves=halves)):
                if name in EARLY:
                    early[name.partition("/")[2]] = b"".join(blocks)
                elif name == "manifest":
                    manifest = json.loads(b"".join(blocks))
    except NotReadableEntry as error:
        raise NotWhole(f"The backup is damaged: {error}.") from None
    if not manifest:
        raise NotWhole("The backup has no manifest.")
    return header, manifest, early


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
