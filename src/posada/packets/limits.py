"""How large an upload a forum's portal takes: dated data of limits.toml, for a person to confirm.

Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_folder.py.
"""

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

from posada.packets.packet import Forum, Limits


def shipped_limits(forum: Forum) -> Limits:
    """The limits of a forum's portal, in bytes."""
    entry = _entries()[forum.value]
    return Limits(_bytes(entry.get("upload_mb")), _bytes(entry.get("envelope_mb")))


def limit_source(forum: Forum) -> str:
    """Where the limit comes from, and how sure it is."""
    entry = _entries()[forum.value]
    return f"{entry['source']} ({entry['confidence']}, {entry['checked_on']})"


def _bytes(megabytes: float | None) -> int | None:
    return None if megabytes is None else round(megabytes * 1_000_000)


@lru_cache
def _entries() -> dict[str, dict[str, Any]]:
    text = resources.files("posada.packets").joinpath("limits.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
