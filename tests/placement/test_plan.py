"""Properties of every plan: what changes nothing, what can only help, and what always holds."""

from dataclasses import replace
from datetime import date, timedelta
from importlib import resources
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from posada.placement.check import violations
from posada.placement.plan import make_plan
from posada.records import Home, Override, Plan, Program
from posada.rulebook.load import parse_policy
from posada.rulebook.policy import Policy
from posada.rulebook.resolve import policy_on, resolve_policy
from tests.placement.oracle_rules import World
from tests.placement.random_programs import MARYLAND, TODAY, programs
from tests.placement.sample_plan import child, home, sample_program

DAY = timedelta(days=1)
SEEDS = st.integers(0, 2**20)
some = settings(max_examples=60, deadline=None, derandomize=True)


def plan_for(program: Program, *, policy: Policy = MARYLAND) -> Plan:
    return make_plan(program, policy=policy)


@some
@given(programs(), SEEDS)
def test_the_order_of_rows_changes_nothing(program: Program, seed: int) -> None:
    rng = Random(seed)

    def turned(table: str) -> tuple[object, ...]:
        rows = list(getattr(program, table))
        rng.shuffle(rows)
        return tuple(rows)

    tables = ("children", "homes", "kin", "counsel", "courts", "court_counties", "hearings", "separations")
    shuffled = replace(program, **{t: turned(t) for t in (*tables, "placements", "overrides")})  # type: ignore[arg-type]
    assert plan_for(shuffled) == plan_for(program)


@some
@given(programs(), programs(groups=1, homes=1))
def test_one_more_home_never_lowers_the_children_placed(program: Program, other: Program) -> None:
    more = replace(other.homes[0], home_id="h99")
    free = replace(program, overrides=())
    with_more = replace(free, homes=(*free.homes, more))
    assert plan_for(with_more).levels[0].value >= plan_for(free).levels[0].value


@some
@given(programs(), SEEDS)
def test_a_forbidden_pair_never_appears(program: Program, seed: int) -> None:
    program = replace(program, overrides=())
    plan = plan_for(program)
    if not plan.groups:
        return
    row = plan.groups[seed % len(plan.groups)]
    group = row.sibling_group_id
    forbids = [Override("forbid", group, "synthetic", "a worker", home_id=row.home_id)]
    if row.counsel_id:
        forbids.append(Override("forbid", group, "synthetic", "a worker", counsel_id=row.counsel_id))
    for forbid in forbids:
        again = plan_for(replace(program, overrides=(forbid,)))
        for other in again.groups:
            if other.sibling_group_id == group:
                assert forbid.home_id != other.home_id
                assert forbid.counsel_id is None or forbid.counsel_id != other.counsel_id


@some
@given(programs(), SEEDS)
def test_a_pin_holds_or_is_refused_with_a_rule(program: Program, seed: int) -> None:
    rng, world = Random(seed), World.of(program, policy=MARYLAND)
    if not world.waiting:
        return
    group, target = rng.choice(sorted(world.waiting)), rng.choice(program.homes).home_id
    pin = Override("pin", group, "synthetic", "a worker", home_id=target)
    free = replace(program, overrides=tuple(o for o in program.overrides if o.action == "forbid"))
    program = replace(free, overrides=(*free.overrides, pin))
    plan = plan_for(program)
    where = {row.sibling_group_id: row.home_id for row in plan.groups}
    broken = world_of(program).broken_alone(group, target)
    if broken:
        (refused,) = plan.refused_pins
        assert (refused.group, refused.target) == (group, target)
        assert refused.rule in broken
        assert [lv.value for lv in plan.levels] == [lv.value for lv in plan_for(free).levels]
    else:
        assert plan.refused_pins == ()
        assert where[group] == target
    assert violations(plan, program, policy=MARYLAND) == []


def world_of(program: Program) -> World:
    return World.of(program, policy=MARYLAND)


