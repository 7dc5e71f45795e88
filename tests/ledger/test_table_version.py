"""Suppression attacked: one table, its margins, and the difference of two published versions."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.ledger.figures import suppress
from posada.ledger.table_version import Published, Shape, next_version
from posada.ledger.two_versions import Cell, ranges

SHAPE = Shape(("kin", "foster", "waiting"), ("yes", "no"), {"sheltered": ("kin", "foster")})
FIRST, SECOND, THIRD = date(2014, 7, 1), date(2014, 8, 1), date(2014, 9, 1)
CELLS = [(row, column) for row in SHAPE.rows for column in SHAPE.columns]
COUNTS = st.one_of(st.integers(0, 14), st.integers(0, 60), st.integers(100, 2000))


@st.composite
def tables(draw: st.DrawFn) -> dict[Cell, int]:
    """A table, often with small cells."""
    return {cell: draw(COUNTS) for cell in CELLS}


@st.composite
def changed(draw: st.DrawFn) -> tuple[dict[Cell, int], dict[Cell, int]]:
    """A table and what became of it: most cells stay, or move by little."""
    before = draw(tables())
    steps = st.one_of(st.just(0), st.integers(-12, 12), st.integers(-60, 60))
    return before, {cell: max(0, count + draw(steps)) for cell, count in before.items()}


def publish(counts: dict[Cell, int], last: Published | None = None, on: date = FIRST) -> Published:
    """The next version."""
    return next_version(SHAPE, counts, on=on, last=last)


@settings(max_examples=60, deadline=None)
@given(changed())
def test_no_shown_figure_differs_from_the_last_version_by_one_to_ten(
    pair: tuple[dict[Cell, int], dict[Cell, int]],
) -> None:
    first = publish(pair[0])
    second = publish(pair[1], first, SECOND)
    for each in SHAPE.sums:
        values = first.shown(SHAPE, each.name), second.shown(SHAPE, each.name)
        assert all(value is None or value >= 11 for value in values)
        if None not in values:
            assert abs(values[0] - values[1]) not in range(1, 11)  # type: ignore[operator]


@settings(max_examples=40, deadline=None)
@given(changed())
def test_no_hidden_figure_can_be_pinned_down_from_two_versions(
    pair: tuple[dict[Cell, int], dict[Cell, int]],
) -> None:
    """The tables that show the same are checked here, by adding them up; they differ by 11 or more."""
    first = publish(pair[0])
    second = publish(pair[1], first, SECOND)
    versions = (first.version, second.version)
    for when, name, found in ranges(SHAPE.sums, *versions):
        asked = next(each for each in SHAPE.sums if each.name == name)
        values = [asked.of(tables_[when == "later"]) for tables_ in found.witnesses]
        assert values[1] - values[0] >= 11
        for tables_ in found.witnesses:
            for version, table in zip(versions, tables_, strict=True):
                assert all(
                    s.name in version.hidden or s.of(table) == s.of(version.counts) for s in SHAPE.sums
                )
            assert all(
                tables_[0][cell] == tables_[1][cell]
                for cell in CELLS
                if versions[0].counts[cell] == versions[1].counts[cell]
            )


@settings(max_examples=40, deadline=None)
@given(changed(), tables())
def test_a_chain_of_versions_is_safe_at_each_step(
    pair: tuple[dict[Cell, int], dict[Cell, int]], last: dict[Cell, int]
) -> None:
    second = publish(pair[1], publish(pair[0]), SECOND)
    third = publish(last, second, THIRD)
    assert all(f.most - f.least >= 11 for _, _, f in ranges(SHAPE.sums, second.version, third.version))


@settings(max_examples=60, deadline=None)
@given(tables())
def test_without_groups_the_first_version_hides_what_the_plain_table_hides(counts: dict[Cell, int]) -> None:
    shape = Shape(SHAPE.rows, SHAPE.columns, {})
    found = next_version(shape, counts, on=FIRST, last=None)
    plain = suppress({row: {column: counts[row, column] for column in shape.columns} for row in shape.rows})
    assert {c: found.shown(shape, f"cell {c[0]}|{c[1]}") for c in CELLS} == {
        (row, column): plain.cells[row][column] for row, column in CELLS
    }
    assert found.shown(shape, "total") == plain.total


def test_a_count_that_moved_by_little_stays_as_it_was_published_and_totals_follow() -> None:
    counts = dict.fromkeys(CELLS, 100)
    first = publish(counts)
    second = publish({**counts, ("kin", "yes"): 105, ("kin", "no"): 120}, first, SECOND)
    assert second.shown(SHAPE, "cell kin|yes") == 100
    assert second.shown(SHAPE, "row kin") == 220
    assert second.shown(SHAPE, "group sheltered") == 420
    third = publish({**counts, ("kin", "yes"): 111, ("kin", "no"): 120}, second, THIRD)
    assert third.shown(SHAPE, "row kin") == 231


def test_the_first_version_is_the_count_itself() -> None:
    counts = {cell: 50 + at for at, cell in enumerate(CELLS)}
    assert publish(counts).shown(SHAPE, "total") == sum(counts.values())


def test_where_a_total_would_move_by_little_the_last_version_is_held() -> None:
    counts = dict.fromkeys(CELLS, 100)
    first = publish(counts)
    held = publish({**counts, ("kin", "yes"): 111, ("kin", "no"): 86}, first, SECOND)
    assert held.is_held
    assert (held.version, held.as_of) == (first.version, FIRST)


def test_cells_that_are_none_of_the_table_are_refused() -> None:
    for counts in ({("hotel", "yes"): 1}, {("kin", "yes"): -1}):
        with pytest.raises(ValueError, match="cells of the table"):
            publish(counts)
