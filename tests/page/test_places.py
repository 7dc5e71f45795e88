"""County names."""

from posada.page.places import counties, county_name, state_of


def test_a_county_has_its_name_and_state() -> None:
    assert county_name("24031") == "Montgomery County"
    assert state_of("24031") == "MD"
    assert len(counties()) == 3220


def test_an_unknown_county_keeps_its_code() -> None:
    assert county_name("99999") == "99999"
    assert state_of("99999") == ""
