"""Why not: every rule is told, and the price of a lawful wish equals a plan made anew with the pin."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from posada.cli.planning import Wishes, make_and_write
from posada.placement.check_facts import gather
from posada.placement.check_homes import broken_rules
from posada.placement.plan import make_plan
from posada.placement.why_not import Answer, UnknownName, check_group, moved_groups, why_not, with_pin
from posada.programme import read_plan, write_program
from posada.records import Counsel, Hearing, Home, Override, Plan, Program, Separation
from tests.placement.random_programs import MARYLAND, TODAY, random_program
from tests.placement.sample_plan import DAY, child, home, sample_program


def ask(program: Program, group: str, target: str, *, plan: Plan | None = None) -> Answer:
    plan = plan or make_plan(program, policy=MARYLAND)
    return why_not(program, policy=MARYLAND, plan=plan, group=group, target=target)


def free_sample(**changes: object) -> Program:
    return replace(sample_program(), **({"overrides": ()} | changes))  # type: ignore[arg-type]


def pin(group: str, target: str) -> Override:
    where = {"home_id": target} if target.startswith("h") else {"counsel_id": target}
    return Override("pin", group, "synthetic", "a worker", **where)


@pytest.mark.parametrize(
    ("group", "target", "codes"),
    [
        ("g3", "h1", {"capacity", "beds"}),
        ("g1", "h2", {"capacity", "beds", "kin_only"}),
        ("g1", "h3", {"separation"}),
        ("g5", "h1", {"needs"}),
        ("g6", "h1", {"incomplete_group"}),
        ("g6", "h2", {"incomplete_group", "kin_only"}),
        ("g7", "h1", {"sibling_already_placed"}),
        ("g8", "h4", {"sibling_already_placed"}),
        ("g1", "k2", {"conflict", "no_counsel_at_court"}),
        ("g2", "k1", {"no_counsel_at_court"}),
        ("g6", "k1", {"incomplete_group"}),
        ("g8", "k1", {"sibling_already_placed"}),
        ("g5", "k1", {"no_lawful_home", "no_room"}),
    ],
)
def test_every_rule_that_refuses_a_pair_is_told(group: str, target: str, codes: set[str]) -> None:
    homes = tuple(h for h in sample_program().homes if h.home_id != "h4")
    program = free_sample(homes=homes, placements=(), kin=sample_program().kin[:1])
    if group in ("g7", "g8"):
        program = free_sample()
    answer = ask(program, group, target)
    assert not answer.lawful
    assert set(answer.refused_by) == codes
    assert len(answer.refused_by) == len(codes)
    assert (answer.before, answer.after, answer.moved_groups) == ((), (), ())


def test_a_forbidden_home_a_closed_home_and_a_late_counsel_are_told() -> None:
    program = free_sample(
        overrides=(Override("forbid", "g4", "synthetic", "a worker", home_id="h1"),),
        closed_homes=frozenset({"h1"}),
        counsel=(Counsel("k1", ("BAL",), 0, available_from=TODAY + 99 * DAY),),
        hearings=(Hearing("g4", "HYA", TODAY + DAY),),
        separations=(),
    )
    assert ask(program, "g4", "h1").refused_by == ("incomplete_separation", "forbidden")
    assert ask(program, "g4", "k1").refused_by == (
        "available_too_late",
        "caseload_full",
        "no_counsel_at_court",
    )


def test_what_is_so_already_changes_nothing() -> None:
    program = free_sample()
    plan = make_plan(program, policy=MARYLAND)
    row = plan.groups[0]
    for target in (row.home_id, row.counsel_id):
        assert target is not None
        answer = ask(program, row.sibling_group_id, target, plan=plan)
        assert answer.lawful
        assert answer.stands_already
        assert answer.before == answer.after == plan.levels
        assert answer.moved_groups == ()
    lives_there = ask(program, "g8", "h1", plan=plan)
    assert (lives_there.lawful, lives_there.stands_already) == (True, True)


def test_a_pin_of_somebody_stands_in_the_way_whatever_the_order_of_ids() -> None:
    one_bed = replace(home("h1", "foster", "24510", 1), own_children_birth_dates=())
    program = Program(
        plan_date=TODAY,
        children=(child("g1-a", 2005, "F"), child("g2-a", 2005, "F"), child("g3-a", 2005, "F")),
        homes=(one_bed, replace(one_bed, home_id="h2")),
        counsel=(Counsel("k1", ("BAL",), 1),),
        court_counties=free_sample().court_counties,
        overrides=(pin("g2", "h1"), pin("g2", "k1")),
    )
    for group in ("g1", "g3"):
        assert ask(program, group, "h1").refused_by == ("capacity", "beds", "pinned")
        assert ask(program, group, "k1").refused_by == ("caseload_full", "pinned")
    assert ask(program, "g2", "h2").refused_by == ("pinned",)
    away = replace(program, overrides=(pin("g2", "k1"),), homes=(one_bed, _in_new_york(one_bed)))
    assert ask(away, "g2", "h9").refused_by == ("pinned",)


def _in_new_york(one: Home) -> Home:
    return replace(one, home_id="h9", county_fips="36061")


def test_pins_that_only_a_search_refuses_together_stand_in_the_way_too() -> None:
    """g2 must have k1, who acts only at the court of h1: then nobody else may have the one bed there."""
    near = replace(home("h1", "foster", "24510", 1), own_children_birth_dates=())
    program = Program(
        plan_date=TODAY,
        children=(child("g1-a", 2005, "F"), child("g2-a", 2005, "F"), child("g3-a", 2005, "F")),
        homes=(near, _in_new_york(near)),
        counsel=(Counsel("k1", ("BAL",), 1),),
        court_counties=free_sample().court_counties,
        overrides=(pin("g2", "k1"),),
    )
    assert ask(program, "g1", "h1").refused_by == ("pinned",)
    assert ask(program, "g3", "h1").refused_by == ("no_room",)


def test_the_price_of_a_lawful_wish_is_told_level_by_level() -> None:
    kin, foster = home("h1", "kin", "24510", 1), replace(home("h2", "foster", "24510", 1))
    program = Program(
        plan_date=TODAY,
        children=(child("g1-a", 2005, "F"), child("g2-a", 2005, "F")),
        homes=(kin, foster),
        kin=(replace(free_sample().kin[0], sibling_group_id="g1", home_id="h1"),),
    )
    answer = ask(program, "g1", "h2")
    assert answer.lawful
    placed = [(one.value, other.value) for one, other in zip(answer.before, answer.after, strict=True)]
    assert placed[:2] == [(2, 1), (1, 0)]
    assert answer.moved_groups == ("g1", "g2")


def test_a_home_goes_before_a_counsel_of_the_same_id() -> None:
    program = free_sample(counsel=(Counsel("h1", ("BAL",), 1),))
    assert not ask(program, "g4", "h1").is_counsel


def test_unknown_names_are_one_clear_line() -> None:
    with pytest.raises(UnknownName, match=r"^There is no sibling group g99 in this plan\.$"):
        ask(free_sample(), "g99", "h1")
    with pytest.raises(UnknownName, match=r"^There is no home and no counsel h99 in this plan\.$"):
        ask(free_sample(), "g1", "h99")
    with pytest.raises(UnknownName):
        check_group(free_sample(), "")


def test_the_checker_confirms_every_rule_and_knows_no_other() -> None:
    """Of pairs alone: the independent checker, asked about the group in the home, finds the same codes."""
    asked = 0
    for seed in range(60):
        program = replace(random_program(seed), overrides=())
        plan, facts = make_plan(program, policy=MARYLAND), gather(program, policy=MARYLAND)
        for group in sorted(g for g, children in facts.waiting.items() if children):
            for one in program.homes:
                found = broken_rules(facts, one.home_id, {group: facts.waiting_children(group)})
                expected = {violation.code for violation in found}
                expected |= {program.held_groups[group]} if group in program.held_groups else set()
                if expected:
                    assert set(ask(program, group, one.home_id, plan=plan).refused_by) == expected
                    asked += 1
    assert asked > 200


def test_a_group_kept_apart_from_one_that_is_pinned_there_is_told_both() -> None:
    program = free_sample(
        separations=(Separation("g1", "synthetic", other_group_id="g4"),), overrides=(pin("g1", "h1"),)
    )
    assert ask(program, "g4", "h1").refused_by == ("separation", "pinned")


def questions(count: int) -> Iterator[tuple[Program, str, str]]:
    """Random programs as they read back from a folder, each with one group and one home or counsel."""
    for seed in range(count):
        rng = Random(seed)
        program = random_program(1000 + seed, few_edges=seed % 3 > 0)
        program = replace(program, held_groups={}, closed_homes=frozenset())
        group = rng.choice(sorted({c.sibling_group_id for c in program.children}))
        homes = [one.home_id for one in program.homes]
        counsel = [one.counsel_id for one in program.counsel]
        yield program, group, rng.choice(counsel if counsel and rng.random() < 0.35 else homes)


def planned(program: Program, folder: Path, out: Path) -> Path:
    """The whole path: a folder on the disk, read, planned, checked and written."""
    write_program(program, folder=folder)
    make_and_write(folder, wishes=Wishes(out=out), progress=lambda _: None)
    return out


def test_sixty_random_answers_equal_a_plan_made_anew_from_a_folder_with_the_pin(tmp_path: Path) -> None:
    lawful = 0
    for number, (program, group, target) in enumerate(questions(60)):
        place = tmp_path / str(number)
        first = read_plan(planned(program, place / "a", place / "a-plan"))
        answer = why_not(
            first.program,
            policy=MARYLAND,
            plan=first.plan,
            group=group,
            target=target,
        )
        with_row = with_pin(program, answer)
        out = planned(with_row, place / "b", place / "b-plan")
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        refused = {(p["group"], p["target"]): p["rule"] for p in summary["refused_pins"]}
        before = {(p.group, p.target) for p in first.plan.refused_pins}
        if not answer.lawful:
            assert (group, target) in refused or refused.keys() - before, (number, answer)
            assert refused.get((group, target), answer.refused_by[0]) in answer.refused_by, (number, answer)
            continue
        lawful += 1
        assert refused.keys() == before, (number, answer)
        assert [level.value for level in answer.after] == [
            round(level["value"] * 10) if level["name"] == "distance_km" else level["value"]
            for level in summary["levels"]
        ], (number, answer)
        assert answer.moved_groups == _moved(place / "a-plan", out)
        now = read_plan(out).plan
        assert answer.moved_groups == moved_groups(first.plan, now)
    assert lawful >= 15


def _moved(one: Path, other: Path) -> tuple[str, ...]:
    """From the files alone."""
    where = []
    for out in (one, other):
        with (out / "placements.csv").open(encoding="utf-8", newline="") as stream:
            where.append(
                {
                    row["sibling_group_id"]: (row["home_id"], row["counsel_id"])
                    for row in csv.DictReader(stream)
                }
            )
    groups = where[0].keys() | where[1].keys()
    return tuple(sorted(group for group in groups if where[0].get(group) != where[1].get(group)))
