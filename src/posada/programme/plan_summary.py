"""What `summary.json` of a plan's folder says, whoever writes it: the command or the office.

Comes in: a plan and its program. Goes out: a dict in the published keys and units (formats.md), without what only a
process knows of itself. Tests: tests/programme/test_plan_summary.py.
"""

from dataclasses import asdict

from posada import __version__
from posada.records import LevelResult, Plan, Program


def plan_summary(plan: Plan, *, program: Program, seconds: float) -> dict[str, object]:
    """The summary of a plan. `seconds`: wall time that it took."""
    return {
        "plan_date": program.plan_date.isoformat(),
        "policy": program.policy,
        "input_sha256": program.input_sha256,
        "seed": program.seed,
        "version": __version__,
        "children": len(program.children),
        "groups": len({child.sibling_group_id for child in program.children}),
        "homes": len(program.homes),
        "counsel": len(program.counsel),
        "rejected_rows": len(program.rejections),
        "levels": [_level(level) for level in plan.levels],
        "refused_pins": [asdict(pin) for pin in plan.refused_pins],
        "cost_unknown_children": plan.cost_unknown_children,
        "time_limit_reached": plan.time_limit_reached,
        "seconds": round(seconds, 3),
    }


def _level(level: LevelResult) -> dict[str, object]:
    return {
        "name": level.name,
        "sense": level.sense,
        "value": level_number(level, level.value),
        "bound": level_number(level, level.bound),
        "proven_optimal": level.proven_optimal,
    }


def level_number(level: LevelResult, value: int) -> int | float:
    """A value of a level as it is written: distances in kilometers, money in cents."""
    return value / 10 if level.name == "distance_km" else value
