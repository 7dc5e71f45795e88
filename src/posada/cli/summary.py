"""summary.json: what a plan reached, with its proven bounds, and what it was made from.

Docs: docs/reference/program-folder.md. Tests: tests/cli/test_summary.py.
"""

import sys
from dataclasses import asdict

from posada import __version__
from posada.records import LevelResult, Plan, Program

try:
    import resource
except ImportError:  # a system that does not tell
    resource = None  # type: ignore[assignment]


def summary_of(plan: Plan, *, program: Program, seconds: float) -> dict[str, object]:
    """The summary of a plan. `seconds`: wall time from the start of the command."""
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
        "peak_rss_mb": peak_rss_mb(),
    }


def peak_rss_mb() -> float | None:
    """The most memory that this process has held, in megabytes of 2**20 bytes; None where unknown."""
    if resource is None:
        return None
    unit = 2**20 if sys.platform == "darwin" else 2**10  # that system counts bytes, others kilobytes
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


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
