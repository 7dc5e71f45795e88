"""`posada export` and `posada open-export`: the program out of the office for an approval, and opened elsewhere.

Docs: docs/reference/commands.md. Tests: tests/cli/test_office_export.py.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from posada.cli.refusals import NothingDone
from posada.cli.streams import say


def export(
    data: Annotated[Path, typer.Option("--data", help="Where the office lives.", show_default=False)],
    approval: Annotated[
        str,
        typer.Option(
            "--approval", help="The id of the approval, from the page of exports.", show_default=False
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="The file to write.", show_default=False)],
) -> None:
    """Write the program into an encrypted file, once, for an approval that two persons gave in the office.

    The passphrase is asked for, or read from POSADA_EXPORT_PASSPHRASE.
    """
    if os.path.lexists(out):
        raise NothingDone(f"{out}: this is there already; choose another.")
    try:
        pk = UUID(approval)
    except ValueError:
        raise NothingDone("This is no id of an approval.") from None
    from posada.cli.office_start import refusals_told, start_office

    start_office(data)
    from posada.office.access.actor import actor_of
    from posada.office.access.models import Approval
    from posada.office.intake import exporting

    with refusals_told():
        found = Approval.objects.filter(pk=pk, act=exporting.ACT).select_related("asked_by").first()
        if found is None:
            raise NothingDone("There is no such approval.")
        content = exporting.write(actor_of(found.asked_by), found, passphrase=_passphrase())
    _write(out, content)
    say(f"{out}: the program, encrypted.")


def open_export(
    file: Annotated[Path, typer.Argument(help="The file that the office wrote.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="The folder to write.", show_default=False)],
) -> None:
    """Open an encrypted export into a new folder, for this user alone."""
    from posada.cli.office_start import require_office

    require_office()
    from posada.office.intake.archive import CannotOpenArchive, opened

    if os.path.lexists(out):
        raise NothingDone(f"{out}: this is there already; choose another.")
    try:
        files = opened(file.read_bytes(), passphrase=_passphrase())
    except CannotOpenArchive as error:
        raise NothingDone(f"{file}: {error}.") from None
    _write_all(out, files)
    say(f"{out}: {len(files)} files.")


def _write_all(out: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder, whole or not at all. Raises OSError."""
    out.mkdir(mode=0o700)
    try:
        for name, content in files.items():
            (out / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(out / name, content)
    except BaseException:
        shutil.rmtree(out)
        raise


def _passphrase() -> str:
    found = os.environ.get("POSADA_EXPORT_PASSPHRASE")
    return found if found else str(typer.prompt("Passphrase", hide_input=True, err=True))


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
