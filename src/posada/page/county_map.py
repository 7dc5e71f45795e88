"""A county map as SVG paths: children placed by county, in one state or in the nation.

Comes in: children by county (only those that may be shown) and the state to draw. Goes out: a `CountyMap`
that the template draws. The shapes are packaged in `posada.reference.county_shapes`.
"""

from dataclasses import dataclass
from typing import Any

from posada.reference.county_shapes import county_shapes

NATION = (975, 610)  # the plane that the shapes' source is projected on


@dataclass(frozen=True, slots=True)
class Shade:
    """One color of the map: children from `low` to `high`; None is without end."""

    name: str  # m1, m2 or m3
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Layer:
    """One state's paths in its own grid, and where that grid lies on the drawing."""

    transform: str
    paths: tuple[tuple[str, str], ...]  # (shade, SVG path); unshaded counties are joined into one


@dataclass(frozen=True, slots=True)
class Label:
    """A number written into a county."""

    x: int
    y: int
    children: int
    dark: bool


@dataclass(frozen=True, slots=True)
class CountyMap:
    """What the template draws."""

    width: int
    height: int
    layers: tuple[Layer, ...]
    labels: tuple[Label, ...]
    shades: tuple[Shade, ...]
    missing: bool  # whether a county with children is not on the drawing
    is_nation: bool


def shades(most: int, *, exact: bool) -> tuple[Shade, ...]:
    """Three steps for a map whose fullest county has `most` children.

    >>> [(s.low, s.high) for s in shades(40, exact=False)]
    [(11, 24), (25, 49), (50, None)]
    """
    middle, top = (25, 50) if most < 200 else (50, 200) if most < 1000 else (100, 500)
    low = 1 if exact else 11
    return Shade("m1", low, middle - 1), Shade("m2", middle, top - 1), Shade("m3", top, None)


def county_map(by_county: dict[str, int], *, state: str, exact: bool) -> CountyMap | None:
    """A map of `state`, or of the nation where it is empty; None where there is nothing to draw.

    Args:
        by_county: county FIPS code -> children, only counties that may be shown.
        state: USPS code.
        exact: whether counties with fewer than 11 children are among them.
    """
    shapes = county_shapes()
    if not by_county or (state and state not in shapes):
        return None
    steps = shades(max(by_county.values()), exact=exact)
    drawn = {state: shapes[state]} if state else shapes
    layers = tuple(_layer(shape, by_county, steps, alone=bool(state)) for shape in drawn.values())
    on_it = {fips for shape in drawn.values() for fips in shape["counties"]}
    if not any(fips in on_it for fips in by_county):
        return None
    width, height = drawn[state]["box"][3:] if state else NATION
    return CountyMap(
        width=width,
        height=height,
        layers=layers,
        labels=_labels(drawn[state], by_county, steps) if state else (),
        shades=steps,
        missing=any(fips not in on_it for fips in by_county),
        is_nation=not state,
    )


def _layer(
    shape: dict[str, Any], by_county: dict[str, int], steps: tuple[Shade, ...], *, alone: bool
) -> Layer:
    """One state; where it is drawn alone its grid is the drawing."""
    left, top, scale = shape["box"][:3]
    empty = "".join(c["d"] for fips, c in shape["counties"].items() if fips not in by_county)
    paths = [("m0", empty)] if empty else []
    paths += [
        (_shade(by_county[fips], steps).name, county["d"])
        for fips, county in shape["counties"].items()
        if fips in by_county
    ]
    return Layer("" if alone else f"translate({left} {top}) scale({scale})", tuple(paths))


def _shade(children: int, steps: tuple[Shade, ...]) -> Shade:
    """The step that a number of children falls into."""
    return next(step for step in steps if step.high is None or children <= step.high)


def _labels(shape: dict[str, Any], by_county: dict[str, int], steps: tuple[Shade, ...]) -> tuple[Label, ...]:
    """The numbers, each in the middle of its county."""
    labels = []
    for fips, county in shape["counties"].items():
        if fips in by_county:
            x, y = county["at"]
            labels.append(Label(x, y, by_county[fips], _shade(by_county[fips], steps).name == "m3"))
    return tuple(labels)
