"""How each file's rows stand in the office's tables: by which key they are found, and what is compared.

Comes in: rows of a file. Goes out: `Stands`, the rows that the office has under the same first key.
Columns keep their names; `paths` says where a column stands that the table keeps elsewhere.
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_differences.py.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from posada.office.counsel.models import Counsel
from posada.office.intake.models import Child, Court, CourtCounty, Hearing, KinLink, Opening, Separation
from posada.office.kept import Kept
from posada.office.licensing.models import Home
from posada.office.placement.models import Override, Placement
from posada.programme import tables

BATCH = 500  # ids in one question to the database
VOIDED, MERGED, ENDED = "voided", "merged", "ended"


@dataclass(frozen=True, slots=True)
class Stands:
    """One row that the office has. `key` and `values` in the columns of the file; `gone`: why it is no more."""

    pk: Any
    version: int
    key: tuple[Any, ...]
    values: dict[str, Any]
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """One file. `key`: columns that tell rows apart; `compared`: what may differ; `gone`: path → why."""

    file: str
    model: type[Model]
    key: tuple[str, ...]
    compared: tuple[str, ...] = ()
    paths: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=lambda: {"voided_at": VOIDED})

    @property
    def is_unique(self) -> bool:
        """Whether the table holds one row for a key."""
        return len(self.key) == 1 or self.file == "kin.csv"

    def path(self, column: str) -> str:
        """Where the model keeps a column."""
        return self.paths.get(column, column)

    def key_of(self, record: Any) -> tuple[Any, ...]:
        """The key of a row that is brought."""
        return tuple(plain(getattr(record, column)) for column in self.key)


_GROUP = {"sibling_group_id": "group__sibling_group_id"}
_HOME = {"home_id": "home__home_id"}
_COUNSEL = {"counsel_id": "counsel__counsel_id"}


def _rest(table: tables.Table, *key: str) -> tuple[str, ...]:
    return tuple(name for name in table.names if name not in key)


SHAPES: dict[str, Shape] = {
    shape.file: shape
    for shape in (
        Shape("courts.csv", Court, ("court_code",), _rest(tables.COURTS, "court_code"), gone={}),
        Shape("court_counties.csv", CourtCounty, ("county_fips",), ("court_code",), gone={}),
        Shape("homes.csv", Home, ("home_id",), _rest(tables.HOMES, "home_id")),
        Shape("counsel.csv", Counsel, ("counsel_id",), _rest(tables.COUNSEL, "counsel_id")),
        Shape(
            "children.csv",
            Child,
            ("child_id",),
            _rest(tables.CHILDREN, "child_id"),
            paths=_GROUP,
            gone={"voided_at": VOIDED, "merged_into": MERGED},
        ),
        Shape(
            "people.csv",
            Child,
            ("child_id",),
            ("given_name", "family_name"),
            gone={"voided_at": VOIDED, "merged_into": MERGED},
        ),
        Shape("contacts.csv", Home, ("home_id",), ("best_language",)),
        Shape(
            "kin.csv",
            KinLink,
            ("sibling_group_id", "home_id"),
            ("sponsor_category", "relationship"),
            paths={**_GROUP, **_HOME},
        ),
        Shape("hearings.csv", Hearing, ("sibling_group_id", "court_code", "hearing_date"), paths=_GROUP),
        Shape(
            "separations.csv",
            Separation,
            ("sibling_group_id", "other_group_id", "home_id", "counsel_id"),
            ("reason",),
            paths={**_GROUP, **_HOME, **_COUNSEL, "other_group_id": "other_group__sibling_group_id"},
        ),
        Shape(
            "placements.csv",
            Placement,
            ("child_id", "home_id", "from_date"),
            ("to_date",),
            paths={"child_id": "child__child_id", **_HOME},
        ),
        Shape("openings.csv", Opening, ("home_id", "opens_on"), ("closes_on",), paths=_HOME),
        Shape(
            "overrides.csv",
            Override,
            ("sibling_group_id", "action", "home_id", "counsel_id"),
            ("reason", "by"),
            paths={**_GROUP, **_HOME, **_COUNSEL, "by": "by_text"},
            gone={"voided_at": VOIDED, "ended_at": ENDED},
        ),
    )
}
"""Every file, each after those that it refers to."""


def plain(value: Any) -> Any:
    """One spelling for what a file and a table keep differently; None for everything empty."""
    if isinstance(value, list | tuple):
        return tuple(value) or None
    return None if value == "" else value


def standing_rows(shape: Shape, records: Sequence[Any]) -> Iterator[Stands]:
    """What stands under the first key column of these rows, voided rows too."""
    first = shape.key[0]
    wanted = list(dict.fromkeys(getattr(record, first) for record in records))
    columns = (*shape.key, *shape.compared)
    version = ("version",) if issubclass(shape.model, Kept) else ()
    for ids in _batches(wanted):
        rows = shape.model._base_manager.filter(**{f"{shape.path(first)}__in": ids}).values_list(
            "pk", *version, *shape.gone, *map(shape.path, columns)
        )
        for pk, *rest in rows.order_by("pk"):
            number = rest.pop(0) if version else 0
            gone = next((why for why, mark in zip(shape.gone.values(), rest, strict=False) if mark), "")
            cells = dict(zip(columns, map(plain, rest[len(shape.gone) :]), strict=True))
            if cells.get("own_children_birth_dates"):
                days = (date.fromisoformat(day) for day in cells["own_children_birth_dates"])
                cells["own_children_birth_dates"] = tuple(sorted(days))
            yield Stands(
                pk,
                number,
                tuple(cells[name] for name in shape.key),
                {n: cells[n] for n in shape.compared},
                gone,
            )


def _batches(ids: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
