"""A map of a state's counties by class of children, as plain SVG that needs no script.

Comes in: the published table of counties and the state. Goes out: paths with one of four shades. Nothing finer than
the class of a county is drawn. Shapes: `posada.reference.county_shapes`. Tests: tests/newsroom/test_numbers_page.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from posada.reference.counties import county_names
from posada.reference.county_shapes import county_shapes

SHADES = ((11, "m1"), (100, "m2"), (500, "m3"))
KEY = (("m0", ""), ("m1", "11–99"), ("m2", "100–499"), ("m3", "500+"))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map: its size, and for each county its shade, path and name."""

    width: int
    height: int
    counties: tuple[tuple[str, str, str], ...]
    key: tuple[tuple[str, str], ...] = KEY


def drawing_of(told: Mapping[str, Any], state: str) -> Drawing | None:
    """The map of a state; None where there are no shapes of it."""
    shape = county_shapes().get(state)
    if shape is None:
        return None
    least = {fips: cells[0] for fips, cells in zip(told["rows"], told["cells"], strict=True)}
    names = county_names()
    counties = tuple(
        (_shade(least.get(fips)), each["d"], names.get(fips, fips))
        for fips, each in shape["counties"].items()
    )
    width, height = shape["box"][3:]
    return Drawing(width, height, counties)


def _shade(least: int | None) -> str:
    fitting = [name for bound, name in SHADES if least is not None and least >= bound]
    return fitting[-1] if fitting else "m0"
