"""Why an open home has never been asked: the rule that keeps out most of the groups that wait.

Comes in: a program and the homes in question. Goes out: `Why` for each. Pure, over tables of booleans, a few
hundred homes at a time, so that a nation fits. Source: the rules of posada.placement.feasible.
Docs: docs/explanation/from-plan-to-placement.md. Tests: tests/office/placement/test_unasked.py.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from posada.placement import feasible
from posada.placement.problem import HomeState, Problem, build_problem
from posada.records import Program
from posada.rulebook.policy import Policy

HOMES_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Why:
    """`rule`: the code that refuses most groups, empty where the home is lawful for some; `lawful`: how many."""

    rule: str
    refused: int
    lawful: int


def reasons_unasked(
    program: Program,
    *,
    policy: Policy,
    homes: Iterable[str],
    give_way: Callable[[], None] = lambda: None,
) -> dict[str, Why]:
    """Home id → why it was not asked. A kin home nobody of whose family waits says `kin_only`."""
    problem = build_problem(program, policy=policy)
    wanted = [problem.homes[problem.home_index[home]] for home in sorted(homes)]
    linked: dict[str, list[int]] = defaultdict(list)  # kin home → places of the groups that have kin there
    for index, group in enumerate(problem.groups):
        for home in group.kin_homes:
            linked[home].append(index)
    found: dict[str, Why] = {}
    for start in range(0, len(wanted), HOMES_AT_ONCE):
        give_way()
        found.update(_reasons(problem, wanted[start : start + HOMES_AT_ONCE], linked=linked))
    return found


def _reasons(
    problem: Problem, homes: list[HomeState], *, linked: Mapping[str, list[int]]
) -> Iterator[tuple[str, Why]]:
    needs = feasible.need_names(problem)
    groups = feasible.group_columns(problem.groups, needs=needs)
    rows = feasible.home_rows(homes, problem=problem, needs=needs)
    shape = (len(problem.groups), len(homes))
    family = np.ones(shape, dtype=np.bool_)
    for index, state in enumerate(homes):
        if state.home.kind == "kin":
            family[:, index] = False
            family[linked.get(state.home_id, []), index] = True
    lawful, refused = family.copy(), {"kin_only": (~family).sum(axis=0)}
    for code, rule in feasible.HOME_RULES.items():
        holds = np.broadcast_to(rule(groups, rows, problem), shape)
        if code in problem.policy.kin_home_exempt:
            holds = holds | rows.is_kin
        refused[code] = (~holds & family).sum(axis=0)
        lawful &= holds
    for index, state in enumerate(homes):
        count = int(lawful[:, index].sum())
        code = max(refused, key=lambda name: int(refused[name][index]))
        worst = int(refused[code][index])
        yield state.home_id, Why("" if count or not worst else code, worst if not count else 0, count)
