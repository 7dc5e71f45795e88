"""Small cells stay hidden, also from subtraction. Ranges come from linear programs, not from our own code."""

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.ledger.figures import (
    SMALL_CELL,
    PublicTable,
    hide_small,
    hide_small_table,
    shown_count,
    suppress,
)

FEW = st.integers(0, 30) | st.sampled_from([0, 1, 10, 11, 500])


def ranges(figures: list[int | None], sums: list[tuple[int, list[int]]]) -> dict[int, float]:
    """How wide each hidden figure's range is, where figures[total] = sum of figures[parts] for all sums."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    for figure in figures:
        solver.addVar(0 if figure is None else figure, 1e6 if figure is None else figure)
    for total, parts in sums:
        solver.addRow(0, 0, len(parts) + 1, [total, *parts], [-1.0] + [1.0] * len(parts))
    found = {}
    for at in [at for at, figure in enumerate(figures) if figure is None]:
        ends = []
        for sense in (1.0, -1.0):
            for other in range(len(figures)):
                solver.changeColCost(other, sense if other == at else 0.0)
            solver.run()
            assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(sense * solver.getInfo().objective_function_value)
        found[at] = ends[1] - ends[0]
    return found


def table_ranges(table: PublicTable) -> dict[int, float]:
    figures: list[int | None] = [table.total]
    sums: list[tuple[int, list[int]]] = []
    row_at = {name: len(figures) + i for i, name in enumerate(table.row_totals)}
    figures += table.row_totals.values()
    column_at = {name: len(figures) + i for i, name in enumerate(table.column_totals)}
    figures += table.column_totals.values()
    in_row: dict[str, list[int]] = {name: [] for name in row_at}
    in_column: dict[str, list[int]] = {name: [] for name in column_at}
    for row, cells in table.cells.items():
        for column, figure in cells.items():
            in_row[row].append(len(figures))
            in_column[column].append(len(figures))
            figures.append(figure)
    sums += [(row_at[name], parts) for name, parts in in_row.items()]
    sums += [(column_at[name], parts) for name, parts in in_column.items()]
    sums += [(0, list(row_at.values())), (0, list(column_at.values()))]
    return ranges(figures, sums)


@settings(max_examples=60, deadline=None)
@given(st.lists(FEW, min_size=1, max_size=8))
def test_no_hidden_count_of_a_list_can_be_found_by_subtraction(counts: list[int]) -> None:
    shown = hide_small({str(at): count for at, count in enumerate(counts)}, total_shown=True)
    total = shown_count(sum(counts))
    figures = [total, *shown.values()]
    assert all(width >= 11 for width in ranges(figures, [(0, list(range(1, len(figures))))]).values())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(FEW, min_size=3, max_size=3), min_size=1, max_size=4))
def test_no_hidden_cell_of_a_table_can_be_pinned_down(cells: list[list[int]]) -> None:
    table = suppress({f"r{r}": {f"c{c}": n for c, n in enumerate(row)} for r, row in enumerate(cells)})
    assert all(width >= 11 for width in table_ranges(table).values())


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(max_size=3), FEW, max_size=8))
def test_nothing_shown_is_small_or_changed(counts: dict[str, int]) -> None:
    shown = hide_small(counts, total_shown=True)
    assert list(shown) == list(counts)
    assert all(figure in (None, counts[name]) for name, figure in shown.items())
    assert all(figure is None or figure >= SMALL_CELL.threshold for figure in shown.values())
    left = sum(counts.values()) - sum(figure or 0 for figure in shown.values())
    assert None not in shown.values() or left >= 11 or sum(counts.values()) < 11


def test_the_smallest_neighbor_is_hidden_with_a_lone_small_count() -> None:
    shown = hide_small({"Calvert": 3, "Howard": 40, "Frederick": 25}, total_shown=True)
    assert shown == {"Calvert": None, "Howard": 40, "Frederick": None}


def test_without_a_total_only_small_counts_are_hidden() -> None:
    assert hide_small({"a": 10, "b": 11}, total_shown=False) == {"a": None, "b": 11}


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    rows = {"F": {"a": 11, "b": 40}, "M": {"a": 30, "b": 60}}
    assert hide_small_table(rows) == rows
    assert suppress(rows).total == 141


def test_totals_stay_where_cells_alone_can_protect() -> None:
    table = suppress({"F": {"a": 3, "b": 40}, "M": {"a": 30, "b": 60}})
    assert (table.row_totals, table.total) == ({"F": 43, "M": 90}, 133)
    assert None not in table.column_totals.values()


def test_a_table_of_one_cell_hides_its_totals_too() -> None:
    table = suppress({"F": {"a": 3}})
    assert (table.cells, table.total) == ({"F": {"a": None}}, None)


def test_an_empty_table_is_no_error() -> None:
    assert suppress({}).cells == {}
    assert hide_small({}, total_shown=True) == {}


@pytest.mark.parametrize(("counts", "threshold"), [({"a": -1}, 11), ({"a": 1}, 0)])
def test_nonsense_is_refused(counts: dict[str, int], threshold: int) -> None:
    with pytest.raises(ValueError, match=r"negative|threshold"):
        hide_small(counts, total_shown=True, threshold=threshold)
