"""The figures of a page."""

import itertools
from dataclasses import replace

import pytest

from posada.page.counts import Counts, count
from posada.page.disclosure import THRESHOLD
from posada.page.shown import Shown, exactly, for_the_public, is_printed
from tests.page.sample import sample

SHAPES = [
    {},
    {"groups": 4, "waiting_groups": 2, "alone_groups": 1},
    {"waiting_groups": 3, "alone_groups": 3},
    {"groups": 5, "waiting_groups": 40, "alone_groups": 0},
    {"groups": 0, "waiting_groups": 3, "alone_groups": 0},
    {"groups": 600, "waiting_groups": 200, "alone_groups": 150},
]


def _figures(**shape: object) -> tuple[Counts, Shown]:
    program, plan = sample(**shape)  # type: ignore[arg-type]
    counts = count(plan, program)
    return counts, for_the_public(counts)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(4))
def test_no_printed_figure_is_small_and_none_tells_one(shape: dict[str, int], seed: int) -> None:
    _, shown = _figures(**shape, seed=seed)
    printed = {name: n for name, n in shown.figures.items() if is_printed(name) and n is not None}
    assert not [name for name, n in printed.items() if 0 < n < THRESHOLD]
    for whole, part in (
        ("all_children", "children_placed"),
        ("all_children", "all_waiting"),
        ("children_placed", "children_with_kin"),
        ("children_placed", "children_sharing_language"),
        ("children_sharing_language", "children_with_kin"),
        ("children_placed", "children_represented"),
        ("children_represented", "counsel_sharing_language"),
        ("children_placed", "counsel_sharing_language"),
    ):
        if whole in printed and part in printed:
            assert not 0 < printed[whole] - printed[part] < THRESHOLD, (whole, part)
    for whole, prefix in (
        ("children_placed", "county:"),
        ("all_waiting", "waiting:"),
        ("without_counsel", "alone:"),
        ("without_counsel", "without_at:"),
        ("children_represented", "with_at:"),
    ):
        if whole in printed:
            rest = printed[whole] - sum(n for name, n in printed.items() if name.startswith(prefix))
            assert not 0 < rest < THRESHOLD, (whole, prefix)


@pytest.mark.parametrize("seed", range(6))
def test_a_court_cannot_be_set_against_its_counties(seed: int) -> None:
    """Where all counties of a court are shown, no small side of it is left over."""
    two = ("24031", "24033", "24510", "24005")
    counts, shown = _figures(groups=120, alone_groups=9, counties=two, seed=seed)
    for court in counts.by_court:
        homes = [f for f in counts.by_county if counts.county_court[f] == court]
        known = [shown[f"county:{f}"] for f in homes]
        sides = [shown[f"with_at:{court}"], shown[f"without_at:{court}"]]
        figures = [n for n in itertools.chain(known, sides) if n is not None]
        if len(figures) == len(known) + 1:  # only one is missing: the reader can subtract
            true = counts.by_court[court]
            assert min(true.with_counsel, true.without_counsel) >= THRESHOLD or None in known


def test_the_office_sees_everything() -> None:
    program, plan = sample(groups=4, waiting_groups=2)
    assert None not in exactly(count(plan, program)).figures.values()


def test_a_cost_for_fewer_than_eleven_children_is_not_shown() -> None:
    _, shown = _figures(groups=4, waiting_groups=0, alone_groups=0)
    assert not shown.money and not shown.distance


def test_a_cost_does_not_tell_how_few_live_in_homes_that_cost_nothing() -> None:
    program, plan = sample()
    counts = count(plan, program)
    assert for_the_public(counts).money
    assert not for_the_public(replace(counts, paying=counts.placed - 5)).money
