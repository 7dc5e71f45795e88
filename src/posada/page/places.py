"""Names of counties and the states they lie in, from the packaged Census table."""

import csv
import io
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class County:
    """A county or its equivalent: name as the Census writes it, and the state's USPS code."""

    name: str
    state: str


@lru_cache
def counties() -> dict[str, County]:
    """County FIPS code -> county, for every county of the packaged table."""
    table = resources.files("posada.reference").joinpath("tables/us_counties.csv")
    rows = csv.DictReader(io.StringIO(table.read_text(encoding="utf-8")))
    return {row["fips"]: County(row["county_name"], row["state"]) for row in rows}


@lru_cache
def _state_codes() -> dict[str, str]:
    """State FIPS code -> USPS code."""
    return {fips[:2]: county.state for fips, county in counties().items()}


def state_of(fips: str) -> str:
    """USPS code of the state that a county code belongs to; empty where the table does not know it.

    >>> state_of("24031")
    'MD'
    """
    return _state_codes().get(fips[:2], "")


def county_name(fips: str) -> str:
    """The county's name; its code where the table does not know it."""
    known = counties().get(fips)
    return known.name if known else fips
