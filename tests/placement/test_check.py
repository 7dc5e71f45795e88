"""The independent checker finds exactly what was broken, and nothing in what is lawful."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from posada.placement.check import CODES, violations
from posada.placement.check_facts import whole_years
from posada.placement.check_homes import HOME_RULES
from posada.records import GroupPlan, Override, Placement, Plan, Program, RefusedPin, Separation
from posada.records.people import age_on, birthday
from tests.placement.oracle import brute_force
from tests.placement.oracle_rules import World
from tests.placement.plan_maker import plan_of, with_levels
from tests.placement.random_programs import MARYLAND, TODAY, Sizes, random_program
from tests.placement.sample_plan import sample_plan, sample_program

DAY = timedelta(days=1)
Case = tuple[Plan, Program]


def with_home(home_id: str, **changes: Any) -> Case:
    program = sample_program()
    homes = tuple(replace(h, **changes) if h.home_id == home_id else h for h in program.homes)
    return sample_plan(), replace(program, homes=homes)


def with_counsel(counsel_id: str, **changes: Any) -> Case:
    program = sample_program()
    counsel = tuple(replace(c, **changes) if c.counsel_id == counsel_id else c for c in program.counsel)
    return sample_plan(), replace(program, counsel=counsel)


def with_rows(**added: tuple[Any, ...]) -> Case:
    """The sample with rows added to the tables named."""
    program = sample_program()
    tables: dict[str, Any] = {table: (*getattr(program, table), *rows) for table, rows in added.items()}
    return sample_plan(), replace(program, **tables)


def with_program(**changes: Any) -> Case:
    return sample_plan(), replace(sample_program(), **changes)


def with_plan(**changes: Any) -> Case:
    return replace(sample_plan(), **changes), sample_program()


def with_group(group: str, **changes: Any) -> Case:
    plan = sample_plan()
    rows = tuple(replace(r, **changes) if r.sibling_group_id == group else r for r in plan.groups)
    return replace(plan, groups=rows), sample_program()


def with_flag_turned(group: str, flag: str) -> Case:
    row = next(r for r in sample_plan().groups if r.sibling_group_id == group)
    value: Any = getattr(row, flag)
    turned = tuple(not v for v in value) if isinstance(value, tuple) else not value
    return with_group(group, **{flag: turned})


def with_level(**changes: int) -> Case:
    plan = sample_plan()
    first = plan.levels[0]
    values = {name: getattr(first, name) + change for name, change in changes.items()}
    return replace(plan, levels=(replace(first, **values), *plan.levels[1:])), sample_program()


def forbid(group: str, **target: str) -> Override:
    return Override("forbid", group, "synthetic", "a worker", **target)


def apart(group: str, **other: str) -> Separation:
    return Separation(group, "synthetic", **other)


def one_sibling_left_behind() -> Case:
    plan, program = sample_plan(), sample_program()
    rows = [
        GroupPlan(
            r.sibling_group_id,
            r.children[1:],
            r.home_id,
            r.counsel_id,
            r.court_code,
            r.kin,
            r.children_sharing_language[1:],
            r.interpreter_needed[1:],
            r.venue_change_needed,
            r.license_exception,
            r.cost_cents_per_child_day,
            r.distance_tenths_km[1:],
        )
        if r.sibling_group_id == "g1"
        else r
        for r in plan.groups
    ]
    return with_levels(replace(plan, groups=tuple(rows))), program


def counsel_for_a_group_without_a_court() -> Case:
    plan, program = with_group("g4", counsel_id="k1")
    return with_levels(replace(plan, unrepresented=plan.unrepresented[1:])), program


def counsel_nobody_knows() -> Case:
    plan, program = with_group("g4", counsel_id="k9")
    return replace(plan, unrepresented=plan.unrepresented[1:]), program


def wrong_reason_for_no_home() -> Case:
    plan = sample_plan()
    first = replace(plan.unplaced[0], reason_code="sibling_already_placed")
    return replace(plan, unplaced=(first, *plan.unplaced[1:])), sample_program()


def siblings_in_another_home() -> Case:
    plan, program = sample_plan(), sample_program()
    rows = [replace(p, home_id="h1") if p.child_id == "g7-a" else p for p in program.placements]
    return plan, replace(program, placements=tuple(rows))


BABIES = (date(2012, 8, 2), date(2013, 1, 1), date(2014, 7, 31))
MUTATIONS: Mapping[str, list[Callable[[], Case]]] = {
    "license": [
        lambda: with_home("h1", license_to=TODAY + 29 * DAY),
        lambda: with_home("h1", license_to=None),
        lambda: with_home("h1", license_from=TODAY + DAY),
        lambda: with_home("h1", license_from=None),
        lambda: with_home("h4", license_to=TODAY),
    ],
    "checks": [
        lambda: with_home("h1", checks_clear_until=TODAY - DAY),
        lambda: with_home("h2", checks_clear_until=None),
    ],
    "capacity": [
        lambda: with_home("h1", licensed_capacity=2),
        lambda: with_home("h2", licensed_capacity=0),
    ],
    "household": [
        lambda: with_home("h3", own_children_birth_dates=(date(2000, 1, 1), date(2001, 1, 1))),
        lambda: with_home("h1", own_children_birth_dates=(date(2000, 1, 1),) * 4),
        lambda: with_rows(
            children=(replace(sample_program().children[-1], child_id="g8-b"),),
            placements=(Placement("g8-b", "h3", TODAY),),
        ),
    ],
    "under_two": [lambda: with_home("h1", own_children_birth_dates=BABIES)],
    "beds": [
        lambda: with_home("h1", beds_any=2),
        lambda: with_home("h1", beds_boys=9, beds_any=1),
        lambda: with_home("h1", beds_girls=9, beds_any=0),
        lambda: with_home("h2", beds_any=0),
    ],
    "age": [lambda: with_home("h1", age_max=7), lambda: with_home("h1", age_min=6)],
    "sex": [lambda: with_home("h1", accepts_sexes=("F",)), lambda: with_home("h4", accepts_sexes=("F", "M"))],
    "willing": [lambda: with_home("h1", max_siblings=1), lambda: with_home("h4", max_siblings=1)],
    "needs": [lambda: with_home("h1", abilities=())],
    "kin_only": [lambda: with_program(kin=()), lambda: with_program(kin=sample_program().kin[1:])],
    "separation": [
        lambda: with_rows(separations=(apart("g1", other_group_id="g8"),)),
        lambda: with_rows(separations=(apart("g8", other_group_id="g1"),)),
        lambda: with_rows(separations=(apart("g7", other_group_id="g4"),)),
        lambda: with_rows(separations=(apart("g3", home_id="h3"),)),
    ],
    "forbidden": [
        lambda: with_rows(overrides=(forbid("g3", home_id="h3"),)),
        lambda: with_rows(overrides=(forbid("g3", counsel_id="k1"),)),
    ],
    "sibling_already_placed": [siblings_in_another_home],
    "incomplete_separation": [
        lambda: with_program(closed_homes=frozenset({"h2"})),
        lambda: with_program(held_groups={"g6": "incomplete_group", "g3": "incomplete_separation"}),
    ],
    "incomplete_group": [
        lambda: with_program(held_groups={"g6": "incomplete_group", "g3": "incomplete_group"})
    ],
    "pinned": [
        lambda: with_plan(refused_pins=()),
        lambda: with_rows(overrides=(Override("pin", "g3", "synthetic", "a worker", home_id="h1"),)),
        lambda: with_rows(overrides=(Override("pin", "g3", "synthetic", "a worker", counsel_id="k2"),)),
        lambda: with_plan(refused_pins=(replace(sample_plan().refused_pins[0], rule="age"),)),
        lambda: with_plan(
            refused_pins=(*sample_plan().refused_pins, replace(sample_plan().refused_pins[0], group="g3"))
        ),
    ],
    "whole": [one_sibling_left_behind],
    "listed": [
        lambda: with_plan(unplaced=sample_plan().unplaced[1:]),
        lambda: with_plan(unplaced=sample_plan().unplaced[:1]),
        lambda: with_plan(unplaced=sample_plan().unplaced[::-1]),
        lambda: with_plan(
            unplaced=(replace(sample_plan().unplaced[0], children=2), sample_plan().unplaced[1])
        ),
    ],
    "unknown": [counsel_nobody_knows],
    "unrepresented": [lambda: with_plan(unrepresented=())],
    "reason_code": [wrong_reason_for_no_home],
    "no_court": [counsel_for_a_group_without_a_court],
    "no_counsel_at_court": [lambda: with_counsel("k2", courts=("NYC",))],
    "caseload_full": [lambda: with_counsel("k1", open_slots=1), lambda: with_counsel("k2", open_slots=0)],
    "conflict": [lambda: with_rows(separations=(apart("g1", counsel_id="k1"),))],
    "available_too_late": [lambda: with_counsel("k2", available_from=TODAY + 9 * DAY)],
    "kin": [lambda: with_flag_turned("g1", "kin")],
    "shares_language": [lambda: with_flag_turned("g2", "children_sharing_language")],
    "interpreter_needed": [lambda: with_flag_turned("g2", "interpreter_needed")],
    "venue_change_needed": [lambda: with_flag_turned("g2", "venue_change_needed")],
    "license_exception": [
        lambda: with_flag_turned("g1", "license_exception"),
        lambda: with_flag_turned("g3", "license_exception"),
    ],
    "court_code": [lambda: with_group("g2", court_code="BAL"), lambda: with_group("g4", court_code="NYC")],
    "cost": [lambda: with_group("g1", cost_cents_per_child_day=2501)],
    "cost_unknown_children": [lambda: with_plan(cost_unknown_children=0)],
    "distance": [lambda: with_group("g2", distance_tenths_km=(1,))],
    "levels": [
        lambda: with_level(value=-1),
        lambda: with_plan(levels=sample_plan().levels[1:]),
        lambda: with_plan(levels=sample_plan().levels[::-1]),
    ],
    "bound": [lambda: with_level(bound=-1)],
}
CASES = [(code, make) for code, made in MUTATIONS.items() for make in made]


def test_a_lawful_plan_has_no_violations() -> None:
    assert violations(sample_plan(), sample_program(), policy=MARYLAND) == []


def test_every_code_has_a_plan_that_breaks_it() -> None:
    assert set(MUTATIONS) == CODES


@pytest.mark.parametrize(("code", "make"), CASES, ids=[f"{c}-{n}" for n, (c, _) in enumerate(CASES)])
def test_what_is_broken_is_found_and_nothing_else(code: str, make: Callable[[], Case]) -> None:
    plan, program = make()
    assert {v.code for v in violations(plan, program, policy=MARYLAND)} == {code}


LAWFUL: Mapping[str, Callable[[], Case]] = {
    "an own child who is 18 today is not counted": lambda: with_home(
        "h3", own_children_birth_dates=(date(1996, 8, 1), date(1996, 8, 2))
    ),
    "a child who is two today is not under two": lambda: with_home(
        "h1", own_children_birth_dates=(date(2012, 8, 1), date(2012, 8, 2), date(2013, 1, 1))
    ),
    "a kin home needs no wish and no license": lambda: with_home(
        "h2", age_max=3, accepts_sexes=("M",), max_siblings=0, license_to=TODAY - DAY
    ),
    "household and infants are rules of foster homes": lambda: with_home(
        "h4", own_children_birth_dates=BABIES * 3
    ),
    "a home that nobody comes to is not judged": lambda: with_rows(
        homes=(replace(sample_program().homes[0], home_id="h9", checks_clear_until=None),)
    ),
    "a child who left yesterday takes up no room": lambda: with_rows(
        placements=(Placement("g5-a", "h2", TODAY - 9 * DAY, TODAY - DAY),)
    ),
    "counsel who starts on the day of the hearing is in time": lambda: with_counsel(
        "k2", available_from=TODAY + 8 * DAY
    ),
    "an unknown start is no refusal": lambda: with_counsel("k2", available_from=None),
    "the number of a row's siblings fits exactly": lambda: with_home("h3", max_siblings=7, age_min=8),
}


@pytest.mark.parametrize("make", LAWFUL.values(), ids=LAWFUL)
def test_what_just_meets_a_rule_is_lawful(make: Callable[[], Case]) -> None:
    plan, program = make()
    assert violations(plan, program, policy=MARYLAND) == []


def test_a_child_who_leaves_today_still_takes_up_room() -> None:
    plan, program = with_rows(
        children=(replace(sample_program().children[-1], child_id="g8-b"),),
        placements=(Placement("g8-b", "h2", TODAY - DAY, TODAY),),
    )
    found = {v.code for v in violations(plan, program, policy=MARYLAND)}
    assert found == {"capacity", "beds"}


def test_a_sentence_names_what_is_wrong() -> None:
    plan, program = with_home("h1", licensed_capacity=2)
    (only,) = violations(plan, program, policy=MARYLAND)
    assert (only.target, only.sentence) == ("h1", "3 children in a home licensed for 2.")


def pin(group: str, **target: str) -> Override:
    return Override("pin", group, "synthetic", "a worker", **target)


def judged(
    *pins: Override, refused: str, rule: str, homes: dict[str, str], counsel: dict[str, str]
) -> set[str]:
    """The codes found in the sample with a home of three places and counsel of one slot."""
    program = sample_program()
    first = replace(program.homes[0], licensed_capacity=3)
    one_slot = replace(program.counsel[0], open_slots=1)
    program = replace(
        program,
        homes=(first, *program.homes[1:]),
        counsel=(one_slot, program.counsel[1]),
        separations=(),
        overrides=pins,
    )
    target = next(p.home_id or p.counsel_id or "" for p in pins if p.sibling_group_id == refused)
    plan = plan_of(program, policy=MARYLAND, homes=homes, counsel=counsel)
    plan = replace(plan, refused_pins=(RefusedPin(refused, target, rule),))
    return {v.code for v in violations(plan, program, policy=MARYLAND)}


def test_a_pin_may_be_refused_for_an_earlier_pin_but_not_for_a_later_one() -> None:
    pins = pin("g1", home_id="h1"), pin("g4", home_id="h1")
    assert judged(*pins, refused="g4", rule="capacity", homes={"g1": "h1"}, counsel={}) == set()
    assert judged(*pins, refused="g1", rule="capacity", homes={"g4": "h1"}, counsel={}) == {"pinned"}


def test_a_pin_to_counsel_may_be_refused_for_an_earlier_pin_but_not_for_a_later_one() -> None:
    pins = pin("g1", counsel_id="k1"), pin("g3", counsel_id="k1")
    homes = {"g1": "h1", "g3": "h3"}
    assert judged(*pins, refused="g3", rule="caseload_full", homes=homes, counsel={"g1": "k1"}) == set()
    assert judged(*pins, refused="g1", rule="caseload_full", homes=homes, counsel={"g3": "k1"}) == {"pinned"}


def test_only_an_earlier_pin_to_counsel_can_leave_a_pinned_group_no_room() -> None:
    pins = pin("g2", home_id="h2"), pin("g3", counsel_id="k1")
    homes, counsel = {"g3": "h3"}, {"g3": "k1"}
    assert judged(*pins, refused="g2", rule="no_room", homes=homes, counsel=counsel) == {"pinned"}
    pins = pin("g1", counsel_id="k1"), pin("g2", home_id="h2")
    homes, counsel = {"g1": "h1"}, {"g1": "k1"}
    assert judged(*pins, refused="g2", rule="no_room", homes=homes, counsel=counsel) == set()


def test_the_order_of_rows_changes_nothing() -> None:
    tables = ("children", "homes", "kin", "counsel", "hearings", "separations", "placements", "overrides")
    for seed in range(60):
        program = random_program(seed)
        turned = replace(program, **{table: getattr(program, table)[::-1] for table in tables})
        best = brute_force(program, policy=MARYLAND)
        plan = plan_of(program, policy=MARYLAND, homes=best.homes, counsel=best.counsel, refused=best.refused)
        assert violations(plan, turned, policy=MARYLAND) == []


@pytest.mark.parametrize("seed", range(250))
def test_best_plans_of_the_oracle_break_nothing(seed: int) -> None:
    program = random_program(seed, sizes=Sizes(groups=4), few_edges=seed % 2 == 0)
    best = brute_force(program, policy=MARYLAND)
    plan = plan_of(program, policy=MARYLAND, homes=best.homes, counsel=best.counsel, refused=best.refused)
    assert tuple(level.value for level in plan.levels) == best.levels
    assert violations(plan, program, policy=MARYLAND) == []


@pytest.mark.parametrize("seed", range(400))
def test_any_choice_of_homes_breaks_what_the_rules_say(seed: int) -> None:
    """Random choices, mostly unlawful: the checker names the same rules as the oracles' own reading."""
    program = random_program(seed, few_edges=seed % 2 == 0)
    world, rng = World.of(program, policy=MARYLAND), Random(seed)
    homes = {g: rng.choice(sorted(world.homes)) for g in sorted(world.waiting) if rng.random() < 0.7}
    plan = plan_of(program, policy=MARYLAND, homes=homes, counsel={})
    expected = set()
    for home_id in set(homes.values()):
        groups = [g for g, h in homes.items() if h == home_id]
        expected |= {(home_id, code) for code in world.broken_together(home_id, groups)}
        expected |= {(home_id, code) for g in groups for code in world.broken_alone(g, home_id)}
    found = {(v.target, v.code) for v in violations(plan, program, policy=MARYLAND) if v.code != "pinned"}
    broken_households = {home for home, code in expected if code == "household"}
    assert {(h, c) for h, c in found if c != "license_exception" or h not in broken_households} == expected
    assert {code for _, code in found} <= HOME_RULES.keys()


