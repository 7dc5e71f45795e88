"""What the office has already, by the ids of its folder: what a row that is brought may name.

Comes in: readings of files, so that a short file asks for little; or nothing. Goes out: `StandingIds`.
Tests: tests/office/intake/test_reading.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from posada.office.counsel.models import Counsel
from posada.office.intake.bulk import batches
from posada.office.intake.models import Child, Court
from posada.office.licensing.models import Home
from posada.office.placement.models import Placement
from posada.programme import holds as folder_holds
from posada.programme.validate import Reading

_NAMES = ("child_id", "sibling_group_id", "other_group_id", "home_id", "counsel_id", "court_code")
FEW = 5_000  # names; of more, everything is asked for at once


@dataclass(frozen=True, slots=True)
class StandingIds:
    """`children`: child → group; `placed`: child → (home, first day) where the child lives without an end."""

    children: dict[str, str] = field(default_factory=dict)
    homes: frozenset[str] = frozenset()
    counsel: frozenset[str] = frozenset()
    courts: frozenset[str] = frozenset()
    placed: dict[str, tuple[str, date]] = field(default_factory=dict)

    @classmethod
    def of_office(cls, readings: Iterable[Reading] | None = None) -> "StandingIds":
        """All that was neither voided nor merged, or as much of it as these rows may name."""
        names = None if readings is None else {each for each in _names(readings) if each.isprintable()}
        wanted = None if names is None or len(names) > FEW else sorted(names)
        children = Child.objects.filter(
            voided_at__isnull=True, merged_into__isnull=True, group__voided_at__isnull=True
        )
        living = Placement.objects.filter(to_date__isnull=True, voided_at__isnull=True)
        homes = Home.objects.filter(voided_at__isnull=True)
        counsel = Counsel.objects.filter(voided_at__isnull=True)
        placed = _asked(living, wanted, "child__child_id")
        return cls(
            children=dict(
                _rows(
                    _asked(children, wanted, "child_id", "group__sibling_group_id"),
                    "child_id",
                    "group__sibling_group_id",
                )
            ),
            homes=frozenset(each[0] for each in _rows(_asked(homes, wanted, "home_id"), "home_id")),
            counsel=frozenset(each[0] for each in _rows(_asked(counsel, wanted, "counsel_id"), "counsel_id")),
            courts=frozenset(Court.objects.values_list("court_code", flat=True)),
            placed={
                child: (home, start)
                for child, home, start in _rows(placed, "child__child_id", "home__home_id", "from_date")
            },
        )


def _names(readings: Iterable[Reading]) -> Iterator[str]:
    """Every text of these rows that may be an id: of a refused one each cell, also where its cells have moved."""
    for reading in readings:
        columns = [name for name in _NAMES if name in reading.table.names]
        for _, record in reading.good:
            yield from (name for column in columns if (name := getattr(record, column)))
        for bad in reading.bad:
            yield from folder_holds._named(bad)
            for column in columns:
                yield from folder_holds._readings_of(bad.cells.get(column, ""))


def _asked(rows: "QuerySet[Any]", names: list[str] | None, *paths: str) -> "list[QuerySet[Any]]":
    if names is None:
        return [rows]
    found = []
    for some in batches(names, size=400):
        asked = Q()
        for path in paths:
            asked |= Q(**{f"{path}__in": some})
        found.append(rows.filter(asked))
    return found


def _rows(asked: "list[QuerySet[Any]]", *columns: str) -> Iterator[tuple[Any, ...]]:
    for rows in asked:
        yield from rows.values_list(*columns)
