"""The office's lists."""

from posada.page.detail import MOST_GROUPS, listings
from posada.page.wording import Wording
from tests.page.sample import sample


def test_what_is_wrong_comes_first_and_every_group_is_listed() -> None:
    program, plan = sample()
    made = listings(plan, program, Wording("en"))
    assert [listing.kind for listing in made] == ["waiting", "alone", "pins", "placed"]
    assert sum(len(page.rows) for page in made[-1].pages) == len(plan.groups)
    assert all(len(row) == len(made[-1].columns) for page in made[-1].pages for row in page.rows)


def test_long_lists_are_cut_and_folded() -> None:
    program, plan = sample(groups=700)
    placed = listings(plan, program, Wording("en"))[-1]
    assert placed.total == 700
    assert placed.pages[-1].last == MOST_GROUPS
    assert {len(page.rows) for page in placed.pages} == {25}


def test_spanish_gives_the_reason_in_spanish() -> None:
    program, plan = sample()
    row = listings(plan, program, Wording("es"))[0].pages[0].rows[0]
    assert row[2] == "no_room: Los hogares adecuados están llenos."
