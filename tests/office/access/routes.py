"""The office's routes as the URL resolver has them, and the rows of matrix.toml that say whom each opens to."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import URLPattern, get_resolver

from posada.office.access.gate import ANYONE, SIGNED_IN, opened_to
from posada.office.access.roles import Role

MATRIX = Path(__file__).with_name("matrix.toml")
METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Route:
    """One address of the office. `opens_to`: what its view says; `parts`: names of the ids and words in it."""

    name: str
    pattern: str
    opens_to: frozenset[str]
    parts: tuple[str, ...]

    @property
    def has_id(self) -> bool:
        """Whether a record's own id stands in the address."""
        return "pk" in self.parts


@dataclass(frozen=True)
class Row:
    """One row of the matrix; the fields are explained at the top of matrix.toml."""

    opens_to: frozenset[str]
    methods: tuple[str, ...]
    object: str = ""
    inside: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    post: dict[str, Any] = field(default_factory=dict)
    tie: Any = "named"

    def tie_of(self, role: Role) -> str:
        """How people in a role come to see an object of this route."""
        return self.tie if isinstance(self.tie, str) else self.tie.get(str(role), "named")

    def opens_to_role(self, role: Role) -> bool:
        """Whether the route opens to a role at all."""
        return bool({ANYONE, SIGNED_IN, str(role)} & self.opens_to)


def routes() -> list[Route]:
    """Every route that the resolver has."""
    found = []
    for pattern, spelled, parts in _walk(get_resolver().url_patterns):
        said = frozenset(str(each) for each in opened_to(pattern.callback, pattern.name or ""))
        found.append(Route(pattern.name or "", spelled, said, parts))
    return found


def rows() -> dict[str, Row]:
    """Every row of the matrix, by the name of its route."""
    read = tomllib.loads(MATRIX.read_text(encoding="utf-8"))
    return {
        name: Row(
            opens_to=frozenset(row.pop("opens_to")),
            methods=tuple(row.pop("methods")),
            **row,
        )
        for name, row in read.items()
    }


def _walk(patterns: list[Any], before: str = "") -> Iterator[tuple[URLPattern, str, tuple[str, ...]]]:
    for each in patterns:
        spelled = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield each, spelled, _parts(spelled)
        else:
            yield from _walk(each.url_patterns, spelled)


def _parts(spelled: str) -> tuple[str, ...]:
    return tuple(piece.split(">")[0].split(":")[-1] for piece in spelled.split("<")[1:])