@pytest.mark.parametrize("seed", range(200))
def test_any_choice_of_counsel_is_judged_as_the_rules_say(seed: int) -> None:
    program = replace(random_program(seed, sizes=Sizes(counsel=2)), overrides=())
    world, rng = World.of(program, policy=MARYLAND), Random(seed)
    homes = {g: rng.choice(world.lawful_homes(g)) for g in sorted(world.waiting) if world.lawful_homes(g)}
    counsel = {g: rng.choice(sorted(world.counsel)) for g in homes if world.counsel and rng.random() < 0.7}
    plan = plan_of(program, policy=MARYLAND, homes=homes, counsel=counsel)
    refused = {
        v.group for v in violations(plan, program, policy=MARYLAND) if v.group and v.target in world.counsel
    }
    assert refused == {g for g, one in counsel.items() if one not in world.lawful_counsel(g, homes[g])}
    full = {v.target for v in violations(plan, program, policy=MARYLAND) if v.code == "caseload_full"}
    taken = list(counsel.values())
    assert full == {one for one in set(taken) if taken.count(one) > world.slots[one]}


@pytest.mark.parametrize("born", [date(2012, 2, 29), date(2011, 2, 28), date(2012, 3, 1), date(2010, 11, 25)])
@pytest.mark.parametrize("year", [2027, 2028])
def test_the_checker_and_everybody_else_count_the_same_age_about_a_birthday(born: date, year: int) -> None:
    day = birthday(born, years=year - born.year)
    for on in (day - DAY, day, day + DAY):
        assert whole_years(born, on) == age_on(born, on)
