"""The office's published figures: read from its file, proved by its signature, told with date and denominator.

Comes in: `figures.json` of the exchange and the office's public key. Goes out: `Figures`, or the reason why there are
none. A file that is too large, unsigned or changed by anybody is no figures at all.
Docs: docs/explanation/the-public-site.md. Tests: tests/newsroom/test_figures.py.
"""

import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SCHEMA, MOST_BYTES = 1, 2_000_000
FRESH_FOR = timedelta(days=1)
"""Figures older than this are said to be out of date."""


class NoFigures(Exception):
    """There are no figures that can be shown; the message is one word that the page puts into a sentence."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number. `value` is None where it is hidden (too few people) or not known.

    `between`: bounds that are told instead of a value. `title`: what it is called in a few words, where that is told.
    """

    id: str
    value: float | int | None
    unit: str
    denominator: float | int | None
    as_of: date
    definition: Mapping[str, str]
    source: str
    hidden_because: str | None
    between: tuple[int, int] | None = None
    title: Mapping[str, str] = field(default_factory=dict)

    def title_in(self, language: str) -> str:
        """The title in a language, else in English; empty where there is none."""
        return self.title.get(language) or self.title.get("en", "")

    def definition_in(self, language: str) -> str:
        """The definition in a language, else in English."""
        return self.definition.get(language) or self.definition.get("en", "")


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that one file publishes. `tables` as the file has them."""

    made_on: datetime
    as_of: date
    state: str
    title: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    tables: Sequence[Mapping[str, Any]] = ()

    def outdated(self, now: datetime) -> bool:
        """Whether the numbers were counted so long ago that a page must say so."""
        return now - self.made_on > FRESH_FOR


def signed_bytes(published: Mapping[str, Any]) -> bytes:
    """What the signature stands over: the object without `signature`, keys in order, no spaces, UTF-8."""
    bare = {name: value for name, value in published.items() if name != "signature"}
    return json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def version_of(path: Path) -> tuple[int, int, int] | None:
    """What changes whenever a file of the exchange is replaced, so that it is read once; None where there is none."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino


def read_signed(path: Path, *, public_key: bytes, most_bytes: int = MOST_BYTES) -> Mapping[str, Any]:
    """What stands in a file that the office has signed. Raises NoFigures (missing, unsigned, unreadable)."""
    try:
        with path.open("rb") as file:
            raw = file.read(most_bytes + 1)
    except OSError:
        raise NoFigures("missing") from None
    if len(raw) > most_bytes:
        raise NoFigures("unreadable")
    try:
        published: Mapping[str, Any] = json.loads(raw)
        signature = b64decode(published["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed_bytes(published))
    except InvalidSignature:
        raise NoFigures("unsigned") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NoFigures("unreadable") from None
    return published


def read_figures(path: Path, *, public_key: bytes) -> Figures:
    """The figures of a file. Raises NoFigures (missing, unsigned, unreadable)."""
    published = read_signed(path, public_key=public_key)
    try:
        return _figures(published)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise NoFigures("unreadable") from None


def _figures(published: Mapping[str, Any]) -> Figures:
    if published["schema"] != SCHEMA:
        raise ValueError("another schema")
    made_on = datetime.fromisoformat(published["made_on"])
    if made_on.tzinfo is None:
        raise ValueError("an instant has a zone")
    return Figures(
        made_on=made_on,
        as_of=date.fromisoformat(published["as_of"]),
        state=str(published["program"]["state"]),
        title=str(published["program"]["title"]),
        figures={each["id"]: _figure(each) for each in published["figures"]},
        tables=tuple(published.get("tables", ())),
    )


def _figure(told: Mapping[str, Any]) -> Figure:
    for name in ("value", "denominator"):
        if told[name] is not None and (
            isinstance(told[name], bool) or not isinstance(told[name], int | float)
        ):
            raise ValueError(f"{name} is no number")
    hidden = told["hidden_because"]
    if hidden is not None and told["value"] is not None:
        raise ValueError("a hidden figure has no value")
    between = told.get("between")
    return Figure(
        id=str(told["id"]),
        value=told["value"],
        unit=str(told["unit"]),
        denominator=told["denominator"],
        as_of=date.fromisoformat(told["as_of"]),
        definition={str(key): str(text) for key, text in told["definition"].items()},
        source=str(told["source"]),
        hidden_because=str(hidden) if hidden is not None else None,
        between=(int(between[0]), int(between[1])) if between else None,
        title={str(key): str(text) for key, text in told.get("title", {}).items()},
    )
