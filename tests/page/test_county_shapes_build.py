"""Packing the shapes."""

import gzip
import json
from pathlib import Path

import pytest

from posada.page import county_shapes_build as build


def test_a_straight_line_keeps_its_ends_only() -> None:
    assert build.simplified([(0, 0), (1, 0.1), (2, 0)], tolerance=0.5) == [(0, 0), (2, 0)]


def test_a_closed_line_stays_an_area() -> None:
    ring = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
    assert build.area(build.simplified(ring, tolerance=0.5)) == 16


def test_a_path_is_written_in_whole_steps() -> None:
    assert build.path_text([[(1, 2), (4, 2), (4, 0)]]) == "M1 2l3 0 0-2z"


def test_neighbors_share_their_border_after_packing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two squares with one common arc come out with the same border."""
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [
            [[10, 0], [0, 10]],
            [[10, 10], [-10, 0], [0, -10], [10, 0]],
            [[10, 10], [10, 0], [0, -10], [-10, 0]],
        ],
        "objects": {
            "counties": {
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "id": "24001"},
                    {"type": "MultiPolygon", "arcs": [[[-1, 2][::-1]]], "id": "24003"},
                ]
            }
        },
    }
    source, target = tmp_path / "topology.json", tmp_path / "packed.gz"
    source.write_text(json.dumps(topology))
    assert build.build(source, target) == 2
    packed = json.loads(gzip.decompress(target.read_bytes()))["states"]["MD"]
    assert packed["box"][3:] == [1000, 500]
    assert packed["counties"]["24001"]["at"] == [250, 250]
    assert packed["counties"]["24003"]["at"] == [750, 250]
