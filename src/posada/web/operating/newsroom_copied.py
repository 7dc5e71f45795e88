"""The public site in a backup of the office: read and written by a process of its own, through a pipe.

Comes in: the newsroom's folder, or what such a process has told. Goes out: entries of a backup, or a newsroom that is
restored. The office's process never opens the newsroom's database, and the other is given nothing of the office but
two public keys. The newsroom's own key is told by a demonstration alone; of a real one it has to be put back.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_newsroom_copied.py.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from posada.web.apart import FOLDER, of_newsroom
from posada.web.operating.entries import NotReadableEntry, read_entries, write_entry
from posada.web.operating.newsroom import NewsroomNotPrepared

PUBLIC = "public"
"""How the names of its entries begin in a backup."""
READ_BYTES = 1 << 20


def told_by(folder: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The entries of a newsroom. Raises NewsroomNotPrepared where it could not be read to its end."""
    with _process(folder, "tell") as process:
        pipe = process.stdout
        assert pipe is not None  # noqa: S101
        try:
            yield from read_entries(iter(lambda: pipe.read(READ_BYTES), b""))
        except NotReadableEntry:
            raise NewsroomNotPrepared("The public site could not be read to its end.") from None


def restore_newsroom(entries: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Make the newsroom beside the office that Django is set up for, and fill it. Raises NewsroomNotPrepared."""
    from posada.newsroom.deployment import make_newsroom
    from posada.office.exchange_keys import figures_signer, letters_opener, public_bytes

    deployment = settings.DEPLOYMENT
    folder = Path(deployment.folder) / FOLDER
    make_newsroom(
        folder,
        figures_key=public_bytes(figures_signer(deployment.keys.audit)),
        letters_key=public_bytes(letters_opener(deployment.keys.sealing[0])),
        demonstration=deployment.demonstration,
    )
    with _process(folder, "take") as process:
        pipe = process.stdin
        assert pipe is not None  # noqa: S101
        try:
            for name, blocks in entries:
                write_entry(lambda content: _put(pipe, content), name, blocks)
            pipe.close()
        except BrokenPipeError:
            pass  # it has ended, and says why
        process.stdin = None


def _put(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(content)


@contextmanager
def _process(folder: Path, act: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Such a process. Raises NewsroomNotPrepared with its last words where it ends badly."""
    with tempfile.TemporaryFile() as said:  # a pipe that nobody reads would fill up and hold it
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "posada.web.operating.newsroom_rows", act],
            env=of_newsroom(os.environ, folder=folder),
            stdin=subprocess.PIPE if act == "take" else subprocess.DEVNULL,
            stdout=subprocess.PIPE if act == "tell" else subprocess.DEVNULL,
            stderr=said,
        )
        with process:
            try:
                yield process
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0:
            said.seek(0)
            last = said.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise NewsroomNotPrepared(f"The public site: {last or f'status {process.returncode}'}.")
