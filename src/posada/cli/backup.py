"""`posada backup`: the whole office in one encrypted file, to keys that two persons hold.

Docs: docs/how-to/back-up-and-restore.md. Tests: tests/cli/test_backup.py.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from posada.cli.office_start import refusals_told, require_office, start_office
from posada.cli.refusals import NothingDone
from posada.cli.streams import progress, say

if TYPE_CHECKING:
    from posada.web.operating.backup_keys import BackupKeys

PUBLIC_KEY = "POSADA_BACKUP_KEY"
KEYS_BESIDE = ".keys"
"""Of a demonstration only, both halves are kept in a file beside the backup, whose name ends so."""


def backup(
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="The file to write.", show_default=False)
    ],
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder of the office.")] = Path(
        "demo"
    ),
    new_keys: Annotated[
        bool,
        typer.Option(
            "--new-keys", help="Draw keys instead: --out is a new folder for the key and its two halves."
        ),
    ] = False,
) -> None:
    """Write every row, document and plan of an office into one encrypted file; the office may be running.

    It is made with the public key in POSADA_BACKUP_KEY; opening it takes both halves of the private one.
    """
    require_office()
    if new_keys:
        _draw_keys(out)
        return
    if out.exists():
        raise NothingDone(f"{out}: this is there already; choose another name.")
    deployment = start_office(data)
    public = os.environ.get(PUBLIC_KEY, "")
    drawn = _drawn_for_demonstration() if deployment.demonstration and not public else None
    public = drawn.public if drawn else public
    if not public:
        raise NothingDone(
            f"{PUBLIC_KEY} is not set. `posada backup --new-keys --out FOLDER` draws the keys of backups."
        )
    from posada.web.operating.backup import make_backup
    from posada.web.operating.backup_keys import WrongKeys
    from posada.web.operating.newsroom import NewsroomNotPrepared

    with progress() as doing, refusals_told():
        try:
            made = make_backup(out, public=public, tell=doing)
        except (WrongKeys, NewsroomNotPrepared) as error:
            raise NothingDone(str(error)) from None
    if drawn:
        _private(out.with_name(out.name + KEYS_BESIDE), "\n".join(drawn.halves) + "\n")
        say("A demonstration keeps both halves of the key beside the backup:", *drawn.halves)
    say(f"{out}: {made.rows:,} rows and {made.files:,} files, {made.size / 1e6:,.1f} MB.")
    if made.left_out:
        say(f"Not in it, because secrets are kept apart from backups: {', '.join(made.left_out)}.")
    elif not deployment.demonstration:
        say("Not in it, because secrets are kept apart from backups: the keys of the office.")


def _drawn_for_demonstration() -> "BackupKeys":
    from posada.web.operating.backup_keys import draw_keys

    return draw_keys()


def _draw_keys(folder: Path) -> None:
    from posada.web.operating.backup_keys import draw_keys

    if folder.exists():
        raise NothingDone(f"{folder}: this is there already; name a new folder for the keys.")
    drawn = draw_keys()
    folder.mkdir(mode=0o700, parents=True)
    for number, half in enumerate(drawn.halves, 1):
        _private(folder / f"half-{number}.txt", half + "\n")
    _private(folder / "public.txt", drawn.public + "\n")
    say(
        f"{folder}: give half-1.txt and half-2.txt to two persons, and delete them here.",
        f"The office needs the public key alone: {PUBLIC_KEY}={drawn.public}",
    )


def _private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
