"""Each gain equals a plan made anew from nothing; gains are not added up; row order changes nothing."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from posada.placement.plan import make_plan
from posada.placement.recruit import Gain, Recruitment, recruit, recruit_rows, solves_allowed
from posada.placement.recruit_wanted import with_wanted
from posada.records import Counsel, Override, Plan, Program
from tests.placement.random_programs import MARYLAND, Sizes, random_program
from tests.placement.sample_plan import child, home
from tests.placement.test_recruit_wanted import short_of_homes


def ask(program: Program, *, top: int = 6, most_solves: int | None = None) -> Recruitment:
    plan = make_plan(program, policy=MARYLAND)
    return recruit(program, policy=MARYLAND, plan=plan, top=top, most_solves=most_solves)


def anew(program: Program, gains: Iterator[Gain]) -> Plan:
    return make_plan(with_wanted(program, [g.wanted for g in gains], policy=MARYLAND), policy=MARYLAND)


def first_difference(before: Plan, after: Plan) -> tuple[str, int] | None:
    pairs = zip(before.levels[:5], after.levels, strict=False)
    return next(
        ((one.name, other.value - one.value) for one, other in pairs if one.value != other.value), None
    )


def programs(count: int) -> Iterator[tuple[Program, Plan]]:
    for seed in range(count):
        program = random_program(seed, sizes=Sizes(groups=8, homes=4, counsel=2), few_edges=seed % 2 > 0)
        yield program, make_plan(program, policy=MARYLAND)


def test_every_gain_equals_a_plan_made_anew() -> None:
    seen = {"children_placed": 0, "children_sharing_language": 0, "children_represented": 0}
    settled = 0
    for program, plan in programs(40):
        found = recruit(program, policy=MARYLAND, plan=plan, top=6)
        for gain in found.gains:
            expected = first_difference(plan, anew(program, iter([gain])))
            assert (gain.level, gain.children) == expected
            assert gain.proven
            seen[gain.level] = seen.get(gain.level, 0) + 1
            settled += not gain.after
    assert min(seen.values()) >= 5
    assert settled >= 20


def test_all_of_them_together_equal_a_plan_made_anew_and_need_not_add_up() -> None:
    differs = 0
    for program, plan in programs(25):
        found = recruit(program, policy=MARYLAND, plan=plan, top=6)
        if found.gains:
            together = anew(program, iter(found.gains))
            assert found.together == together.levels
            placed = together.levels[0].value - plan.levels[0].value
            differs += placed != sum(g.children for g in found.gains if g.level == "children_placed")
    assert differs >= 3


def test_the_order_of_rows_changes_nothing() -> None:
    for seed in range(12):
        program, rng = random_program(seed), Random(seed)
        tables = ("children", "homes", "counsel", "kin", "hearings", "court_counties", "separations")
        mixed = {
            name: tuple(rng.sample(getattr(program, name), len(getattr(program, name)))) for name in tables
        }
        assert ask(replace(program, **mixed)) == ask(program)  # type: ignore[arg-type]


def test_without_a_search_only_what_needs_none_is_listed() -> None:
    program = short_of_homes()
    found = ask(program, most_solves=0)
    assert [(g.level, g.children, g.after) for g in found.gains] == [("children_placed", 2, ())]
    assert (found.solved, found.passed_over, found.together) == (0, 1, ())


def test_more_room_that_may_let_a_refused_pin_hold_is_always_searched() -> None:
    """g3 is pinned to counsel at another court, where no home is: one more could change everything."""
    program = short_of_homes(
        counsel=(Counsel("k1", ("HYA",), 1),),
        overrides=(Override("pin", "g3", "synthetic", "a worker", counsel_id="k1"),),
    )
    plan = make_plan(program, policy=MARYLAND)
    assert [pin.rule for pin in plan.refused_pins] == ["no_room"]
    assert recruit(program, policy=MARYLAND, plan=plan, most_solves=0).gains == ()
    found = recruit(program, policy=MARYLAND, plan=plan)
    assert all(gain.after for gain in found.gains)


def test_each_kind_has_half_of_the_list_where_it_has_so_many() -> None:
    more = tuple(child(f"g{n}-a", 2004, "F", needs=(f"need{n}",)) for n in range(4, 8))
    program = short_of_homes(*more)
    found = ask(program, top=4)
    kinds = [gain.wanted.kind for gain in found.gains]
    assert kinds == ["home"] * 3 + ["counsel"]  # one counsel is all that there is to find
    assert ask(program, top=1).gains == found.gains[:1]


def test_where_everybody_has_a_home_and_counsel_nobody_is_recruited() -> None:
    program = short_of_homes(
        homes=(home("h1", "foster", "24510", 5),), counsel=(Counsel("k1", ("BAL",), 9, ("spa",)),)
    )
    found = ask(program)
    assert (found.gains, found.solved, found.together) == ((), 0, ())


def test_a_plan_that_a_time_limit_cut_short_is_made_anew_first() -> None:
    program = short_of_homes()
    plan = make_plan(program, policy=MARYLAND)
    worse = tuple(replace(level, value=0) for level in plan.levels)
    cut = replace(plan, time_limit_reached=True, levels=worse)
    found = recruit(program, policy=MARYLAND, plan=cut)
    assert found.before == plan.levels
    assert found.gains[0].children == 2


def test_a_large_program_is_planned_anew_less_often() -> None:
    program = short_of_homes()
    counts = [solves_allowed(replace(program, children=program.children[:1] * n)) for n in (1, 3000, 57_496)]
    assert counts == [30, 10, 4]


def test_when_the_effort_is_used_up_the_rest_is_counted_as_not_tried() -> None:
    more = tuple(replace(child(f"g{n}-a", 2004, "F"), languages=("mam",)) for n in range(4, 8))
    program = short_of_homes(*more, capacity=5)
    assert ask(program, most_solves=2).passed_over == ask(program).considered - 1 - _settled(program)


def _settled(program: Program) -> int:
    return len(ask(program, most_solves=0).gains)


@pytest.mark.parametrize("kind", ["home", "counsel"])
def test_rows_of_the_file_name_a_county_or_a_court(kind: str) -> None:
    row = next(r for r in recruit_rows(ask(short_of_homes()).gains) if r["kind"] == kind)
    assert (row["county_fips"], row["court_code"]) == (("24510", None) if kind == "home" else (None, "BAL"))
    assert row["beds"] == (2 if kind == "home" else None)
    assert isinstance(row["children_gained"], int)
