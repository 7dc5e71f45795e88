"""Make posada.reference's county_shapes.json.gz from the us-atlas topology. Run by hand when the source changes.

Comes in: `counties-albers-10m.json` of the npm package us-atlas 3.0.1 (ISC license; the Census Bureau's
cartographic boundaries, projected on a 975 by 610 plane). Goes out: for each state its place on that
plane and, for each county, an SVG path in whole units of the state's own grid and a point for a label.
Nothing at run time imports this file. How to run it: assets/SOURCES.md.
"""

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

from posada.page.places import state_of

GRID = 1000  # units along the longer side of a state
TOLERANCE = 0.9  # grid units that a simplified line may stray
SMALLEST_RING = 8.0  # square grid units; smaller islands go, unless a county has nothing else

Point = tuple[float, float]
Ring = list[Point]


def decoded_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Lines of a quantized TopoJSON topology as points on the plane (TopoJSON specification, 2.1.3)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        lines.append(line)
    return lines


def simplified(line: list[Point], *, tolerance: float) -> list[Point]:
    """Douglas-Peucker: both ends stay, so that neighbors still meet. A closed line keeps its far point."""
    if len(line) < 3:
        return line
    keep, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        inside = range(first + 1, last)
        if not inside:
            continue
        far = max(inside, key=lambda i: _distance(line[i], line[first], line[last]))
        if _distance(line[far], line[first], line[last]) > tolerance or line[first] == line[last]:
            keep.add(far)
            todo += [(first, far), (far, last)]
    return [line[i] for i in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from a segment."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length2 = dx * dx + dy * dy
    t = 0.0 if length2 == 0 else max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / length2))
    return float(((px - ax - t * dx) ** 2 + (py - ay - t * dy) ** 2) ** 0.5)


def rings_of(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[Ring]:
    """Every ring of a polygon or multipolygon; a negative arc number runs backwards."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    rings = []
    for polygon in polygons:
        for numbers in polygon:
            ring: Ring = []
            for number in numbers:
                line = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring += line if not ring else line[1:]
            rings.append(ring)
    return rings


def area(ring: list[tuple[int, int]] | Ring) -> float:
    """Unsigned area of a closed ring."""
    turn = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in turn)) / 2


def path_text(rings: list[list[tuple[int, int]]]) -> str:
    """An SVG path: each ring starts absolute, so that paths can be joined; then relative whole steps."""
    parts = []
    for ring in rings:
        x, y = ring[0]
        steps = []
        for nx, ny in ring[1:]:
            steps.append(f"{nx - x} {ny - y}")
            x, y = nx, ny
        parts.append(f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(parts)


def on_grid(ring: Ring, *, left: float, top: float, scale: float) -> list[tuple[int, int]]:
    """The ring in whole grid units, without repeated points."""
    points: list[tuple[int, int]] = []
    for x, y in ring:
        point = (round((x - left) / scale), round((y - top) / scale))
        if not points or points[-1] != point:
            points.append(point)
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def state_shape(counties: dict[str, dict[str, Any]], arcs: list[list[Point]]) -> dict[str, Any]:
    """One state: its place on the national plane, its grid and its counties."""
    every = [point for county in counties.values() for ring in rings_of(county, arcs) for point in ring]
    left, top = min(x for x, _ in every), min(y for _, y in every)
    width, height = max(x for x, _ in every) - left, max(y for _, y in every) - top
    scale = max(width, height) / GRID
    thin = [simplified(line, tolerance=TOLERANCE * scale) for line in arcs]
    shapes = {}
    for fips, county in sorted(counties.items()):
        rings = [on_grid(r, left=left, top=top, scale=scale) for r in rings_of(county, thin)]
        if max(map(area, rings)) == 0:  # so small that its outline was straightened away: a lozenge
            x, y = rings[0][0]
            rings = [[(x, y - 2), (x + 2, y), (x, y + 2), (x - 2, y)]]
        rings = sorted((r for r in rings if len(r) > 2), key=area, reverse=True)
        kept = [r for i, r in enumerate(rings) if i == 0 or area(r) >= SMALLEST_RING]
        xs, ys = [x for x, _ in kept[0]], [y for _, y in kept[0]]
        middle = [(min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2]
        shapes[fips] = {"d": path_text(kept), "at": middle}
    box = [round(left, 2), round(top, 2), round(scale, 6), round(width / scale), round(height / scale)]
    return {"box": box, "counties": shapes}


def build(source: Path, target: Path) -> int:
    """Write the packed shapes; returns the number of counties."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = decoded_arcs(topology)
    by_state: dict[str, dict[str, dict[str, Any]]] = {}
    for county in topology["objects"]["counties"]["geometries"]:
        by_state.setdefault(state_of(county["id"]), {})[county["id"]] = county
    states = {}
    for state, counties in sorted(by_state.items()):
        used = {n if n >= 0 else ~n for c in counties.values() for n in _numbers(c["arcs"])}
        own = [line if i in used else [] for i, line in enumerate(arcs)]
        states[state] = state_shape(counties, own)
    text = json.dumps({"states": states}, separators=(",", ":"), sort_keys=True)
    target.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    return sum(len(s["counties"]) for s in states.values())


def _numbers(nested: Any) -> list[int]:
    """All arc numbers in nested lists."""
    return [nested] if isinstance(nested, int) else [n for inner in nested for n in _numbers(inner)]


if __name__ == "__main__":
    words = argparse.ArgumentParser(description="Pack the county shapes of us-atlas for Posada's pages.")
    words.add_argument("source", type=Path, help="counties-albers-10m.json")
    given = words.parse_args()
    made = build(given.source, Path(__file__).parent.parent / "reference" / "county_shapes.json.gz")
    print(f"{made} counties packed")
