"""What a reader of two published versions of a table could work out: every hidden figure's range under both.

Comes in: two versions of one table, each with what it shows. Goes out: the smallest and largest value of a hidden
figure, with a whole table of each version that shows the same and has that value, so that nobody has to believe it.
The reader is taken to know which cells did not change between the versions. Whole numbers, exact.
Docs: docs/explanation/published-figures.md. Tests: tests/ledger/test_two_versions.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST = 1_000_000
"""No count of children is larger; a range that has no end ends here."""
Cell = tuple[str, str]
Cells = Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure of a table: its name, and the cells that add up to it (of a cell: itself)."""

    name: str
    cells: tuple[Cell, ...]

    def of(self, counts: Cells) -> int:
        """Its value in a table; a cell that the table lacks is empty."""
        return sum(counts.get(cell, 0) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Version:
    """A table and the names of its figures that are hidden."""

    counts: Cells
    hidden: frozenset[str]


@dataclass(frozen=True, slots=True)
class Range:
    """The smallest and the largest value of a figure, each with both tables that look the same (earlier, later)."""

    least: int
    most: int
    witnesses: tuple[tuple[Cells, Cells], tuple[Cells, Cells]]


def ranges(sums: tuple[Sum, ...], earlier: Version, later: Version) -> Iterator[tuple[str, str, Range]]:
    """Each hidden figure of each version: (`earlier` or `later`, its name, its range)."""
    model, places = _model(sums, earlier, later)
    for at, (word, version) in enumerate((("earlier", earlier), ("later", later))):
        for each in sums:
            if each.name in version.hidden:
                wanted = {places[at][cell] for cell in each.cells if cell in places[at]}
                yield word, each.name, _range(model, places, wanted)


def is_safe(sums: tuple[Sum, ...], earlier: Version, later: Version, *, threshold: int) -> bool:
    """Whether every hidden figure of both keeps a range of `threshold` or more."""
    return all(found.most - found.least >= threshold for _, _, found in ranges(sums, earlier, later))


def _model(
    sums: tuple[Sum, ...], earlier: Version, later: Version
) -> tuple[Any, tuple[dict[Cell, int], dict[Cell, int]]]:
    """A solver that holds every table which shows the same, and the column of each cell in each version."""
    import highspy  # only here: a page that shows figures loads no solver

    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", False)
    places: tuple[dict[Cell, int], dict[Cell, int]] = ({}, {})
    for at, version in enumerate((earlier, later)):
        for cell in version.counts:
            same = places[0].get(cell) if earlier.counts.get(cell) == version.counts[cell] else None
            if same is None or at == 0:
                model.addVariable(0, MOST, type=highspy.HighsVarType.kInteger)
                same = model.numVariables - 1
            places[at][cell] = same
    for at, version in enumerate((earlier, later)):
        for each in sums:
            columns = [places[at][cell] for cell in each.cells if cell in places[at]]
            if each.name not in version.hidden and columns:
                value = each.of(version.counts)
                model.addRow(value, value, len(columns), columns, [1.0] * len(columns))
    return model, places


def _range(model: Any, places: tuple[dict[Cell, int], dict[Cell, int]], wanted: set[int]) -> Range:
    import highspy

    for column in range(model.numVariables):
        model.changeColCost(column, 1.0 if column in wanted else 0.0)
    ends, tables = [], []
    for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
        model.changeObjectiveSense(sense)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError("the table that is published does not fit what is shown of it")
        values = [round(value) for value in model.getSolution().col_value]
        ends.append(sum(values[column] for column in wanted))
        tables.append(tuple({cell: values[column] for cell, column in each.items()} for each in places))
    return Range(ends[0], ends[1], (tables[0], tables[1]))  # type: ignore[arg-type]
