"""What a peer answers with, and the judge: the product's own checker counts every peer's plan."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from posada.placement.check_facts import gather
from posada.placement.check_homes import broken_rules
from posada.placement.check_rows import LEVEL_SENSES, counsel_violations, level_sums
from posada.placement.problem import Problem
from posada.records import GroupPlan, Program
from posada.rulebook.policy import Policy

Ints = NDArray[np.int64]
LEVEL_NAMES = tuple(LEVEL_SENSES)


@dataclass(frozen=True, slots=True)
class Answer:
    """`home_of`, `counsel_of` (n_groups,): places in `Problem.homes` and `.counsel`, -1 = none.

    `bounds` gives, for the levels that the peer has a proof for, the bound (given the values above).
    `remark` tells how it ended, where that matters.
    """

    home_of: Ints
    counsel_of: Ints
    bounds: dict[str, int] = field(default_factory=dict)
    remark: str = ""


class Unlawful(ValueError):  # noqa: N818
    """The plan breaks a hard rule."""


def judged_levels(program: Program, problem: Problem, answer: Answer, *, policy: Policy) -> dict[str, int]:
    """Level name -> value. Raises Unlawful, naming the first rules broken."""
    facts = gather(program, policy=policy)
    rows = _rows(problem, answer)
    arrivals: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in rows:
        arrivals[row.home_id][row.sibling_group_id] = row.children
    found = []
    for home_id, groups in arrivals.items():
        who = {g: tuple(facts.members[g][c] for c in children) for g, children in groups.items()}
        found += broken_rules(facts, home_id, who)
    found += counsel_violations(facts, rows)
    if found:
        raise Unlawful("; ".join(f"{v.code} {v.group} {v.target}: {v.sentence}" for v in found[:3]))
    return level_sums(facts, rows)


def _rows(problem: Problem, answer: Answer) -> Sequence[GroupPlan]:
    """The plan's rows; only who is where is read by the judge, so the flags stay empty."""
    return [
        GroupPlan(
            sibling_group_id=group.group_id,
            children=tuple(c.child_id for c in group.children),
            home_id=problem.homes[home].home_id,
            counsel_id=problem.counsel[counsel].counsel_id if counsel >= 0 else None,
            court_code=None,
            kin=False,
            children_sharing_language=(),
            interpreter_needed=(),
            venue_change_needed=False,
            license_exception=False,
            cost_cents_per_child_day=0,
            distance_tenths_km=(),
        )
        for group, home, counsel in zip(
            problem.groups, answer.home_of.tolist(), answer.counsel_of.tolist(), strict=True
        )
        if home >= 0
    ]
