"""Homes that are short, by county: a map with numbers, and the same as a list.

Comes in: the shortages of a plan run. Goes out: a drawing and lines. Shapes: posada.reference.
Tests: tests/office/placement/test_homes_short.py.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from posada.office.placement.plan_words import need_word, wording
from posada.page.county_map import NATION, CountyMap, Label, Layer, Shade
from posada.reference.county_shapes import county_shapes

STEPS = (Shade("m1", 1, 1), Shade("m2", 2, 3), Shade("m3", 4, None))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of the list. `place`: county FIPS of a home, court code of counsel."""

    kind: str
    place: str
    languages: list[str]
    beds: int | None
    siblings: int | None
    needs: list[str]
    gain: str


def wanted_lines(shortages: Sequence[dict[str, Any]]) -> list[Wanted]:
    """What would help most, in the plan's order."""
    words = wording()
    return [
        Wanted(
            kind=row["kind"],
            place=row["county_fips"] or row["court_code"] or "",
            languages=row["languages"],
            beds=row["beds"],
            siblings=row["max_siblings"],
            needs=[need_word(code) for code in row.get("needs", [])],
            gain=words(f"recruit.gain_{row['level']}", n=row["children_gained"]),
        )
        for row in shortages
    ]


def homes_by_county(shortages: Sequence[dict[str, Any]]) -> list[tuple[str, int]]:
    """County FIPS with the homes short there, most first."""
    counted = Counter(row["county_fips"] for row in shortages if row["kind"] == "home" and row["county_fips"])
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def map_of(by_county: Sequence[tuple[str, int]], *, state: str) -> CountyMap | None:
    """The state, or the nation where it is empty; None where there is nothing to draw."""
    shapes = county_shapes()
    if not by_county or (state and state not in shapes):
        return None
    short = dict(by_county)
    drawn = [shapes[state]] if state else list(shapes.values())
    layers, labels = [], []
    for shape in drawn:
        left, top, scale = shape["box"][:3]
        counties = shape["counties"]
        paths = [("m0", "".join(each["d"] for fips, each in counties.items() if fips not in short))]
        paths += [(_shade(short[fips]), each["d"]) for fips, each in counties.items() if fips in short]
        moved = "" if state else f"translate({left} {top}) scale({scale})"
        layers.append(Layer(moved, tuple(pair for pair in paths if pair[1])))
        if state:
            at = {fips: each["at"] for fips, each in counties.items() if fips in short}
            labels += [Label(x, y, short[fips], _shade(short[fips]) == "m3") for fips, (x, y) in at.items()]
    on_it = {fips for shape in drawn for fips in shape["counties"]}
    width, height = drawn[0]["box"][3:] if state else NATION
    missing = any(fips not in on_it for fips in short)
    return CountyMap(width, height, tuple(layers), tuple(labels), STEPS, missing, is_nation=not state)


def _shade(homes: int) -> str:
    return next(step.name for step in STEPS if step.high is None or homes <= step.high)
