"""summary.json: what a plan reached, with its proven bounds, and what it was made from.

Docs: docs/reference/program-folder.md. Tests: tests/cli/test_summary.py.
"""

import sys

from posada.programme.plan_summary import plan_summary
from posada.records import Plan, Program

try:
    import resource
except ImportError:  # a system that does not tell
    resource = None  # type: ignore[assignment]


def summary_of(plan: Plan, *, program: Program, seconds: float) -> dict[str, object]:
    """The summary of a plan. `seconds`: wall time from the start of the command."""
    return plan_summary(plan, program=program, seconds=seconds) | {"peak_rss_mb": peak_rss_mb()}


def peak_rss_mb() -> float | None:
    """The most memory that this process has held, in megabytes of 2**20 bytes; None where unknown."""
    if resource is None:
        return None
    unit = 2**20 if sys.platform == "darwin" else 2**10  # that system counts bytes, others kilobytes
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)
