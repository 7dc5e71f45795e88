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


ASKED = {"part": "ask", "instance": "1000-2014", "children": 1000, "seed": 1, "questions": 3}
YEAR = {
    "part": "simulate",
    "circumstance": "scarce",
    "arrivals": 1.0,
    "years": 20,
    "children_came": 1001.0,
    "children": 300,
}


def test_questions_stand_side_by_side_in_the_order_of_size() -> None:
    rows = [
        ASKED | {"name": "pin", "seconds": 1.5, "slowest": 2.0, "processor_seconds": 1.25, "moved": [9, 4]},
        ASKED
        | {"instance": "maryland-2014", "children": 3301, "name": "plan", "seconds": 2.0, "questions": 1},
        {"part": "ask", "name": "why-not", "seed": 1, "questions": 200, "lawful": 90, "equal": 200}
        | {"unequal": [], "seconds": 0.01, "slowest": 0.2},
    ]
    told = "\n".join(other_sections(rows, {"ask": "Why so."}))
    assert told.index("| maryland-2014 | 3,301 | 2.00 |") < told.index("| 1000-2014 | 1,000 | – |")
    assert "| 1.50 (2.00); 1.25 | – | – | – | – | 4, 9 |" in told
    assert "200 of 200 random questions" in told
    assert "not equal" not in told
    assert "Why so." in told


def test_policies_and_their_bound_stand_in_one_table_and_losses_in_another() -> None:
    rows = [
        YEAR | {"policy": "first-come", "share": 0.9721, "children_placed": 613.4},
        YEAR | {"policy": "prices", "share": 0.985, "children_placed": 621.6},
        YEAR | {"policy": "prices", "arrivals": 0.5, "share": 0.5},
        YEAR
        | {"policy": "prices-loss", "arrivals": 0.5, "years": 5, "share": 0.96, "share_if_known": 0.97}
        | {"loss": 0.01},
    ]
    told = "\n".join(other_sections(rows, {}))
    assert "| scarce | 300 | first come, first served | 20 | 97.21 % | – | 1,001.0 | 613.4 |" in told
    assert "| scarce | 300 | shadow prices | 20 | 98.50 % |" in told
    assert "50.00 %" not in told
    assert "| scarce | 0.5× | 5 | 96.00 % | 97.00 % | 1.00 points |" in told


def test_the_docket_packets_and_growth_have_tables_of_their_own() -> None:
    rows = [
        {
            "part": "docket",
            "name": "100 children",
            "workers": 2,
            "deadlines": 4000,
            "deadlines_per_child": 40.0,
        }
        | {"gaps": 0, "seconds": 1.5, "first_seconds": 3.0, "microseconds_per_deadline": 375.0},
        {"part": "packets", "name": "packet build", "pages": 200, "pages_written": 230, "megabytes": 9.1}
        | {"seconds": 6.0, "processor_seconds": 5.5, "peak_mb": 100, "aim_seconds": 10.0, "aim_mb": 1536},
        {"part": "simulate-growth", "children": 1000, "regime": "nokin", "policy": "prices", "seconds": 9.0}
        | {"peak_mb": 70, "ended": "ended at the cap of 9 s"},
        {"part": "startup", "name": "posada --help", "seconds": 0.2},
    ]
    told = "\n".join(other_sections(rows, {}))
    assert "| 100 children | 2 | 4,000 | 40.0 | 0 | 3.0 | 1.5 | 375.0 |" in told
    assert "| packet build | 200 | 230 | 9.1 | 6.0 | 5.5 | 100 | ≤ 10 s, ≤ 1,536 MiB |" in told
    assert "| 1,000 | nokin | shadow prices | 9.0 | – | 70 | – | – | ended at the cap of 9 s |" in told
    assert "posada --help" not in told
