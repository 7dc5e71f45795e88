"""The seven lines."""

from posada.page.counts import count
from posada.page.level_lines import level_lines
from posada.page.shown import exactly, for_the_public
from posada.page.wording import Wording
from tests.page.sample import sample

EN = Wording("en")


def test_a_proven_level_says_so() -> None:
    program, plan = sample(gap=0)
    counts = count(plan, program)
    lines = level_lines(counts, for_the_public(counts), EN)
    assert len(lines) == 7
    assert all(line.proven and line.standing == "best possible, proven" for line in lines)
    assert lines[0].value == "231 of 258"
    assert lines[5].value.startswith("$") and lines[6].value.endswith("km")


def test_the_office_reads_the_exact_gap() -> None:
    program, plan = sample(gap=3)
    counts = count(plan, program)
    lines = level_lines(counts, exactly(counts), EN)
    assert lines[2].standing == "within 3 of the bound"
    assert lines[2].bound == "at most 215 possible"
    assert lines[5].standing == "within $3.00 (under 0.1%) of the bound"


def test_a_bound_less_than_eleven_away_is_not_published() -> None:
    program, plan = sample(gap=3)
    counts = count(plan, program)
    line = level_lines(counts, for_the_public(counts), EN)[2]
    assert (line.bound, line.standing, line.tick) == ("bound not shown", "within 10 of the bound", None)


def test_a_hidden_value_draws_no_bar_that_could_be_measured() -> None:
    program, plan = sample(waiting_groups=3, alone_groups=3)
    counts = count(plan, program)
    first, _, _, represented = level_lines(counts, for_the_public(counts), EN)[:4]
    assert (first.value, first.filled) == ("233", None)  # of how many would tell how many wait
    assert (represented.value, represented.filled) == ("all but a few", None)


def test_a_missing_level_is_named() -> None:
    program, plan = sample(groups=20)
    counts = count(plan, program)
    del counts.levels["distance_km"]
    assert level_lines(counts, exactly(counts), EN)[6].standing == "not worked out"
