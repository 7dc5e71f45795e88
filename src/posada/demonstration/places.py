"""Where children go, where they are, and which court is whose: weights from the packaged tables.

Sources: ORR releases by state and county, Border Patrol months by sector, EOIR courts.
Tests: tests/demonstration/test_places.py.
"""

from collections import defaultdict
from datetime import date
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt

from posada.demonstration.assumptions import Assumptions
from posada.demonstration.chance import Weights
from posada.records import Court, CourtCounty
from posada.reference.counties import county_points, county_population, county_state
from posada.reference.table import rows


@lru_cache
def state_counts() -> dict[str, int]:
    """State -> children released 1 January to 7 July 2014, the only complete list of 2014."""
    return {
        row["state"]: int(row["children_released"])
        for row in rows("orr_releases_by_state_2014_to_date")
        if row["period_end"] == "2014-07-07" and row["state"] != "US"
    }


@lru_cache
def county_weights(state: str | None = None) -> Weights:
    """County -> expected share of the children released, for a state or the country.

    Counties with a published count (January to July 2014) have it; what is left of their state's count is
    spread over its other counties by population.
    """
    growth = _july_growth()
    published: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows("orr_releases_by_county_2014"):
        if row["period_end"] == "2014-07-31":
            published[row["state"]][row["fips"]] = int(row["children_released"])
    of_state, population = county_state(), county_population()
    weights: dict[str, float] = {}
    for name, count in state_counts().items():
        if state not in (None, name):
            continue
        known = published[name]
        others = {fips: n for fips, n in population.items() if of_state[fips] == name and fips not in known}
        left = max(0.0, count * growth.get(name, growth["US"]) - sum(known.values()))
        everyone = sum(others.values()) or 1
        weights |= {fips: left * n / everyone for fips, n in others.items()}
        weights |= known
    return Weights(weights)


def _july_growth() -> dict[str, float]:
    """State or US -> its count to 31 July over its count to 7 July."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows("orr_releases_by_state_2014_to_date"):
        counts[row["state"]][row["period_end"]] = int(row["children_released"])
    return {
        state: ends["2014-07-31"] / ends["2014-07-07"]
        for state, ends in counts.items()
        if "2014-07-31" in ends and "2014-07-07" in ends
    }


def arrival_months(assumptions: Assumptions, *, scope: str) -> Weights:
    """Month ("2014-06") -> children taken up at the southwest border, up to the plan date."""
    first = assumptions.text(f"{scope}.first_arrivals")
    last = (assumptions.day("program.plan_date")).strftime("%Y-%m")
    months = {
        row["month"]: float(row["uac_apprehensions"])
        for row in rows("border_patrol_uac_monthly")
        if row["sector"] == "Southwest Border" and first <= row["month"] < last
    }
    return Weights(months)


def border_counties(assumptions: Assumptions) -> dict[str, Weights]:
    """Month -> (county that stands for a sector -> children taken up there)."""
    county = assumptions.words("locations.sector_counties")
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows("border_patrol_uac_monthly"):
        if row["sector"] in county:
            found[row["month"]][county[row["sector"]]] = float(row["uac_apprehensions"])
    return {month: Weights(counts) for month, counts in found.items() if any(counts.values())}


@lru_cache
def all_courts() -> dict[str, Court]:
    """Court id -> court, of every packaged court."""
    return {
        row["court_id"]: Court(
            row["court_id"],
            row["court_name"],
            row["city"],
            row["state"],
            float(row["lat"]) if row["lat"] else None,
            float(row["lon"]) if row["lon"] else None,
        )
        for row in rows("eoir_courts")
    }


def court_counties(assumptions: Assumptions, *, state: str | None = None) -> tuple[CourtCounty, ...]:
    """The court of each county of a state or of the country, on the plan date."""
    column, plan_date = assumptions.text("courts.column"), assumptions.day("program.plan_date")
    default = {row["state"]: row[column] for row in rows("state_default_court")}
    nearest = {name: words.split(";") for name, words in assumptions.words("courts.nearest").items()}
    opened = {row["court_id"]: row["opened"] for row in rows("eoir_courts")}
    moved = assumptions.words("courts.counties_of_new_courts")
    found = []
    for fips, of_state in sorted(county_state().items()):
        if of_state not in default or state not in (None, of_state):
            continue
        court = default[of_state]
        if of_state in nearest:
            court = min(nearest[of_state], key=lambda code: _km_to_court(fips, code))
        if fips in moved and _is_open(opened.get(moved[fips], ""), plan_date):
            court = moved[fips]
        found.append(CourtCounty(fips, court))
    return tuple(found)


def _is_open(opened: str, on: date) -> bool:
    return not opened or date.fromisoformat(opened) <= on


@cache
def _km_to_court(fips: str, court_code: str) -> float:
    court = all_courts()[court_code]
    lat, lon = county_points()[fips]
    return great_circle_km((lat, lon), (court.lat or 0.0, court.lon or 0.0))


def great_circle_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points in degrees, on a sphere of 6371.0088 km."""
    (lat_a, lon_a), (lat_b, lon_b) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(min(1.0, half)))
