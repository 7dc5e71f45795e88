"""A group without a home or counsel is told why, in words, and what to do next."""

from dataclasses import replace

import pytest

from posada.placement.feasible import HOME_RULES
from posada.placement.plan import make_plan
from posada.placement.reasons import RULE_WORDS
from posada.records import Counsel, Hearing, Program, Separation
from tests.placement.random_programs import MARYLAND, TODAY, random_program
from tests.placement.sample_plan import DAY, child, home, sample_program

HOUSE = home("h1", "group", "24510", 1)


def why_unplaced(program: Program) -> dict[str, str]:
    return {u.sibling_group_id: u.reason_code for u in make_plan(program, policy=MARYLAND).unplaced}


def test_no_room_and_no_lawful_home_are_told_apart() -> None:
    children = (
        child("g1-a", 2006, "F"),
        child("g2-a", 2006, "F"),
        child("g3-a", 2006, "F", needs=("wheelchair",)),
    )
    program = Program(TODAY, children, (HOUSE,))
    found = why_unplaced(program)
    assert found["g3"] == "no_lawful_home"
    assert sorted(found.values()) == ["no_lawful_home", "no_room"]


def test_the_rule_in_the_way_is_named_with_a_count_of_homes() -> None:
    program = Program(TODAY, (child("g1-a", 2006, "F", needs=("wheelchair",)),), (HOUSE,))
    (left,) = make_plan(program, policy=MARYLAND).unplaced
    assert "needs: 1 of 1 homes" in left.reason
    assert "wheelchair" in left.next_step
    assert "age 8" in left.next_step


def test_held_groups_and_siblings_elsewhere_have_their_own_codes() -> None:
    program = sample_program()
    full = tuple(replace(h, licensed_capacity=1) if h.home_id == "h4" else h for h in program.homes)
    found = why_unplaced(replace(program, homes=full))
    assert found["g6"] == "incomplete_group"
    assert found["g7"] == "sibling_already_placed"
    found = why_unplaced(replace(program, held_groups={"g6": "incomplete_separation"}))
    assert found["g6"] == "incomplete_separation"


COUNSEL = Counsel("k1", ("BAL",), 1, available_from=TODAY + 9 * DAY)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("no_court", {"homes": (replace(HOUSE, county_fips="36061"),)}),
        ("no_counsel_at_court", {"counsel": (replace(COUNSEL, courts=("HYA",)),)}),
        ("conflict", {"separations": (Separation("g1", "synthetic", counsel_id="k1"),)}),
        ("available_too_late", {"hearings": (Hearing("g1", "BAL", TODAY + 8 * DAY),)}),
        ("caseload_full", {"counsel": (replace(COUNSEL, open_slots=0),)}),
        (None, {}),
    ],
)
def test_a_placed_group_is_told_why_it_has_no_counsel(code: str | None, changes: dict[str, object]) -> None:
    program = Program(
        TODAY,
        (child("g1-a", 2006, "F"),),
        (HOUSE,),
        counsel=(COUNSEL,),
        court_counties=sample_program().court_counties,
    )
    plan = make_plan(replace(program, **changes), policy=MARYLAND)  # type: ignore[arg-type]
    assert [u.reason_code for u in plan.unrepresented] == ([code] if code else [])
    assert all(u.reason and u.next_step for u in plan.unrepresented)


def test_every_rule_has_words() -> None:
    assert HOME_RULES.keys() <= RULE_WORDS.keys()
    assert {"kin_only", "separation", "forbidden", "sibling_already_placed"} <= RULE_WORDS.keys()


def test_every_reason_and_next_step_is_a_sentence() -> None:
    for seed in range(60):
        plan = make_plan(random_program(seed), policy=MARYLAND)
        told = [(u.reason, u.next_step) for u in plan.unplaced]
        told += [(u.reason, u.next_step) for u in plan.unrepresented]
        assert all(words.endswith(".") for pair in told for words in pair)
