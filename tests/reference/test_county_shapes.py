"""The packaged shapes of counties."""

from posada.reference.counties import county_state
from posada.reference.county_shapes import county_shapes


def test_every_shape_is_of_a_county_of_its_state() -> None:
    states = county_state()
    for state, shape in county_shapes().items():
        assert len(shape["box"]) == 5
        for fips, county in shape["counties"].items():
            assert states.get(fips, state) == state
            assert county["d"].startswith("M")
