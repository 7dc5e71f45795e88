"""Which homes and counsel are proposed, and that what is proposed has its papers in order."""

from dataclasses import replace
from random import Random

from posada.placement.plan import make_plan
from posada.placement.problem import build_problem
from posada.placement.recruit_wanted import (
    COUNSEL,
    HOME,
    Wanted,
    best_county,
    usual_of,
    wanted_counsel,
    wanted_homes,
    with_wanted,
)
from posada.records import Child, Counsel, CourtCounty, Program, Separation
from tests.placement.random_programs import MARYLAND, TODAY, random_program
from tests.placement.sample_plan import child, home


def short_of_homes(*more: Child, capacity: int = 1, **changes: object) -> Program:
    """Sibling pairs g1 and g2, one child g3, and one bed."""
    pairs = (child(f"g{g}-{n}", 2004 + n, "F") for g in (1, 2) for n in (1, 2))
    children = (*pairs, child("g3-a", 2004, "M"))
    return replace(
        Program(
            plan_date=TODAY,
            children=(*children, *more),
            homes=(home("h1", "foster", "24510", capacity),),
            court_counties=(CourtCounty("24510", "BAL"),),
        ),
        **changes,  # type: ignore[arg-type]
    )


def homes_for(program: Program, *, most: int = 10) -> list[Wanted]:
    plan = make_plan(program, policy=MARYLAND)
    return wanted_homes(program, build_problem(program, policy=MARYLAND), plan, most=most)


def test_a_home_is_wanted_for_the_siblings_who_wait_as_many_as_they_are() -> None:
    found = homes_for(short_of_homes())
    assert [(w.kind, w.place, w.languages, w.beds, w.max_siblings) for w in found] == [
        (HOME, "24510", ("spa",), 2, 2)
    ]
    assert (found[0].reach, found[0].floor) == (4, 2)


def test_a_home_that_fills_with_less_is_not_asked_for_more() -> None:
    with_needs = child("g4-a", 2004, "F", needs=("wheelchair",))
    found = homes_for(short_of_homes(with_needs))
    assert {w.needs for w in found} == {(), ("wheelchair",)}
    assert found[0].needs == ()  # the floor is 2; with the need, a home for one child fills with that one


def test_separated_groups_and_infants_do_not_fill_one_home() -> None:
    infants = tuple(child(f"g{n}-a", 2014, "F") for n in range(4, 8))
    lone = replace(short_of_homes(), children=infants, homes=(home("h1", "foster", "24510", 5),))
    closed = replace(lone, homes=(replace(lone.homes[0], checks_clear_until=None),))
    assert homes_for(closed)[0].floor == 2  # five beds, but no more than two under two
    apart = tuple(
        Separation(f"g{a}", "synthetic", other_group_id=f"g{b}") for a in range(4, 8) for b in range(4, a)
    )
    assert homes_for(replace(closed, separations=apart))[0].floor == 1


def test_seven_siblings_want_a_home_of_their_own_and_nine_one_that_the_household_rule_does_not_bind() -> None:
    for count, kind in ((7, "foster"), (9, "group")):
        siblings = tuple(child(f"g4-{n}", 2003 + n, "F") for n in range(count))
        found = homes_for(short_of_homes(*siblings))
        assert (found[0].beds, found[0].max_siblings, found[0].home_kind) == (count, count, kind)
        assert found[0].floor == count


def test_counsel_are_wanted_at_courts_where_groups_go_without_by_their_languages() -> None:
    program = short_of_homes(capacity=5)
    plan = make_plan(program, policy=MARYLAND)
    found = wanted_counsel(program, build_problem(program, policy=MARYLAND), plan, most=9)
    assert [(w.kind, w.place, w.languages, w.slots, w.floor) for w in found] == [
        (COUNSEL, "BAL", ("spa",), 1, 2)
    ]


def test_where_all_have_homes_one_is_wanted_in_a_language_that_nobody_there_speaks() -> None:
    mute = replace(home("h1", "foster", "24510", 5), languages=("eng",))
    found = homes_for(short_of_homes(homes=(mute,)))
    assert [(w.languages, w.floor) for w in found] == [(("spa",), 0)]


def test_the_county_is_one_whose_court_has_counsel_left() -> None:
    here, there = home("h1", "foster", "24510", 1), home("h2", "foster", "24033", 1)
    program = short_of_homes(
        homes=(here, replace(here, home_id="h3"), there),
        court_counties=(CourtCounty("24510", "BAL"), CourtCounty("24033", "HYA")),
    )
    assert best_county(program, make_plan(program, policy=MARYLAND)) == "24510"
    with_counsel = replace(program, counsel=(Counsel("k1", ("HYA",), 9),))
    plan = make_plan(with_counsel, policy=MARYLAND)
    assert best_county(with_counsel, plan) == "24033"
    assert best_county(with_counsel, plan, court="BAL") == "24510"


def test_what_is_usual_is_the_middle_of_what_there_is() -> None:
    none = short_of_homes(homes=(home("h1", "kin", "24510", 5),))
    assert (usual_of(none).beds, usual_of(none).slots, usual_of(none).cost_cents) == (2, 1, None)
    some = tuple(replace(home("h1", "foster", "24510", n), home_id=f"h{n}") for n in (1, 3, 6))
    found = usual_of(short_of_homes(homes=some, counsel=(Counsel("k1", (), 0), Counsel("k2", (), 4))))
    assert (found.beds, found.slots) == (3, 4)


def test_the_order_of_rows_changes_nothing() -> None:
    for seed in range(30):
        program, rng = random_program(seed), Random(seed)
        plan = make_plan(program, policy=MARYLAND)
        tables = ("children", "homes", "counsel", "kin", "hearings", "court_counties", "separations")
        mixed = {name: rng.sample(getattr(program, name), len(getattr(program, name))) for name in tables}
        other = replace(program, **{name: tuple(rows) for name, rows in mixed.items()})
        one, two = (build_problem(each, policy=MARYLAND) for each in (program, other))
        assert wanted_homes(program, one, plan, most=9) == wanted_homes(other, two, plan, most=9)
        assert wanted_counsel(program, one, plan, most=9) == wanted_counsel(other, two, plan, most=9)


def test_what_is_added_has_a_name_of_its_own_and_breaks_no_rule_by_itself() -> None:
    program = short_of_homes(homes=(replace(home("h1", "foster", "24510", 1), home_id="new-1"),))
    wanted = [*homes_for(program), Wanted(COUNSEL, "BAL", (), slots=3)]
    more = with_wanted(program, wanted, policy=MARYLAND)
    assert [h.home_id for h in more.homes] == ["new-1", "new-2"]
    assert more.counsel == (Counsel("new-3", ("BAL",), 3),)
    assert make_plan(more, policy=MARYLAND).levels[0].value == 3


def test_where_there_is_no_home_yet_one_is_wanted_where_the_children_are_or_else_where_a_court_is() -> None:
    program = replace(short_of_homes(), homes=(), kin=(), placements=())
    assert {wanted.place for wanted in homes_for(program)} == {"24510"}
    nowhere = tuple(replace(each, location_fips=None) for each in program.children)
    courts = {row.county_fips for row in program.court_counties}
    assert {wanted.place for wanted in homes_for(replace(program, children=nowhere))} <= courts
    assert homes_for(replace(program, children=nowhere, court_counties=())) == []
