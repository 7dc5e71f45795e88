"""Shapes of the counties, packaged: SVG paths in a grid of each state's own.

Source: the Census Bureau's cartographic boundaries of 2017 (public domain) as the npm package us-atlas 3.0.1 has them
(ISC license, `ISC-us-atlas.txt` beside this file), simplified by `posada.page.county_shapes_build`.
Tests: tests/reference/test_county_shapes.py.
"""

import gzip
import json
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache
def county_shapes() -> dict[str, Any]:
    """State -> its box [left, top, units a grid step, width, height] and its counties' paths.

    >>> len(county_shapes()["MD"]["counties"])
    24
    """
    packed = resources.files("posada.reference").joinpath("county_shapes.json.gz").read_bytes()
    states: dict[str, Any] = json.loads(gzip.decompress(packed))["states"]
    return states
