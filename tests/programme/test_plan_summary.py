"""summary.json: the published keys, in the published units."""

import json
from datetime import date

from posada import __version__
from posada.programme.plan_summary import plan_summary
from posada.records import Child, Home, LevelResult, Plan, Program, RefusedPin, Rejection

KEYS = [
    *("plan_date", "policy", "input_sha256", "seed", "version", "children", "groups", "homes", "counsel"),
    *("rejected_rows", "levels", "refused_pins", "cost_unknown_children", "time_limit_reached", "seconds"),
]
HOME = Home("h1", "kin", "24031", 2, None, None, None, 0, 0, 2)
PROGRAM = Program(
    plan_date=date(2026, 12, 1),
    children=(Child("c1", "g1", date(2015, 1, 1), "F"), Child("c2", "g1", date(2016, 1, 1), "M")),
    homes=(HOME,),
    seed=7,
    rejections=(Rejection("kin.csv", 2, "home_id", "h9", "a home"),),
    input_sha256="abc",
)
PLAN = Plan(
    groups=(),
    unplaced=(),
    unrepresented=(),
    levels=(
        LevelResult("children_placed", "max", 1, 2),
        LevelResult("cost_cents_per_day", "min", 12345, 12345),
        LevelResult("distance_km", "min", 10235, 10200),
    ),
    refused_pins=(RefusedPin("g1", "h1", "needs"),),
    cost_unknown_children=1,
    time_limit_reached=True,
)


def test_the_summary_has_the_published_keys_and_is_json() -> None:
    summary = plan_summary(PLAN, program=PROGRAM, seconds=1.23456)
    assert list(summary) == KEYS
    assert json.loads(json.dumps(summary)) == summary


def test_what_was_read_is_counted() -> None:
    summary = plan_summary(PLAN, program=PROGRAM, seconds=1.23456)
    expected = {"children": 2, "groups": 1, "homes": 1, "counsel": 0, "rejected_rows": 1, "seed": 7}
    assert expected.items() <= summary.items()
    assert (summary["plan_date"], summary["version"], summary["seconds"]) == (
        "2026-12-01",
        __version__,
        1.235,
    )


def test_cost_is_in_cents_and_distance_in_kilometres_with_one_decimal() -> None:
    levels = plan_summary(PLAN, program=PROGRAM, seconds=0)["levels"]
    assert levels == [
        {"name": "children_placed", "sense": "max", "value": 1, "bound": 2, "proven_optimal": False},
        {
            "name": "cost_cents_per_day",
            "sense": "min",
            "value": 12345,
            "bound": 12345,
            "proven_optimal": True,
        },
        {"name": "distance_km", "sense": "min", "value": 1023.5, "bound": 1020.0, "proven_optimal": False},
    ]


def test_a_refused_pin_names_group_target_and_rule() -> None:
    summary = plan_summary(PLAN, program=PROGRAM, seconds=0)
    assert summary["refused_pins"] == [{"group": "g1", "target": "h1", "rule": "needs"}]
    assert summary["time_limit_reached"] is True