@some
@given(programs(), SEEDS)
def test_nationality_and_what_the_counsel_desk_notes_change_nothing(program: Program, seed: int) -> None:
    rng = Random(seed)
    children = tuple(replace(c, country=rng.choice(("HND", "MEX", None))) for c in program.children)
    counsel = tuple(
        replace(
            c, case_types=rng.choice(((), ("sij",), ("asylum", "sij"))), organisation=rng.choice(("", "A"))
        )
        for c in program.counsel
    )
    assert plan_for(replace(program, children=children, counsel=counsel)) == plan_for(program)


@some
@given(programs())
def test_groups_are_never_split_and_everybody_is_told_of_once(program: Program) -> None:
    plan, world = plan_for(program), world_of(program)
    placed = {row.sibling_group_id: row.children for row in plan.groups}
    assert len(placed) == len(plan.groups)
    for group, children in placed.items():
        assert set(children) == {c.child_id for c in world.waiting[group]}
    left = {row.sibling_group_id for row in plan.unplaced}
    assert left.isdisjoint(placed)
    assert left | set(placed) == set(world.waiting) | set(program.held_groups)


@some
@given(programs(groups=8, homes=6))
def test_every_plan_is_lawful_and_proven(program: Program) -> None:
    plan = plan_for(program)
    assert violations(plan, program, policy=MARYLAND) == []
    assert all(level.proven_optimal for level in plan.levels)


@some
@given(programs())
def test_the_same_program_gives_the_same_plan(program: Program) -> None:
    assert plan_for(program) == plan_for(program)


def placed(house: Home, *, on: date, policy: Policy) -> int:
    program = Program(on, (child("g1-a", 2006, "F"),), (house,))
    return plan_for(program, policy=policy).levels[0].value


def test_a_license_is_judged_on_the_day_of_the_plan() -> None:
    house = home("h1", "foster", "24510", 1)  # licensed from TODAY until 30 days later
    for days, children in ((-1, 0), (0, 1), (1, 0)):
        on = TODAY + days * DAY
        assert (
            placed(replace(house, checks_clear_until=TODAY + 9 * DAY), on=on, policy=replace(MARYLAND, on=on))
            == children
        )


def test_a_number_of_the_policy_moves_a_home_across_the_edge() -> None:
    house = home("h1", "foster", "24510", 1)
    for days, children in ((29, 1), (30, 1), (31, 0)):
        policy = replace(MARYLAND, license_days_left=days)
        assert placed(house, on=TODAY, policy=policy) == children


def test_the_tests_numbers_are_those_of_the_shipped_policy() -> None:
    """So that what is tested under them is true of the shipped policy on a day of today's rules."""
    shipped = resolve_policy("maryland", on=date(2026, 12, 1))
    assert replace(shipped, title=MARYLAND.title, on=MARYLAND.on) == MARYLAND


def test_the_sample_is_planned_as_its_author_would() -> None:
    plan = plan_for(sample_program())
    homes = {row.sibling_group_id: row.home_id for row in plan.groups}
    assert homes == {"g1": "h1", "g2": "h2", "g3": "h3", "g4": "h4", "g7": "h4"}
    assert [row.license_exception for row in plan.groups] == [False, False, True, False, False]


def test_a_rule_that_changes_on_a_date_is_read_as_of_the_plan_date() -> None:
    """A day more of license until the 9th, a day less from the 10th: the same home is in, then out."""
    changes = TODAY + 9 * DAY
    text = (
        resources.files("posada.rulebook").joinpath("policies", "maryland.toml").read_text(encoding="utf-8")
    )
    old = next(line for line in text.splitlines() if line.strip().startswith("{ value = 30, "))
    before = old.replace("value = 30", f"value = 10, until = {changes - DAY}")
    after = old.replace("value = 30", f"value = 40, from = {changes}")
    file = parse_policy(text.replace(old, f"{before}\n{after}"), where="changed.toml")
    house = replace(home("h1", "foster", "24510", 1), checks_clear_until=TODAY + 90 * DAY)
    for on, days_left, children in ((changes - DAY, 10, 1), (changes, 40, 0)):
        policy = policy_on(file, on=on)
        assert policy.license_days_left == days_left
        assert placed(house, on=on, policy=policy) == children
