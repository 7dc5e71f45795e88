"""What may be shown."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.page.disclosure import THRESHOLD, Tie, hidden_figures, is_small


def test_a_small_figure_is_hidden_and_a_zero_is_not() -> None:
    figures = {"a": 10, "b": 11, "c": 0}
    assert hidden_figures(figures, ties=[], keep={}) == {"a"}


def test_nine_of_212_cannot_be_worked_out() -> None:
    figures = {"all": 212, "placed": 203, "waiting": 9}
    hidden = hidden_figures(figures, ties=[Tie("all", ("placed", "waiting"))], keep={"placed": 2, "all": 1})
    assert hidden == {"all", "waiting"}


def test_two_hidden_that_are_few_together_take_a_third_with_them() -> None:
    figures = {"all": 105, "a": 2, "b": 3, "c": 100}
    assert hidden_figures(figures, ties=[Tie("all", ("a", "b", "c"))], keep={"all": 9}) == {"a", "b", "c"}


def test_figures_that_several_sums_determine_together_are_found() -> None:
    """x+y, y+z and x+z are known: each of x, y and z follows, though no sum alone tells one."""
    figures = {"x": 6, "y": 7, "z": 8, "xy": 13, "yz": 15, "xz": 14}
    ties = [Tie("xy", ("x", "y")), Tie("yz", ("y", "z")), Tie("xz", ("x", "z"))]
    hidden = hidden_figures(figures, ties=ties, keep={})
    assert hidden > {"x", "y", "z"}


def test_sums_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="all do not add up"):
        hidden_figures({"all": 3, "a": 2}, ties=[Tie("all", ("a",))], keep={})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_small_cell_of_a_table_follows_from_what_is_shown(table: list[list[int]]) -> None:
    """Brute force over one hidden cell: some other whole number fits all that is shown."""
    figures = {f"{r} {c}": n for r, row in enumerate(table) for c, n in enumerate(row)}
    figures |= {f"row {r}": sum(row) for r, row in enumerate(table)}
    figures |= {f"column {c}": sum(column) for c, column in enumerate(zip(*table, strict=True))}
    ties = [Tie(f"row {r}", tuple(f"{r} {c}" for c in range(3))) for r in range(len(table))]
    ties += [Tie(f"column {c}", tuple(f"{r} {c}" for r in range(len(table)))) for c in range(3)]
    hidden = hidden_figures(figures, ties=ties, keep={})
    assert {name for name, n in figures.items() if is_small(n)} <= hidden
    for tie in ties:
        inside = [name for name in tie.parts if name in hidden]
        if tie.whole not in hidden and any(figures[n] for n in inside):
            assert len(inside) > 1
            assert sum(figures[n] for n in inside) >= THRESHOLD or not any(
                figures[n] for n in tie.parts if n not in hidden
            )
    assert list(itertools.chain(*table)) == [figures[f"{r} {c}"] for r in range(len(table)) for c in range(3)]
