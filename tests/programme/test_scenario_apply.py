"""The program under a scenario: what changes, what stays, and that it reads back as an ordinary folder."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from posada.placement.plan import make_plan
from posada.programme import read_program, write_program
from posada.programme.errors import ScenarioRefused
from posada.programme.scenario import SECTIONS, Scenario, read_scenario
from posada.programme.scenario_apply import apply_scenario
from posada.records import Counsel, Program
from posada.rulebook import policy_of
from tests.placement.random_programs import MARYLAND, TODAY
from tests.placement.sample_plan import DAY, sample_program
from tests.placement.test_recruit_wanted import short_of_homes


def changed(program: Program, text: str, folder: Path) -> Program:
    (folder / "s.toml").write_text(text, encoding="utf-8")
    return apply_scenario(program, read_scenario(folder / "s.toml", plan_date=program.plan_date))[0]


def test_kin_homes_are_for_groups_without_kin_and_the_same_ones_each_time(tmp_path: Path) -> None:
    text = '[[kin_homes]]\ncount = 2\ncounty = "24031"\n'
    program = short_of_homes()
    found = changed(program, text, tmp_path)
    assert [(h.home_id, h.kind) for h in found.homes[1:]] == [
        ("what-if-kin-home-1", "kin"),
        ("what-if-kin-home-2", "kin"),
    ]
    assert len({link.sibling_group_id for link in found.kin}) == 2
    assert changed(program, text, tmp_path) == found
    draws = {changed(program, f"seed = {seed}\n{text}", tmp_path).kin for seed in range(9)}
    assert len(draws) > 1
    gain = make_plan(found, policy=MARYLAND).levels[1].value
    assert gain == sum(h.licensed_capacity for h in found.homes[1:])


def test_homes_beds_and_counsel_are_added(tmp_path: Path) -> None:
    text = """
    homes = [{ count = 2, county = "24031", beds = 3, kind = "group", abilities = ["asthma"] }]
    beds = [{ more = 2 }, { more = 1, home = "h1" }]
    counsel = [{ count = 2, courts = ["BAL"], open_slots = 4, languages = ["spa"] }]
    """
    found = changed(short_of_homes(), text, tmp_path)
    first, second, third = found.homes
    assert (first.licensed_capacity, first.beds_any) == (4, 4)
    assert (second.home_id, third.home_id) == ("what-if-group-home-1", "what-if-group-home-2")
    assert (second.kind, second.beds_any, second.abilities) == ("group", 3, ("asthma",))
    assert found.counsel[1] == Counsel("what-if-counsel-2", ("BAL",), 4, ("spa",))
    assert make_plan(found, policy=MARYLAND).levels[0].value == 5


def test_what_names_a_removed_home_or_counsel_goes_with_it(tmp_path: Path) -> None:
    text = 'remove_homes = [{ home = "h3" }]\nremove_counsel = [{ counsel = "k2" }]\n'
    found = changed(replace(sample_program(), held_groups={}), text, tmp_path)
    assert "h3" not in {home.home_id for home in found.homes}
    assert [one.counsel_id for one in found.counsel] == ["k1"]
    assert [(s.home_id, s.counsel_id) for s in found.separations] == [(None, None)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('remove_homes = [{ home = "h9" }]', "remove_homes 1, home: found h9; wanted the id of a home"),
        (
            'remove_homes = [{ home = "h1" }]',
            "remove_homes 1, home: found h1; wanted a home in which no child",
        ),
        (
            'remove_counsel = [{ counsel = "k9" }]',
            "remove_counsel 1, counsel: found k9; wanted the id of counsel",
        ),
        (
            'beds = [{ more = 1, home = "h9" }]',
            "beds 1, home: found h9; wanted the id of a home of the program.",
        ),
        (
            'beds = [{ more = 1, county = "24001" }]',
            "beds 1, county: found 24001; wanted a county with a foster",
        ),
        ('beds = [{ more = 1, home = "h1", county = "24001" }]', "wanted one of them, or neither"),
        ('kin_homes = [{ count = 99, county = "24001" }]', "kin_homes 1, count: found 99; wanted at most 5:"),
        (
            'counsel = [{ count = 1, courts = ["X"], open_slots = 1 }]',
            "counsel 1, courts: found X; wanted codes of",
        ),
    ],
)
def test_what_the_program_does_not_have_is_one_clear_line(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(ScenarioRefused) as refused:
        changed(replace(sample_program(), held_groups={}), text, tmp_path)
    assert len(refused.value.messages) == 1
    assert refused.value.messages[0].startswith("s.toml, ")
    assert line in refused.value.messages[0]


def test_who_is_grown_by_a_later_plan_date_is_left_out(tmp_path: Path) -> None:
    program = short_of_homes()
    grown = replace(program.children[0], birth_date=date(1996, 8, 3))
    program = replace(program, children=(grown, *program.children[1:]))
    assert len(changed(program, "plan_date = 2014-08-02\n", tmp_path).children) == 5
    found = changed(program, "plan_date = 2014-08-03\n", tmp_path)
    assert (found.plan_date, len(found.children)) == (TODAY + 2 * DAY, 4)


def test_a_rule_changes_on_its_day(tmp_path: Path) -> None:
    program, placed = short_of_homes(capacity=5), []
    for day in ("2014-08-02", "2014-08-01"):
        rule = f'[[rule_changes]]\nrule = "household.max"\nvalue = 3\nfrom = {day}\n'
        found = changed(program, rule, tmp_path)
        placed.append(make_plan(found, policy=policy_of(found)).levels[0].value)
    assert placed == [5, 2]  # the home has a child of its own


def test_held_groups_are_left_out_and_closed_homes_stay_closed(tmp_path: Path) -> None:
    program = short_of_homes(held_groups={"g1": "incomplete_group"}, closed_homes=frozenset({"h1"}))
    found = changed(program, "beds = [{ more = 5 }]\n", tmp_path)
    assert {child.sibling_group_id for child in found.children} == {"g2", "g3"}
    assert found.homes[0].checks_clear_until is None
    assert make_plan(found, policy=MARYLAND).levels[0].value == 0


def test_nothing_left_to_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioRefused, match="no child, or no home, would be left"):
        changed(short_of_homes(), 'remove_homes = [{ home = "h1" }]\n', tmp_path)


def test_the_result_is_an_ordinary_folder_without_countries(tmp_path: Path) -> None:
    program = replace(sample_program(), held_groups={})
    sections: Mapping[str, list[object]] = {key: [] for key in SECTIONS}
    scenario = Scenario("s.toml", "as it is", TODAY, None, sections, ())  # type: ignore[arg-type]
    found, told = apply_scenario(program, scenario)
    write_program(found, folder=tmp_path / "made")
    back = read_program(tmp_path / "made")
    assert (told, back.rejections, {child.country for child in back.children}) == ((), (), {None})
    assert make_plan(back, policy=MARYLAND) == make_plan(program, policy=MARYLAND)
