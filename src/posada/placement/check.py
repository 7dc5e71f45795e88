"""The independent checker: every hard rule, flag and figure of a plan, worked out anew from the rows.

Comes in: a `Plan` and the `Program` it was made for. Goes out: every `Violation`; a lawful plan has none.
It shares no code with the solver or with `feasible`: it reads only records, the policy and the county
points, through `check_facts` (look-ups), `check_homes`, `check_rows` and `check_pins`. It judges whether a
plan is lawful and rightly told, not whether a better one exists.
Docs: docs/reference/rules.md. Tests: tests/placement/test_check.py.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from posada.placement.check_facts import Facts, Violation, gather
from posada.placement.check_homes import (
    HOME_RULES,
    Household,
    broken_rules,
    household_total,
    needs_license_exception,
)
from posada.placement.check_pins import pin_violations
from posada.placement.check_rows import counsel_violations, level_violations, row_violations
from posada.records import Child, GroupPlan, Plan, Program
from posada.rulebook.policy import Policy

__all__ = ["CODES", "Violation", "violations"]

CODES = frozenset(HOME_RULES) | {
    *("pinned", "incomplete_group", "whole", "listed", "unknown", "unrepresented", "reason_code"),
    *("no_court", "no_counsel_at_court", "caseload_full", "conflict", "available_too_late"),
    *("kin", "shares_language", "interpreter_needed", "venue_change_needed", "license_exception"),
    *("court_code", "cost", "cost_unknown_children", "distance", "levels", "bound"),
}
"""Every code a violation can have: the published rules, the reasons of counsel, and what a plan tells."""


def violations(plan: Plan, program: Program, *, policy: Policy) -> list[Violation]:
    """Everything wrong with the plan, sorted; empty for a lawful and rightly told one.

    Args:
        plan: the plan to judge.
        program: the accepted rows that it was made for.
        policy: the placement policy of `program.plan_date`.
    """
    facts = gather(program, policy=policy)
    found = list(_unknown_ids(facts, plan))
    rows = [row for row in plan.groups if _is_known(facts, row)]
    found += _listing(facts, plan)
    found += _siblings_together(facts, rows)
    found += _homes(facts, rows)
    found += counsel_violations(facts, rows)
    for row in rows:
        found += row_violations(facts, row)
    found += _reasons(facts, plan)
    found += pin_violations(facts, plan, program.overrides)
    found += level_violations(facts, plan)
    return sorted(set(found))


def _is_known(facts: Facts, row: GroupPlan) -> bool:
    known = facts.members.get(row.sibling_group_id, {})
    return row.home_id in facts.home and all(child_id in known for child_id in row.children)


def _unknown_ids(facts: Facts, plan: Plan) -> Iterator[Violation]:
    for row in plan.groups:
        if row.home_id not in facts.home:
            yield Violation("unknown", row.sibling_group_id, row.home_id, "No such home.")
        strangers = [c for c in row.children if c not in facts.members.get(row.sibling_group_id, {})]
        if strangers:
            wrong = f"Not in this group: {', '.join(strangers)}."
            yield Violation("unknown", row.sibling_group_id, row.home_id, wrong)


def _listing(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Each group is told of once: with a home, or without one and why."""
    placed = [row.sibling_group_id for row in plan.groups]
    unplaced = [row.sibling_group_id for row in plan.unplaced]
    without_counsel = [row.sibling_group_id for row in plan.unrepresented]
    for told in (placed, unplaced, without_counsel):
        if told != sorted(told):
            yield Violation("listed", "", "", "Groups are not listed in order of their ids.")
    times = Counter([*set(placed), *unplaced])
    must = {group for group, children in facts.waiting.items() if children and group not in facts.held}
    must |= {group for group in facts.held if facts.waiting.get(group) or group not in facts.members}
    for group in sorted(must | set(times)):
        is_optional = group in facts.held and group not in must
        if times[group] != (1 if group in must else 0) and not (is_optional and times[group] == 1):
            yield Violation(
                "listed", group, "", f"Listed {times[group]} times, placed and unplaced together."
            )
    expected = sorted({row.sibling_group_id for row in plan.groups if row.counsel_id is None})
    for group in sorted(set(expected) ^ set(without_counsel)):
        yield Violation("unrepresented", group, "", "Listed without counsel, or not listed, wrongly.")
    for group, count in sorted(Counter(without_counsel).items()):
        if count > 1:
            yield Violation("unrepresented", group, "", "Listed twice as without counsel.")


