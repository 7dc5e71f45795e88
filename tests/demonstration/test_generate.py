"""Whole synthetic programs."""

from datetime import date

import pytest

from posada.demonstration.assumptions import Assumption, AssumptionRefused, shipped, with_changes
from posada.demonstration.generate import generate
from posada.reference.counties import county_state


def test_the_same_seed_gives_the_same_program() -> None:
    one = generate(scope="national", children=400, seed=7)
    assert one == generate(scope="national", children=400, seed=7)
    assert one.children != generate(scope="national", children=400, seed=8).children


def test_maryland_has_the_published_count_and_stays_in_maryland() -> None:
    program = generate(scope="maryland")
    assert len(program.children) == 3301
    assert {county_state()[home.county_fips] for home in program.homes} == {"MD"}
    assert {row.court_code for row in program.court_counties} == {"baltimore"}
    assert (program.state, program.policy, program.plan_date) == ("MD", "maryland", date(2014, 10, 1))


def test_without_kin_there_are_beds_for_about_seven_in_ten() -> None:
    program = generate(scope="national", children=2000, kin_share=0.0)
    beds = sum(home.licensed_capacity for home in program.homes)
    assert not program.kin
    assert 0.68 < beds / 2000 < 0.75


def test_a_change_of_kin_share_leaves_the_children_as_they_were() -> None:
    with_kin = generate(scope="national", children=300, kin_share=0.9)
    assert with_kin.children == generate(scope="national", children=300, kin_share=0.0).children


def test_homes_and_children_are_in_the_order_of_their_ids() -> None:
    program = generate(scope="national", children=300)
    ids = [home.home_id for home in program.homes]
    assert ids == sorted(ids)
    assert [c.child_id for c in program.children] == sorted(c.child_id for c in program.children)


def test_one_child_is_a_program() -> None:
    assert len(generate(scope="maryland", children=1, kin_share=1.0).homes) >= 2


@pytest.mark.parametrize(
    ("scope", "children", "kin_share", "said"),
    [
        ("ohio", 5, 0.5, "choose maryland or national"),
        ("maryland", 0, 0.5, "at least one child"),
        ("maryland", 5, 1.5, "from 0 to 1"),
    ],
)
def test_what_cannot_be_made_is_refused(scope: str, children: int, kin_share: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        generate(scope=scope, children=children, kin_share=kin_share)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("children.countries", {"XYZ": 1}),
        ("children.countries", {"HND": 0}),
        ("maryland.first_arrivals", "2099-01"),
        ("hearings.days_ahead", "soon"),
        ("hearings.days_ahead", "9999999-99999999"),
        ("children.ages", {"young": 1}),
        ("courts.column", "no_such_column"),
    ],
)
def test_assumptions_that_do_not_fit_together_are_refused(key: str, value: object) -> None:
    changed = with_changes(shipped(), {key: Assumption(value, "assumption")})  # type: ignore[arg-type]
    with pytest.raises(AssumptionRefused):
        generate(scope="maryland", children=20, assumptions=changed)
