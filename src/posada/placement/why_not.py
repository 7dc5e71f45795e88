"""Why not that home, or that counsel: every rule that refuses it, or what forcing it would cost.

Comes in: a program, its plan, and the pair that somebody asks about. Goes out: `Answer`. Where no rule
refuses the pair, the program is planned anew with that one pin more, and the two plans are compared.
Docs: docs/how-to/ask-why.md. Tests: tests/placement/test_why_not.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from posada.placement.group_rules import counsel_refusals, home_refusals, pins_that_hold
from posada.placement.plan import make_plan
from posada.placement.problem import Problem, build_problem
from posada.records import LevelResult, Override, Plan, Program
from posada.rulebook.policy import Policy


class UnknownName(LookupError):  # noqa: N818
    """A group, home or counsel that the program does not have; the message is one line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`before` and `after` pair up the levels of the two plans; both are empty where a rule refuses.

    `moved_groups` are those whose home or counsel differs, sorted; the group asked about is among them.
    """

    group: str
    target: str
    is_counsel: bool
    refused_by: tuple[str, ...] = ()
    before: tuple[LevelResult, ...] = ()
    after: tuple[LevelResult, ...] = ()
    moved_groups: tuple[str, ...] = ()
    stands_already: bool = False

    @property
    def lawful(self) -> bool:
        """Whether no rule, and no other pin, refuses it."""
        return not self.refused_by


def why_not(
    program: Program,
    *,
    policy: Policy,
    plan: Plan,
    group: str,
    target: str,
    progress: Callable[[str], None] | None = None,
) -> Answer:
    """What stands between a group and a home or counsel, or what forcing it would change.

    Args:
        program: the accepted rows that the plan was made for.
        policy: the policy of its plan date.
        plan: the plan as it is.
        group: a sibling group's id.
        target: a home's id or, if no home has it, a counsel's.
        progress: told in a few words what is being done.

    Raises UnknownName.
    """
    is_counsel = _is_counsel(program, target)
    check_group(program, group)
    asked = Answer(group, target, is_counsel)
    if _stands(program, plan, asked):
        return replace(asked, before=plan.levels, after=plan.levels, stands_already=True)
    codes = _refusals(program, policy=policy, plan=plan, asked=asked)
    if codes:
        return replace(asked, refused_by=codes)
    forced = make_plan(with_pin(program, asked), policy=policy, progress=progress)
    codes = _pins_in_the_way(plan, forced, asked)
    if codes:
        return replace(asked, refused_by=codes)
    return replace(asked, before=plan.levels, after=forced.levels, moved_groups=moved_groups(plan, forced))


def check_group(program: Program, group: str) -> None:
    """Raises UnknownName if no accepted row, and no refused one that holds a group, names the group."""
    is_known = group in program.held_groups or any(c.sibling_group_id == group for c in program.children)
    if not is_known:
        raise UnknownName(f"There is no sibling group {group or 'with an empty id'} in this plan.")


def with_pin(program: Program, asked: Answer) -> Program:
    """The program with one pin more."""
    home, counsel = (None, asked.target) if asked.is_counsel else (asked.target, None)
    pin = Override("pin", asked.group, "asked why not", "posada why-not", home_id=home, counsel_id=counsel)
    return replace(program, overrides=(*program.overrides, pin))


def moved_groups(before: Plan, after: Plan) -> tuple[str, ...]:
    """Groups whose home or counsel differs between two plans, sorted; to lose one's home is a move too."""
    one, other = _who_is_where(before), _who_is_where(after)
    return tuple(sorted(group for group in one.keys() | other.keys() if one.get(group) != other.get(group)))


def _who_is_where(plan: Plan) -> dict[str, tuple[str, str | None]]:
    return {row.sibling_group_id: (row.home_id, row.counsel_id) for row in plan.groups}


def _is_counsel(program: Program, target: str) -> bool:
    if any(home.home_id == target for home in program.homes):
        return False
    if any(counsel.counsel_id == target for counsel in program.counsel):
        return True
    raise UnknownName(f"There is no home and no counsel {target or 'with an empty id'} in this plan.")


def _stands(program: Program, plan: Plan, asked: Answer) -> bool:
    """Whether it is so already: in the plan, or because the whole group lives there."""
    row = next((row for row in plan.groups if row.sibling_group_id == asked.group), None)
    if row is not None:
        return asked.target == (row.counsel_id if asked.is_counsel else row.home_id)
    if asked.is_counsel or asked.group in program.held_groups:
        return False
    members = {c.child_id for c in program.children if c.sibling_group_id == asked.group}
    there = {
        (p.child_id, p.home_id)
        for p in program.placements
        if p.child_id in members and p.stands_on(program.plan_date)
    }
    return there == {(child_id, asked.target) for child_id in members}


def _refusals(program: Program, *, policy: Policy, plan: Plan, asked: Answer) -> tuple[str, ...]:
    """Every rule that refuses the pair, by itself or beside the pins that the plan holds."""
    problem = build_problem(program, policy=policy)
    held = pins_that_hold(problem, refused=plan.refused_pins)
    first: tuple[str, ...] = ()
    if asked.group in program.held_groups:
        first = (program.held_groups[asked.group],)
        # What the accepted rows of the group break already, the whole group breaks too.
        problem = build_problem(replace(program, held_groups={}), policy=policy)
    if asked.group not in problem.group_index:
        return first or ("sibling_already_placed",)
    group = problem.groups[problem.group_index[asked.group]]
    if asked.is_counsel:
        counsel = problem.counsel[problem.counsel_index[asked.target]]
        return first + counsel_refusals(problem, group, counsel, held)
    state = problem.homes[problem.home_index[asked.target]]
    found = home_refusals(problem, group, state, held)
    if not found and _leaves_pinned_counsel(problem, asked, held.counsel.get(asked.group)):
        found = ("pinned",)
    return first + found


def _leaves_pinned_counsel(problem: Problem, asked: Answer, counsel_id: str | None) -> bool:
    """Whether the group is pinned to counsel who does not act at the court that the home would bring."""
    if counsel_id is None:
        return False
    group = problem.groups[problem.group_index[asked.group]]
    home = problem.homes[problem.home_index[asked.target]].home
    court = group.hearing_court or problem.court_of_county.get(home.county_fips)
    return court not in problem.counsel[problem.counsel_index[counsel_id]].courts


def _pins_in_the_way(plan: Plan, forced: Plan, asked: Answer) -> tuple[str, ...]:
    """Why the pin does not hold in the new plan, or holds only because another one then does not."""
    rules = {(pin.group, pin.target): pin.rule for pin in forced.refused_pins}
    if (asked.group, asked.target) in rules:
        return (rules[asked.group, asked.target],)
    already = {(pin.group, pin.target) for pin in plan.refused_pins}
    return ("pinned",) if rules.keys() - already else ()
