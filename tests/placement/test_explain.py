"""Why: about this group alone, and no rule is named that the independent checker does not confirm."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from posada.placement.check_facts import Facts, gather
from posada.placement.check_homes import broken_rules
from posada.placement.explain import Explanation, explain
from posada.placement.explain_words import LANGUAGES, sentences_of
from posada.placement.plan import make_plan
from posada.placement.why_not import UnknownName
from posada.records import Court, KinLink, Override, Placement, Plan, Program
from tests.placement.random_programs import MARYLAND, TODAY, random_program
from tests.placement.sample_plan import child, home, sample_plan, sample_program


def told(program: Program, group: str, *, plan: Plan | None = None, language: str = "en") -> list[str]:
    plan = plan or make_plan(program, policy=MARYLAND)
    found = explain(program, policy=MARYLAND, plan=plan, group=group)
    return sentences_of(found, language=language)


def everyone(count: int) -> Iterator[tuple[Program, Plan, Explanation]]:
    """Every group of random programs, with its explanation."""
    for seed in range(count):
        program = random_program(seed, few_edges=seed % 2 == 0)
        plan = make_plan(program, policy=MARYLAND)
        for group in sorted({c.sibling_group_id for c in program.children} | set(program.held_groups)):
            yield program, plan, explain(program, policy=MARYLAND, plan=plan, group=group)


def test_who_goes_to_kin_is_told_so_in_a_few_sentences() -> None:
    program = replace(
        sample_program(),
        kin=(KinLink("g2", "h2", "2A", "aunt"),),
        courts=(Court("HYA", "Hyattsville Court"),),
    )
    assert told(program, "g2", plan=sample_plan()) == [
        "The girl goes to home h2: it is the home of their aunt and people there speak Spanish.",
        "This home keeps the rules: it has a bed that is free and its safety checks are clear.",
        "Legal helper k2 takes their case and works at the court (Hyattsville Court).",
        "They need an interpreter to talk with the legal helper.",
        "The hearing is at one court (Hyattsville Court), but the home belongs to another, "
        "so someone must ask to move the case.",
    ]
    assert told(program, "g2", plan=sample_plan(), language="es")[0] == (
        "La niña va al hogar h2: es el hogar de su tía y allí se habla español."
    )


def test_a_choice_of_a_worker_and_a_refused_one_are_told() -> None:
    assert told(sample_program(), "g1", plan=sample_plan()) == [
        "The 2 children stay together and go to home h1: a worker of the program chose it "
        "and people there speak Spanish.",
        "This home keeps the rules: it has beds for all of them, it takes children of this age, "
        "it can meet their needs, its license is good and its safety checks are clear.",
        "Legal helper k1 takes their case, works at the court (BAL), and speaks Spanish.",
        "A worker of the program chose this legal helper.",
    ]
    assert told(sample_program(), "g5", plan=sample_plan()) == [
        "There is no home for this child tonight.",
        "No home may take them by the rules. "
        "What stands in the way of a home most often: it cannot meet all of their needs.",
        "A worker asked for h1, but that could not be done: it cannot meet all of their needs.",
        "Next step: find a home for one child, age 11.",
        "The home must be able to meet their needs.",
    ]


def test_the_license_exception_comes_with_its_number() -> None:
    assert (
        "No one moves in yet: more than 6 children will live in this home, "
        "so it must first get a written permit." in told(sample_program(), "g3", plan=sample_plan())
    )


def test_siblings_who_live_somewhere_are_told() -> None:
    program = sample_program()
    assert told(program, "g7", plan=sample_plan())[0] == (
        "The boy goes to home h4: a brother or sister lives there already and people there speak Spanish."
    )
    assert told(program, "g8", plan=sample_plan()) == [
        "They live in home h1 already, and this plan does not move them."
    ]
    apart = replace(
        program,
        children=(*program.children, child("g8-b", 2006, "F")),
        placements=(*program.placements, Placement("g8-b", "h4", TODAY)),
    )
    assert told(apart, "g8") == ["They live in homes h1 and h4 already, and this plan does not move them."]
    full = replace(program, homes=tuple(replace(h, licensed_capacity=1) for h in program.homes))
    assert told(full, "g7")[1:] == [
        "Home h4, where a brother or sister lives, cannot take them: too few places are left there.",
        "Next step: ask if that home may take more, or plan a move of all of them to one home.",
    ]


def test_a_held_group_is_told_which_row_and_nothing_of_what_stood_in_it() -> None:
    found = explain(
        sample_program(),
        policy=MARYLAND,
        plan=sample_plan(),
        group="g6",
        held_rows=[("children.csv", 12, ("sex",)), ("overrides.csv", 2, ())],
    )
    assert sentences_of(found, language="en") == [
        "We have no plan for them tonight, because what we wrote about them is not whole.",
        "In children.csv, row 12 was refused; please look at: sex.",
        "In overrides.csv, row 2 was refused.",
        "Next step: correct this, then make the plan again.",
    ]
    assert found.broken == (("incomplete_group", ""),)


def test_kin_whose_home_may_not_take_them_or_could_not_are_told() -> None:
    program = replace(
        sample_program(),
        overrides=(Override("pin", "g1", "synthetic", "a worker", home_id="h1"),),
        homes=(*sample_program().homes, home("h5", "kin", "24033", 1), home("h6", "kin", "24033", 3)),
        kin=(KinLink("g1", "h5", "3", "Godmother"), KinLink("g1", "h6", "1")),
    )
    sentences = told(program, "g1")
    assert (
        "The home of family (h5) cannot take them now: too few places are left there "
        "and it has too few of the right beds." in sentences
    )
    assert (
        "The home of a parent or guardian (h6) may take them by the rules, "
        "but the best plan for all could not send them there." in sentences
    )


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(UnknownName):
        told(sample_program(), "g99", plan=sample_plan())


def test_no_other_group_and_no_child_is_ever_named() -> None:
    asked = 0
    for program, _, found in everyone(80):
        others = {c.sibling_group_id for c in program.children} - {found.group}
        children = {c.child_id for c in program.children}
        for language in LANGUAGES:
            text = " ".join(sentences_of(found, language=language))
            assert not set(re.findall(r"[\w-]+", text)) & (others | children), text
            assert found.group not in text
        asked += 1
    assert asked > 150


def test_what_others_speak_need_or_come_from_changes_no_word() -> None:
    for program, plan, found in everyone(25):
        others = tuple(
            c if c.sibling_group_id == found.group else replace(c, languages=(), country=None, needs=())
            for c in program.children
        )
        changed = replace(program, children=others)
        assert explain(changed, policy=MARYLAND, plan=plan, group=found.group) == found


def test_the_checker_confirms_every_rule_that_is_named() -> None:
    seen: set[str] = set()
    for program, plan, found in everyone(150):
        facts = gather(program, policy=MARYLAND)
        seen.add(found.status)
        _confirm_kept(facts, plan, found)
        if found.status in ("placed", "waiting"):
            for code, target in found.broken:
                seen.add(code)
                _confirm_broken(facts, plan, found, code, target)
    assert seen >= {"placed", "waiting", "held", "lives", "no_room", "checks", "needs", "capacity"}


def _confirm_kept(facts: Facts, plan: Plan, found: Explanation) -> None:
    if found.home_id is None or found.status != "placed":
        assert found.kept == ()
        return
    company = {
        row.sibling_group_id: facts.waiting_children(row.sibling_group_id)
        for row in plan.groups
        if row.home_id == found.home_id
    }
    broken = {violation.code for violation in broken_rules(facts, found.home_id, company)}
    kind = facts.home[found.home_id].kind
    exempt = set(facts.policy.kin_home_exempt) if kind == "kin" else set()
    for code, home_id in found.kept:
        assert home_id == found.home_id
        assert code not in broken | exempt


def _confirm_broken(facts: Facts, plan: Plan, found: Explanation, code: str, target: str) -> None:
    children = {found.group: facts.waiting_children(found.group)}
    at_home = {h: {v.code for v in broken_rules(facts, h, children)} for h in facts.home}
    if any((p.group, p.target, p.rule) == (found.group, target, code) for p in plan.refused_pins):
        return
    if target:
        assert code in at_home[target], (found, code, target)
    elif code == "no_room":
        assert not all(at_home.values())
        assert not facts.stands_in.get(found.group)
    elif code == "sibling_already_placed":
        assert len(facts.stands_in[found.group]) > 1
    else:
        assert all(at_home.values())
        assert any(code in codes for codes in at_home.values())


def test_the_reason_for_no_counsel_is_the_plans_and_the_rows_confirm_it() -> None:
    codes = set()
    for program, plan, found in everyone(120):
        left = {row.sibling_group_id: row for row in plan.unrepresented}
        keys = [point.key for point in found.points if point.key.startswith("counsel.")]
        if found.status != "placed" or found.counsel_id is not None:
            continue
        row = left[found.group]
        assert keys == [f"counsel.{row.reason_code}"]
        at_court = [c for c in program.counsel if row.court_code in c.courts]
        assert (row.reason_code == "no_court") == (row.court_code is None)
        assert (row.reason_code == "no_counsel_at_court") == (row.court_code is not None and not at_court)
        codes.add(row.reason_code)
    assert codes >= {"no_court", "no_counsel_at_court", "caseload_full"}
