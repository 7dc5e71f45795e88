"""Maps."""

from posada.page.county_map import county_map, shades
from posada.page.places import counties
from posada.reference.county_shapes import county_shapes


def test_every_county_but_those_of_the_territories_has_a_shape() -> None:
    shaped = {fips for state in county_shapes().values() for fips in state["counties"]}
    assert {county.state for fips, county in counties().items() if fips not in shaped} == {"PR"}
    assert shaped <= counties().keys()


def test_a_state_is_drawn_alone_with_its_numbers() -> None:
    drawn = county_map({"24031": 67, "24033": 22}, state="MD", exact=False)
    assert drawn is not None
    assert [label.children for label in drawn.labels] == [67, 22]
    assert [shade for shade, _ in drawn.layers[0].paths] == ["m0", "m3", "m1"]
    assert not drawn.is_nation and not drawn.missing


def test_without_a_state_the_nation_is_drawn() -> None:
    drawn = county_map({"24031": 67, "48201": 900, "72127": 12}, state="", exact=False)
    assert drawn is not None
    assert drawn.is_nation and len(drawn.layers) == 51 and not drawn.labels
    assert drawn.missing  # San Juan is in the list only


def test_a_territory_has_no_map() -> None:
    assert county_map({"72127": 12}, state="PR", exact=False) is None
    assert county_map({"72127": 12}, state="", exact=False) is None


def test_nothing_to_show_draws_nothing() -> None:
    assert county_map({}, state="MD", exact=False) is None


def test_the_steps_of_a_map_follow_its_fullest_county() -> None:
    assert [(s.low, s.high) for s in shades(3000, exact=True)] == [(1, 99), (100, 499), (500, None)]
