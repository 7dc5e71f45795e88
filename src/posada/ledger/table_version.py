"""The next version of a public table: small cells hidden, and nothing told by its difference to the last version.

Comes in: the counts of today and the last version. Goes out: a version whose shown figures each differ from the last
one by nothing or by 11 or more, in which no hidden figure can be pinned down, from it alone or from both. A cell
whose count has moved by 1 to 10 keeps the count that was last published, and all totals are added up from the cells
as they are published; where no such version can be made, the last one is held.
Docs: docs/explanation/published-figures.md. Tests: tests/ledger/test_table_version.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from posada.ledger.circulation import Arc, hide
from posada.ledger.figures import SMALL_CELL
from posada.ledger.two_versions import Cell, Cells, Sum, Version, is_safe

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows, columns, and named sums of rows ("sheltered" = kin + foster + group). A row is in one at most."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]

    @property
    def sums(self) -> tuple[Sum, ...]:
        """Every figure of the table: cells, rows, columns, groups, the total."""
        cells = [(row, column) for row in self.rows for column in self.columns]
        return (
            *(Sum(f"cell {row}|{column}", ((row, column),)) for row, column in cells),
            *(Sum(f"row {row}", tuple((row, column) for column in self.columns)) for row in self.rows),
            *(Sum(f"column {column}", tuple((row, column) for row in self.rows)) for column in self.columns),
            *(
                Sum(f"group {name}", tuple((row, column) for row in rows for column in self.columns))
                for name, rows in self.groups.items()
            ),
            Sum(TOTAL, tuple(cells)),
        )

    def arcs(self, counts: Cells) -> list[Arc]:
        """The figures as a circulation, in the order of `sums`."""
        inside = {row: f"group {name}" for name, rows in self.groups.items() for row in rows}
        found = []
        for each in self.sums:
            kind, _, name = each.name.partition(" ")
            row, _, column = name.partition("|")
            ends = {
                "cell": (f"row {row}", f"column {column}"),
                "row": (inside.get(name, "rows"), f"row {name}"),
                "column": (f"column {name}", "columns"),
                "group": ("rows", f"group {name}"),
                TOTAL: ("columns", "rows"),
            }
            found.append(Arc(*ends[kind], each.of(counts), is_total=kind != "cell"))
        return found


@dataclass(frozen=True, slots=True)
class Published:
    """A version as it was published. `counts` are the office's own and never leave it; `as_of`: their day."""

    version: Version
    as_of: date
    is_held: bool = False

    def shown(self, shape: Shape, name: str) -> int | None:
        """A figure as readers see it; None where it is hidden."""
        if name in self.version.hidden:
            return None
        return next(each.of(self.version.counts) for each in shape.sums if each.name == name)


def next_version(
    shape: Shape, counts: Cells, *, on: date, last: Published | None, threshold: int = SMALL_CELL.threshold
) -> Published:
    """The version to publish on a day.

    Raises:
        ValueError: a cell is not of the shape, or a count is negative.
    """
    whole = {(row, column): counts.get((row, column), 0) for row in shape.rows for column in shape.columns}
    if set(counts) - set(whole) or any(count < 0 for count in whole.values()):
        raise ValueError("counts are of the cells of the table, and never negative")
    if last is None:
        return Published(Version(whole, _hidden(shape, whole, threshold=threshold)), on)
    before = last.version
    kept = {cell: _kept(count, before.counts.get(cell, 0), threshold) for cell, count in whole.items()}
    if kept == dict(before.counts):
        return Published(before, on)
    found = _beside(shape, kept, before, threshold=threshold)
    return Published(found, on) if found is not None else Published(before, last.as_of, is_held=True)


def _kept(count: int, before: int, threshold: int) -> int:
    """The count, or the last published one where it has moved by less than the threshold."""
    return count if abs(count - before) >= threshold else before


def _hidden(
    shape: Shape,
    counts: Cells,
    *,
    threshold: int,
    also: frozenset[str] = frozenset(),
    known: frozenset[str] = frozenset(),
) -> frozenset[str]:
    names = [each.name for each in shape.sums]
    found = hide(
        shape.arcs(counts),
        threshold=threshold,
        also={at for at, name in enumerate(names) if name in also},
        known={at for at, name in enumerate(names) if name in known},
    )
    return frozenset(names[at] for at in found)


def _beside(shape: Shape, counts: dict[Cell, int], before: Version, *, threshold: int) -> Version | None:
    """A version that may stand beside the one before; None where there is none."""
    moved = {each.name: each.of(counts) - each.of(before.counts) for each in shape.sums}
    shown_before = frozenset(moved) - before.hidden
    still_hidden = frozenset(name for name in before.hidden if not moved[name])
    known = frozenset(name for name in shown_before if not moved[name])
    for also in (still_hidden, before.hidden):
        hidden = _hidden(shape, counts, threshold=threshold, also=also, known=known)
        told = {name for name in shown_before - hidden if 0 < abs(moved[name]) < threshold}
        found = Version(counts, hidden)
        if hidden & known or told:
            continue
        if is_safe(shape.sums, before, found, threshold=threshold):
            return found
    return None
