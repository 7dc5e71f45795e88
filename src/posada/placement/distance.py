"""Great-circle distance between the packaged points of two counties."""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from posada.reference.counties import county_points

EARTH_RADIUS_KM = 6371.0088
"""Mean radius R1 of the IUGG (Moritz 2000, Geodetic Reference System 1980)."""


@lru_cache(maxsize=1 << 20)
def distance_tenths_km(from_fips: str | None, to_fips: str) -> int:
    """Tenths of a kilometre between two counties' points; 0 where the first is not known."""
    points = county_points()
    if from_fips is None or from_fips not in points or to_fips not in points:
        return 0
    lat_a, lon_a = (radians(v) for v in points[from_fips])
    lat_b, lon_b = (radians(v) for v in points[to_fips])
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return round(10 * round(2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half))), 1))
