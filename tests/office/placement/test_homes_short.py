"""Homes that are short stand on the map and in the list with the same numbers."""

from posada.office.placement.homes_short import homes_by_county, map_of, wanted_lines

ROWS = [
    {
        "kind": "home",
        "county_fips": fips,
        "court_code": None,
        "languages": ["mam"],
        "beds": 3,
        "max_siblings": 3,
        "children_gained": 3,
        "level": "children_placed",
        "needs": [],
    }
    for fips in ("24045", "24045", "24031")
]
COUNSEL = {
    **ROWS[0],
    "kind": "counsel",
    "county_fips": None,
    "court_code": "BAL",
    "level": "children_represented",
}


def test_counties_are_listed_most_homes_first_and_counsel_is_not_a_home() -> None:
    assert homes_by_county([*ROWS, COUNSEL]) == [("24045", 2), ("24031", 1)]


def test_the_map_has_the_numbers_of_the_list() -> None:
    drawn = map_of([("24045", 4), ("24031", 1)], state="MD")
    assert drawn is not None
    assert sorted(label.children for label in drawn.labels) == [1, 4]
    assert {shade for shade, _path in drawn.layers[0].paths} == {"m0", "m1", "m3"}
    assert not drawn.missing


def test_the_nation_is_drawn_without_numbers_and_nothing_without_homes() -> None:
    drawn = map_of([("24045", 2)], state="")
    assert drawn is not None
    assert (drawn.is_nation, drawn.labels) == (True, ())
    assert map_of([], state="MD") is None


def test_each_line_says_what_it_gains() -> None:
    home, counsel = wanted_lines([ROWS[0], COUNSEL])
    assert home.gain == "3 more with a home"
    assert (counsel.place, counsel.gain) == ("BAL", "3 more with counsel")
