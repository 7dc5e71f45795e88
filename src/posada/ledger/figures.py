"""Public figures with small cells hidden. In: counts of children, and which totals are shown beside them.
Out: the same counts, with None where a figure may not be shown.

No shown figure is under the threshold (zero is hidden too, so that "hidden" does not mean "someone is
there"), and no hidden figure can be pinned down from the others: whatever is shown, each hidden count could
still lie anywhere in a range at least as wide as the threshold. The counts and their totals are seen as a
circulation – the grand total flows into rows, rows into cells, cells into column totals, and back – in
which the possible values of a hidden cell follow from two maximum flows (exact for whole numbers, since the
system is a network).

Not covered: what a reader learns from outside these figures, and two tables published apart. Put counts of
successive months into one table, one column a month, before they are published.
Tests: tests/ledger/test_figures.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from posada.ledger.circulation import Arc, hide


@dataclass(frozen=True, slots=True)
class SmallCell:
    """The smallest count that may be shown, with its source."""

    threshold: int
    since: date
    source: str


SMALL_CELL = SmallCell(
    threshold=11,
    since=date(2014, 1, 1),
    source=(
        "program choice, after the CMS cell size suppression policy (version of 8 May 2017, "
        "hhs.gov/guidance/document/cms-cell-suppression-policy): no value of 1 to 10 is reported, "
        "nor may it be derived; stricter here, since 0 is hidden too. Not signed off by counsel"
    ),
)

Shown = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class PublicTable:
    """A table as it may be shown; None is a hidden figure."""

    cells: dict[str, Shown]
    row_totals: Shown
    column_totals: Shown
    total: int | None


def shown_count(count: int, *, threshold: int = SMALL_CELL.threshold) -> int | None:
    """One figure on its own: None where it is under the threshold.

    >>> shown_count(10), shown_count(11)
    (None, 11)
    """
    return count if count >= threshold else None


def hide_small(
    counts: Mapping[str, int], *, total_shown: bool, threshold: int = SMALL_CELL.threshold
) -> Shown:
    """A list of counts as it may be shown.

    With `total_shown`, the sum of the counts stands beside them: further counts are then hidden, the
    smallest first, until none can be found by subtraction. A sum under the threshold must not be shown
    itself (`shown_count`); every count is then hidden.

    Raises:
        ValueError: a count is negative, or the threshold is not positive.

    >>> hide_small({"Calvert": 3, "Howard": 40, "Frederick": 25}, total_shown=True)
    {'Calvert': None, 'Howard': 40, 'Frederick': None}
    """
    _refuse_nonsense(counts.values(), threshold=threshold)
    if not total_shown:
        return {name: shown_count(count, threshold=threshold) for name, count in counts.items()}
    arcs = [Arc("line", "all", count) for count in counts.values()]
    arcs.append(Arc("all", "line", sum(counts.values()), is_total=True))
    hidden = hide(arcs, threshold=threshold, keep=len(arcs) - 1)
    return {name: None if at in hidden else count for at, (name, count) in enumerate(counts.items())}


def hide_small_table(
    rows: Mapping[str, Mapping[str, int]], *, threshold: int = SMALL_CELL.threshold
) -> dict[str, Shown]:
    """The cells of a table as they may be shown; its totals, as `suppress` gives them or not at all."""
    return suppress(rows, threshold=threshold).cells


def suppress(rows: Mapping[str, Mapping[str, int]], *, threshold: int = SMALL_CELL.threshold) -> PublicTable:
    """A table with row totals, column totals and a grand total, as it may be shown.

    A total is hidden where it is small itself, or where nothing else would protect a small cell. A cell
    that a row lacks is no cell: it is known to be empty (say, a county in another state's row).

    Raises:
        ValueError: a count is negative, or the threshold is not positive.
    """
    _refuse_nonsense((count for row in rows.values() for count in row.values()), threshold=threshold)
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    row_sums = {name: sum(row.values()) for name, row in rows.items()}
    column_sums = {column: sum(row.get(column, 0) for row in rows.values()) for column in columns}
    cells = [(name, column) for name, row in rows.items() for column in row]
    arcs = [Arc(f"row {name}", f"column {column}", rows[name][column]) for name, column in cells]
    arcs += [Arc("rows", f"row {name}", count, is_total=True) for name, count in row_sums.items()]
    arcs += [Arc(f"column {name}", "columns", count, is_total=True) for name, count in column_sums.items()]
    arcs.append(Arc("columns", "rows", sum(row_sums.values()), is_total=True))
    hidden = hide(arcs, threshold=threshold)
    figures = [None if at in hidden else arc.count for at, arc in enumerate(arcs)]
    shown: dict[str, Shown] = {name: {} for name in rows}
    for (name, column), figure in zip(cells, figures, strict=False):
        shown[name][column] = figure
    after_rows = len(cells) + len(row_sums)
    return PublicTable(
        cells=shown,
        row_totals=dict(zip(row_sums, figures[len(cells) : after_rows], strict=True)),
        column_totals=dict(zip(column_sums, figures[after_rows:-1], strict=True)),
        total=figures[-1],
    )


def _refuse_nonsense(counts: Iterable[int], *, threshold: int) -> None:
    if threshold < 1:
        raise ValueError("the small-cell threshold must be 1 or more")
    if any(count < 0 for count in counts):
        raise ValueError("a count of children cannot be negative")
