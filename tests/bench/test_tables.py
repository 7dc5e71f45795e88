"""The page of results: what is better, what an aim comes to, and single rows measured again."""

import json

from compared import gap_percent, peer_wins, verdict
from other_tables import other_sections
from programs import LEVELS, instances
from results import append, newest
from tables import rendered


def a_row(method, values, seconds, **more):
    row = {
        "part": "program",
        "instance": "10000-nokin",
        "seed": 1,
        "method": method,
        "seconds": seconds,
        "peak_mb": 10,
        "levels": dict(zip(LEVELS, values, strict=True)),
        "bounds": {},
        "at": {"day": "2030-01-01"},
    }
    return row | more


OURS = a_row(
    "posada",
    [90, 0, 50, 40, 30, 1000, 55],
    20.0,
    bounds=dict(zip(LEVELS, [90, 0, 51, 40, 30, 1000, 50], strict=True)),
    counts={"children": 100, "groups": 80, "homes": 30, "counsel": 5},
)


def test_the_first_level_that_differs_decides_and_less_is_better_for_cost():
    assert "worse at `children_placed`" in verdict(a_row("mip", [89, 0, 60, 60, 60, 1, 1], 1.0), OURS)
    assert "**better** at `cost_cents_per_day`" in verdict(
        a_row("mip", [90, 0, 50, 40, 30, 999, 99], 1.0), OURS
    )


def test_an_equal_plan_wins_only_by_less_time():
    assert peer_wins(a_row("mip", OURS["levels"].values(), 19.0), OURS)
    assert not peer_wins(a_row("mip", OURS["levels"].values(), 21.0), OURS)


def test_a_gap_is_measured_from_the_bound():
    assert gap_percent(995, 1000) == 0.5
    assert gap_percent(0, 0) == 0.0


def test_the_newest_row_of_a_kind_counts(tmp_path):
    path = tmp_path / "work" / "rows.jsonl"
    for seconds in (5.0, 6.0):
        append(path, a_row("mip", [1] * 7, seconds))
    append(path, OURS)
    assert [row["seconds"] for row in newest(path)] == [6.0, 20.0]
    assert all(json.loads(line) for line in path.read_text().splitlines())


def test_the_page_tells_of_misses_wins_and_peers_without_a_plan():
    better = a_row("mip", [91, 0, 50, 40, 30, 1000, 55], 200.0, limit_seconds=200.0)
    none = a_row("cpsat", [0] * 7, 200.0)
    del none["levels"]
    none["ended"] = "out of memory"
    page = rendered([OURS, better, none])
    assert "- 10000-nokin: HiGHS MIP, straight model – **better** at `children_placed`" in page
    assert "out of memory" in page
    assert "| 10000-nokin | ≤ 90 s | 20.0 s | yes |" in page
    assert "| `children_sharing_language` | 50 | 51 | 1.961 % |" in page
    assert "| `distance_km` | 5.5 | 5.0 | 10.000 % |" in page


def test_maryland_is_measured_as_in_2014_only():
    found = instances(["1000", "maryland"], ["2014", "nokin"], seed=1)
    assert [i.name for i in found] == ["1000-2014", "1000-nokin", "maryland-2014"]


def test_assignment_instances_stand_beside_the_recorded_bounds():
    row = {
        "part": "gap",
        "solver": "posada",
        "name": "d20200",
        "sense": "min",
        "value": 12270,
        "bound": 12229,
        "seconds": 9.0,
        "recorded_lower": 12230,
        "recorded_upper": 12241,
        "at": {"day": "2030-01-01"},
    }
    alone = row | {"solver": "highs", "value": None}
    page = rendered([row, alone])
    assert "1 of 1 within 0.5 % of the recorded bound in 60 s" in page
    assert "| d20200 | 12,270 | 12,229 | 0.335 % | 9.0 | 12,230 – 12,241 | 0.090 % | 0.327 % | none |" in page


def test_other_parts_are_tables_with_every_figure() -> None:
    rows = [
        {"part": "ask", "name": "pin", "seconds": 1.5, "questions": 20},
        {"part": "ask", "name": "forbid", "seconds": 1234.0, "equal": 200},
        {"part": "startup", "name": "posada --help", "seconds": 0.2},
    ]
    told = "\n".join(other_sections(rows, {"ask": "Why so."}))
    assert "| name | seconds | questions | equal |" in told
    assert "| pin | 1.5 | 20 |  |" in told
    assert "| forbid | 1,234 |  | 200 |" in told
    assert "Why so." in told
    assert "posada --help" not in told
