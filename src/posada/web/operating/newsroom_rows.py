"""Tells every row and file of the newsroom as entries of a backup, or takes them into an empty one and compares.

Runs as `python -m posada.web.operating.newsroom_rows tell|take` with the newsroom's environment only. Clips pass
through in pieces of 1 MiB, however long they are.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_newsroom_copied.py.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from posada.web.operating.entries import read_entries, write_entry

MANIFEST, FILE, MUTED = "manifest", "file", "muted"
MADE_BEFORE = ("newsroom.toml", "keys.toml", "push.toml")
"""Files that may be there before anything is taken."""
BESIDE = ".moved.sqlite3"
READ_BYTES = 1 << 20


def tell(write: Callable[[bytes], None]) -> None:
    """Rows of one instant, then files, then what they were."""
    from django.conf import settings

    from posada.web.operating.kept_files import blocks_of_file, files_of
    from posada.web.operating.whole_database import tell_rows, tell_shape

    schema = tell_shape(write)
    manifest = tell_rows(write, schema, tell=lambda _: None)
    digests = {}
    for name, path in files_of(_folder(), without=(), with_secrets=settings.NEWSROOM.demonstration):
        digest = hashlib.sha256()
        with path.open("rb") as file:
            write_entry(write, f"{FILE}/{name}", blocks_of_file(file, digest))
        digests[name] = digest.hexdigest()
    write_entry(write, MANIFEST, [json.dumps({**manifest, "files": digests}, sort_keys=True).encode()])


def take(entries: Iterable[tuple[str, Iterator[bytes]]]) -> None:
    """Fill an empty newsroom, muted until a person takes the mark away.

    Raises NotTheSame, OtherTables, OutsideItsPlace, OSError.
    """
    from django.core.management import call_command
    from django.db import connection

    from posada.newsroom.prepare import collect_static, keep_private
    from posada.web.operating.kept_files import other_files, write_file
    from posada.web.operating.whole_database import (
        DATABASE,
        ROWS,
        NotTheSame,
        filling,
        must_be_of_this_version,
    )

    (_folder() / MUTED).touch(mode=0o600)  # before the first row: a copy that is cut off tells nobody
    collect_static()
    manifest: dict[str, Any] = {}
    entries = iter(entries)
    shape = next((b"".join(blocks) for name, blocks in entries if name == DATABASE), b"")
    with filling(shape, beside=_folder() / BESIDE) as database:
        for name, blocks in entries:
            kind, _, rest = name.partition("/")
            if kind == ROWS:
                database.take(rest, blocks)
            elif kind == FILE:
                write_file(_folder(), rest, blocks, replace=rest in MADE_BEFORE)
            else:
                manifest = json.loads(b"".join(blocks))
        must_be_of_this_version(manifest["migrations"])
        database.compare(manifest)
        if other := other_files(_folder(), manifest["files"]):
            raise NotTheSame(f"what was restored is not what was backed up: {', '.join(other[:5])}")
    if not json.loads(shape)["schema"] or connection.vendor != "sqlite":
        call_command("update_index", verbosity=0)
    keep_private()


def _folder() -> Path:
    from django.conf import settings

    return Path(settings.NEWSROOM.folder)


def _put(content: bytes) -> None:
    sys.stdout.buffer.write(content)


def main() -> int:
    """Tell to standard output, or take from standard input."""
    import django

    from posada.newsroom.deployment import NewsroomUnusable

    try:
        django.setup()
    except NewsroomUnusable as error:
        print(error, file=sys.stderr)
        return 3
    from posada.web.operating.kept_files import OutsideItsPlace
    from posada.web.operating.whole_database import NotTheSame, OtherTables

    try:
        if sys.argv[1] == "tell":
            tell(_put)
            sys.stdout.buffer.flush()
        else:
            take(read_entries(iter(lambda: sys.stdin.buffer.read(READ_BYTES), b"")))
    except (NotTheSame, OutsideItsPlace) as error:
        print(error, file=sys.stderr)
        return 3
    except OtherTables:
        print("the backup was made by another version, with other tables", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
