"""The sentences."""

import pytest

from posada.page.counts import count
from posada.page.shown import exactly, for_the_public
from posada.page.story import headline, tell
from posada.page.wording import Wording
from tests.page.sample import sample

EN = Wording("en")


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [
        ({}, "With this plan, 236 of 263 children have a home"),
        ({"waiting_groups": 0}, "With this plan, all 236 children have a home"),
        ({"waiting_groups": 3}, "With this plan, 236 children have a home and fewer than 11 wait for one"),
        ({"groups": 0, "waiting_groups": 14}, "With this plan, none of 27 children has a home yet"),
        (
            {"groups": 4, "waiting_groups": 14},
            "With this plan, 27 children wait for a home and fewer than 11 have one",
        ),
        (
            {"groups": 4, "waiting_groups": 2},
            "With this plan, fewer than 11 children have a home and fewer than 11 wait for one",
        ),
        ({"groups": 4, "waiting_groups": 0}, "With this plan, every child has a home"),
        (
            {"groups": 0, "waiting_groups": 2},
            "With this plan, fewer than 11 children wait for a home and none has one yet",
        ),
        ({"groups": 0, "waiting_groups": 0}, "This plan had no children to place"),
    ],
)
def test_the_headline_is_a_sentence_with_the_number(shape: dict[str, int], sentence: str) -> None:
    program, plan = sample(alone_groups=0, **shape)
    assert headline(for_the_public(count(plan, program)), EN) == sentence


def test_the_office_reads_the_exact_number() -> None:
    program, plan = sample(groups=1, waiting_groups=2, alone_groups=0)
    assert headline(exactly(count(plan, program)), EN) == "With this plan, 1 of 4 children has a home"


def test_a_reason_that_the_page_does_not_know_still_reads_well() -> None:
    program, plan = sample(waiting_groups=0)
    counts = count(plan, program)
    counts.waiting_by_reason["something_new"] = 0
    counts.waiting_groups_by_reason["something_new"] = 0
    story = tell(counts, exactly(counts), program=program, words=EN)
    assert story.waiting.reasons[0].why == EN("waiting.why.other")


def test_counties_too_small_to_show_are_not_even_named() -> None:
    program, plan = sample()
    counts = count(plan, program)
    story = tell(counts, for_the_public(counts), program=program, words=EN)
    shown = {row.name for row in story.county_rows}
    assert "Kent County" not in shown and "Montgomery County" in shown
    assert sum(int(row.numbers[0]) for row in story.county_rows) == counts.placed


def test_the_one_state_of_all_homes_is_drawn_where_the_program_names_none() -> None:
    program, plan = sample(state="")
    counts = count(plan, program)
    story = tell(counts, exactly(counts), program=program, words=EN)
    assert story.map is not None and not story.map.is_nation
    assert "Maryland" in story.map_label
