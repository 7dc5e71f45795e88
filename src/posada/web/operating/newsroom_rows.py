"""Tells every row and file of the newsroom as entries of a backup, or takes them into an empty one and compares.

Runs as `python -m posada.web.operating.newsroom_rows tell|take` with the newsroom's environment only.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_newsroom_copied.py.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from posada.web.operating.entries import read_entries, write_entry

MANIFEST, KEYS, MUTED = "manifest", ("keys.toml", "push.toml"), "muted"
MEDIA = "media"
READ_BYTES = 1 << 20


class NotTheSame(Exception):
    """What was taken is not what was told."""


def tell(write: Callable[[bytes], None]) -> None:
    """Rows of one instant, then files, then what they were."""
    from posada.web.operating.rows import Tally, blocks_of, kept_models, one_instant

    manifest: dict[str, Any] = {"tables": {}, "files": {}}
    with one_instant():
        for model in kept_models():
            tally, label = Tally(), model._meta.label_lower
            write_entry(write, f"table/{label}", blocks_of(model, tally))
            manifest["tables"][label] = tally.told
    for name, path in _files():
        content = path.read_bytes()
        write_entry(write, f"file/{name}", _blocks(content))
        manifest["files"][name] = hashlib.sha256(content).hexdigest()
    write_entry(write, MANIFEST, [json.dumps(manifest, sort_keys=True).encode()])


def take(entries: Iterable[tuple[str, Iterator[bytes]]]) -> None:
    """Fill an empty newsroom, muted until a person takes the mark away. Raises NotTheSame."""
    from django.apps import apps
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.db import transaction

    from posada.newsroom.prepare import prepare
    from posada.web.operating.rows import empty_tables, keys_held_back, reset_counters, write_rows

    prepare(heading_font=None)
    (_folder() / MUTED).touch(mode=0o600)  # before the first row: a copy that is cut off tells nobody
    manifest: dict[str, Any] = {}
    with transaction.atomic(), keys_held_back():
        empty_tables()
        for name, blocks in entries:
            kind, _, rest = name.partition("/")
            if kind == "table":
                write_rows(apps.get_model(rest), blocks)
            elif kind == "file":
                _write(rest, blocks)
            else:
                manifest = json.loads(b"".join(blocks))
        reset_counters()
        _compare(manifest)
    ContentType.objects.clear_cache()
    call_command("update_index", verbosity=0)


def _folder() -> Path:
    from django.conf import settings

    return Path(settings.NEWSROOM.folder)


def _files() -> Iterator[tuple[str, Path]]:
    from django.conf import settings

    for path in sorted((_folder() / MEDIA).rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(_folder()).as_posix(), path
    if settings.NEWSROOM.demonstration:
        yield from ((name, _folder() / name) for name in KEYS if (_folder() / name).is_file())


def _blocks(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), READ_BYTES):
        yield content[start : start + READ_BYTES]


def _write(name: str, blocks: Iterable[bytes]) -> None:
    path = _folder() / name
    if ".." in path.parts or (name not in KEYS and path.relative_to(_folder()).parts[0] != MEDIA):
        raise NotTheSame("it names a file outside its place")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for block in blocks:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _compare(manifest: dict[str, Any]) -> None:
    from posada.web.operating.rows import tallies

    found = tallies()
    other = [label for label, told in manifest.get("tables", {}).items() if found.get(label) != told]
    for name, wanted in manifest.get("files", {}).items():
        path = _folder() / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            other.append(name)
    if other or found.keys() != manifest.get("tables", {}).keys():
        raise NotTheSame(f"what was restored is not what was backed up: {', '.join(other[:5])}")


def _put(content: bytes) -> None:
    sys.stdout.buffer.write(content)


def main() -> int:
    """Tell to standard output, or take from standard input."""
    import django

    from posada.newsroom.deployment import NewsroomUnusable

    try:
        django.setup()
        if sys.argv[1] == "tell":
            tell(_put)
            sys.stdout.buffer.flush()
        else:
            take(read_entries(iter(lambda: sys.stdin.buffer.read(READ_BYTES), b"")))
    except (NewsroomUnusable, NotTheSame) as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