def _siblings_together(facts: Facts, rows: Sequence[GroupPlan]) -> Iterator[Violation]:
    """A group goes whole and to one home; a held group does not go at all."""
    times = Counter(row.sibling_group_id for row in rows)
    for row in rows:
        group = row.sibling_group_id
        if group in facts.held:
            yield Violation(facts.held[group], group, row.home_id, "The group is held back.")
        if row.children != facts.waiting[group] or not row.children:
            wrong = f"The plan moves {len(row.children)} of {len(facts.waiting[group])} who wait."
            yield Violation("whole", group, row.home_id, wrong)
        elif times[group] > 1:
            yield Violation("whole", group, row.home_id, "The group is placed more than once.")


def _homes(facts: Facts, rows: Sequence[GroupPlan]) -> Iterator[Violation]:
    """The hard rules of every home that somebody comes to, and the flag of the household exception."""
    arrivals: dict[str, dict[str, tuple[Child, ...]]] = defaultdict(dict)
    for row in rows:
        children = tuple(facts.members[row.sibling_group_id][c] for c in dict.fromkeys(row.children))
        before = arrivals[row.home_id].get(row.sibling_group_id, ())
        arrivals[row.home_id][row.sibling_group_id] = before + children
    needs_exception = {}
    for home_id, groups in arrivals.items():
        found = broken_rules(facts, home_id, groups)
        yield from found
        if not any(violation.code == "household" for violation in found):
            house = Household(facts.home[home_id], facts.residents.get(home_id, ()), groups)
            needs_exception[home_id] = needs_license_exception(facts, house), household_total(facts, house)
    for row in rows:
        wanted, total = needs_exception.get(row.home_id, (row.license_exception, 0))
        if row.license_exception != wanted:
            wrong = f"{total} children in the household; the plan says {row.license_exception}."
            yield Violation("license_exception", row.sibling_group_id, row.home_id, wrong)


def _reasons(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Reasons that the accepted rows alone can confirm or deny."""
    courts_served = {court for counsel in facts.counsel.values() for court in counsel.courts}
    for unplaced in plan.unplaced:
        group = unplaced.sibling_group_id
        expected = facts.held.get(group, "sibling_already_placed" if facts.stands_in.get(group) else None)
        allowed = {expected} if expected else {"no_lawful_home", "no_room"}
        if unplaced.reason_code not in allowed:
            wrong = f"{unplaced.reason_code} is not why the group has no home."
            yield Violation("reason_code", group, "", wrong)
        if unplaced.children != len(facts.waiting.get(group, ())):
            wrong = f"{len(facts.waiting.get(group, ()))} children wait, not {unplaced.children}."
            yield Violation("listed", group, "", wrong)
    home_of = {row.sibling_group_id: row.home_id for row in plan.groups if row.home_id in facts.home}
    for left in plan.unrepresented:
        if left.sibling_group_id not in home_of:
            continue
        court = facts.court_for(left.sibling_group_id, home_of[left.sibling_group_id])
        if left.court_code != court:
            wrong = f"The court is {court}, not {left.court_code}."
            yield Violation("court_code", left.sibling_group_id, "", wrong)
        allowed = {"caseload_full", "conflict", "available_too_late"}
        if court is None:
            allowed = {"no_court"}
        elif court not in courts_served:
            allowed = {"no_counsel_at_court"}
        if left.reason_code not in allowed:
            wrong = f"{left.reason_code} is not why the group has no counsel."
            yield Violation("reason_code", left.sibling_group_id, "", wrong)
