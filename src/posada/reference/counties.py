"""Counties and equivalents: packaged Census points, names and states, keyed by five-digit FIPS code.

Source: Census Gazetteer 2019 (`tables/us_counties.csv`, see `sources.py`); Connecticut has its eight old
counties. Tests: tests/reference/test_counties.py.
"""

from functools import lru_cache

from posada.reference.table import rows


@lru_cache
def county_points() -> dict[str, tuple[float, float]]:
    """County FIPS code -> (latitude, longitude) of its Census internal point, in degrees."""
    return {row["fips"]: (float(row["lat"]), float(row["lon"])) for row in rows("us_counties")}


@lru_cache
def county_names() -> dict[str, str]:
    """County FIPS code -> its name, as in "Prince George's County"."""
    return {row["fips"]: row["county_name"] for row in rows("us_counties")}


@lru_cache
def county_state() -> dict[str, str]:
    """County FIPS code -> USPS code of its state, as in "MD"."""
    return {row["fips"]: row["state"] for row in rows("us_counties")}


@lru_cache
def county_population() -> dict[str, int]:
    """County FIPS code -> residents on 1 July 2014 (Vintage 2019); Puerto Rico has none in that table."""
    return {row["fips"]: int(row["pop_2014_v2019"]) for row in rows("us_counties") if row["pop_2014_v2019"]}
