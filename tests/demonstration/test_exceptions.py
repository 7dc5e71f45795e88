"""Separations and standing placements."""

from collections import Counter

from posada.demonstration.assumptions import Assumption, shipped, with_changes
from posada.demonstration.exceptions import separations, standing_placements
from posada.demonstration.families import families
from posada.demonstration.homes import foster_homes

OFTEN = with_changes(
    shipped(),
    {
        f"exceptions.{name}": Assumption(0.2, "assumption")
        for name in ("separated_groups", "group_and_home", "group_and_counsel", "placed_already")
    },
)
FAMILIES = families(OFTEN, scope="national", children=600, seed=1)
HOMES = foster_homes(OFTEN, state=None, children_without_kin=600, seed=1)


def test_a_separation_names_exactly_one_other() -> None:
    found = separations(OFTEN, families=FAMILIES, homes=HOMES, counsel=(), seed=1)
    assert found
    for one in found:
        assert [one.other_group_id, one.home_id, one.counsel_id].count(None) == 2
        assert one.other_group_id != one.sibling_group_id


def test_standing_placements_fit_their_homes() -> None:
    found = standing_placements(OFTEN, families=FAMILIES, homes=HOMES, links=(), seed=1)
    capacity = {home.home_id: home.licensed_capacity for home in HOMES}
    assert found
    assert all(count <= capacity[home] for home, count in Counter(one.home_id for one in found).items())


def test_a_child_lives_in_one_home() -> None:
    found = standing_placements(OFTEN, families=FAMILIES, homes=HOMES, links=(), seed=1)
    assert len({one.child_id for one in found}) == len(found)
