"""Answers to questions about a plan: why this home, which rule refuses the others, what a choice would cost.

Comes in: a question, or a plan with its program. Goes out: plain values, as a question keeps them. Runs in the
worker only: it builds the whole problem, and for a price it plans the whole program anew.
Docs: docs/how-to/run-a-plan-in-the-office.md. Tests: tests/office/placement/test_plan_answers.py.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from posada.office.placement.models import PlanQuestion
from posada.office.placement.plan_store import plan_of
from posada.office.program import HELD_BY_OFFER
from posada.placement.explain import explain
from posada.placement.explain_words import LANGUAGES, sentences_of
from posada.placement.group_rules import refusals_by_home
from posada.placement.plan import make_plan
from posada.placement.problem import Problem, build_problem
from posada.placement.why_not import moved_groups, why_not
from posada.records import LevelResult, Override, Plan, Program
from posada.rulebook import Policy, policy_of

KEEP_IN_MEMORY = 5_000
"""Children up to whom the last plan stays in the worker's memory for the next question."""


def answer_to(question: PlanQuestion) -> dict[str, Any]:
    """The answer to a question, as `PlanQuestion.answer` keeps it."""
    program, plan = _plan_of(question.run.folder)
    policy, group = policy_of(program), question.group.sibling_group_id
    if question.kind == PlanQuestion.Kind.EXPLAIN:
        return explanation(program, plan, group=group, policy=policy)
    home = question.home.home_id if question.home else ""
    if question.kind == PlanQuestion.Kind.PIN:
        return price_of_pin(program, plan, group=group, home=home, policy=policy)
    return price_of_forbid(program, plan, group=group, home=home, policy=policy)


def explanation(
    program: Program, plan: Plan, *, group: str, policy: Policy, problem: Problem | None = None
) -> dict[str, Any]:
    """Status, sentences by language, and homes by the rules that refuse them ("" where none does).

    Kin homes of other families are only counted: no rule but theirs could ever be asked about.
    """
    near = near_group(program, group)
    found = explain(near, policy=policy, plan=plan, group=group)
    problem = problem or build_problem(near, policy=policy)
    by_rules: dict[str, list[str]] = {}
    others = 0
    if group in problem.group_index:
        for home, codes in refusals_by_home(problem, problem.groups[problem.group_index[group]]).items():
            if "kin_only" in codes:
                others += 1
            else:
                by_rules.setdefault(",".join(codes), []).append(home)
    return {
        "status": found.status,
        "sentences": {language: sentences_of(found, language=language) for language in LANGUAGES},
        "homes": by_rules,
        "kin_of_others": others,
    }


def near_group(program: Program, group: str) -> Program:
    """The program with this group and those who live in a home already: no other group is in its explanation."""
    living = {row.child_id for row in program.placements}
    kept = {row.sibling_group_id for row in program.children if row.child_id in living} | {group}
    return replace(
        program,
        children=tuple(row for row in program.children if row.sibling_group_id in kept),
        kin=tuple(row for row in program.kin if row.sibling_group_id in kept),
        hearings=tuple(row for row in program.hearings if row.sibling_group_id in kept),
        overrides=tuple(row for row in program.overrides if row.sibling_group_id in kept),
        separations=tuple(
            row
            for row in program.separations
            if row.sibling_group_id in kept and (row.other_group_id is None or row.other_group_id in kept)
        ),
    )


def price_of_pin(program: Program, plan: Plan, *, group: str, home: str, policy: Policy) -> dict[str, Any]:
    """The rules that refuse the home, or what pinning the group to it changes for everybody.

    A pin of the group that stands is left out, since a new one ends it; a bed that an offer holds stays held.
    """
    others = (each for each in program.overrides if not _would_end(each, group))
    program = replace(program, overrides=tuple(others))
    found = why_not(program, policy=policy, plan=plan, group=group, target=home)
    return {
        "refused_by": list(found.refused_by),
        "levels": _levels(found.before, found.after),
        "moved": [each for each in found.moved_groups if each != group],
        "stands_already": found.stands_already,
    }


def _would_end(standing: Override, group: str) -> bool:
    is_pin_of_home = standing.action == "pin" and standing.home_id is not None
    return standing.sibling_group_id == group and is_pin_of_home and standing.by != HELD_BY_OFFER


def price_of_forbid(program: Program, plan: Plan, *, group: str, home: str, policy: Policy) -> dict[str, Any]:
    """What forbidding the home to the group changes for everybody."""
    forbid = Override("forbid", group, "asked what it costs", "office", home_id=home)
    without = make_plan(replace(program, overrides=(*program.overrides, forbid)), policy=policy)
    target = next((row.home_id for row in without.groups if row.sibling_group_id == group), None)
    return {
        "refused_by": [],
        "levels": _levels(plan.levels, without.levels),
        "moved": [each for each in moved_groups(plan, without) if each != group],
        "stands_already": False,
        "goes_to": target,
    }


def _levels(before: tuple[LevelResult, ...], after: tuple[LevelResult, ...]) -> list[dict[str, Any]]:
    pairs = zip(before, after, strict=True) if after else ()
    return [{"name": one.name, "before": one.value, "after": other.value} for one, other in pairs]


def _plan_of(folder: str) -> tuple[Program, Plan]:
    """The plan of a folder; the last small one is kept in memory."""
    program, plan = _kept(folder)
    if len(program.children) > KEEP_IN_MEMORY:
        _kept.cache_clear()
    return program, plan


@lru_cache(maxsize=1)
def _kept(folder: str) -> tuple[Program, Plan]:
    return plan_of(folder)
