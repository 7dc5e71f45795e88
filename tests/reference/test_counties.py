"""County points, names and states."""

from posada.reference.counties import county_names, county_points, county_population, county_state


def test_every_county_has_a_point_a_name_and_a_state() -> None:
    assert len(county_points()) == 3220
    assert county_points().keys() == county_names().keys() == county_state().keys()


def test_codes_are_five_digits_kept_as_text() -> None:
    assert all(len(fips) == 5 and fips.isdigit() for fips in county_points())
    assert county_names()["01001"] == "Autauga County"


def test_maryland_has_its_twenty_four() -> None:
    maryland = [fips for fips, state in county_state().items() if state == "MD"]
    assert len(maryland) == 24
    assert county_names()["24510"] == "Baltimore city"


def test_points_lie_in_the_country() -> None:
    assert all(17 < lat < 72 and -180 <= lon <= 180 for lat, lon in county_points().values())


def test_population_is_left_out_where_the_table_has_none() -> None:
    assert county_population()["24033"] > 899_000
    assert not any(county_state()[fips] == "PR" for fips in county_population())
