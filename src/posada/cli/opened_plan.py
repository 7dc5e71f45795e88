"""Open the folder of a plan for a question about it: read, its policy found, and checked once more.

Comes in: a folder that `posada plan` wrote. Goes out: `OpenedPlan`. Tests: tests/cli/test_opened_plan.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from posada.cli.refusals import NothingDone
from posada.placement.check import violations
from posada.programme import PlanFolder, read_plan
from posada.records import Plan, Program
from posada.rulebook import Policy, policy_of


@dataclass(frozen=True, slots=True)
class OpenedPlan:
    """A plan whose files are whole and which breaks no rule."""

    folder: PlanFolder
    policy: Policy

    @property
    def plan(self) -> Plan:
        """The plan as it was written."""
        return self.folder.plan

    @property
    def program(self) -> Program:
        """What it was made from."""
        return self.folder.program


def open_plan(folder: Path, *, progress: Callable[[str], None]) -> OpenedPlan:
    """Read a plan's folder. Raises NothingDone, PlanUnreadable, RuleGap.

    A plan that somebody has changed by hand so that it breaks a rule answers no question.
    """
    progress("Reading the plan")
    found = read_plan(folder)
    policy = policy_of(found.program)
    progress("Checking the plan")
    broken = violations(found.plan, found.program, policy=policy)
    if broken:
        first = broken[0]
        about = f" of group {first.group}" if first.group else ""
        raise NothingDone(
            f"{folder}: this plan was changed by hand ({first.code}{about}): {first.sentence} Plan again."
        )
    return OpenedPlan(found, policy)
