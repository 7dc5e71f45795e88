"""Keeps the environments of the two sites apart: no process is given a secret, a folder or a database of the other.

Comes in: the environment of whoever starts them. Goes out: what a process of the office, or of the newsroom, gets.
Docs: docs/explanation/the-public-site.md. Tests: tests/web/test_apart.py.
"""

from collections.abc import Mapping
from pathlib import Path

OFFICE, NEWSROOM = "POSADA_", "POSADA_NEWSROOM_"
SHARED = ("POSADA_TIME_ZONE", "POSADA_PLAIN_HTTP", "POSADA_LOG")
FOLDER = "newsroom"
DESCRIBED = "newsroom.toml"
SETTINGS = "posada.web.settings.newsroom"


def of_office(environment: Mapping[str, str]) -> dict[str, str]:
    """Without whatever is the newsroom's."""
    return {name: value for name, value in environment.items() if not name.startswith(NEWSROOM)}


def of_newsroom(environment: Mapping[str, str], *, folder: Path) -> dict[str, str]:
    """Without whatever is the office's: its folder, its keys, its database, its mail."""
    kept = {
        name: value
        for name, value in environment.items()
        if not name.startswith(OFFICE) or name.startswith(NEWSROOM) or name in SHARED
    }
    return {**kept, "POSADA_NEWSROOM_DATA": str(folder), "DJANGO_SETTINGS_MODULE": SETTINGS}


def newsroom_of(data: Path) -> Path | None:
    """The newsroom's folder beside an office's data; None where none was made."""
    folder = data / FOLDER
    return folder if (folder / DESCRIBED).is_file() else None
