"""Who is counted where; and that a field which no rule uses changes nothing in a plan."""

from dataclasses import replace
from random import Random

from posada.placement.audit import AGE_BANDS, NOT_KNOWN, Row, age_band, audit
from posada.placement.plan import make_plan
from posada.records import Opening
from tests.placement.random_programs import MARYLAND, TODAY, random_program
from tests.placement.sample_plan import DAY, sample_plan, sample_program

COUNTRIES = ("HND", "GTM", "SLV", "MEX", None)


def test_every_child_who_had_no_home_is_counted_once_in_every_table() -> None:
    found = audit(sample_program(), sample_plan(), country_of={})
    # g7-a and g8-a live in a home already; g6 is held and waits
    assert found.total.children == 14
    assert (found.total.placed, found.total.waiting) == (12, 2)
    for rows in found.tables.values():
        assert sum(rows.values(), Row()) == found.total


def test_the_totals_are_the_levels_of_the_plan() -> None:
    for seed in range(40):
        program = random_program(seed)
        plan = make_plan(program, policy=MARYLAND)
        total = audit(program, plan).total
        value = {level.name: level.value for level in plan.levels}
        assert total.placed == value["children_placed"]
        assert total.with_kin == value["children_with_kin"]
        assert total.sharing_language == value["children_sharing_language"]
        assert total.represented == value["children_represented"]
        assert total.waiting == sum(row.children for row in plan.unplaced)


def test_rows_are_told_by_age_sex_best_language_and_country() -> None:
    program = sample_program()
    country_of = {child.child_id: child.country for child in program.children if child.child_id != "g1-a"}
    tables = audit(program, sample_plan(), country_of=country_of).tables
    assert list(tables["language"]) == ["spa"]
    assert set(tables["sex"]) == {"F", "M", "X"}
    assert tables["sex"]["X"].children == 1
    assert list(tables["country"]) == ["HND", NOT_KNOWN]
    assert tables["country"][NOT_KNOWN].children == 1
    assert list(tables["age"])[-1] == "13–15"
    assert "country" not in audit(program, sample_plan()).tables


def test_days_waited_count_from_the_day_of_arrival_where_it_is_known_and_past() -> None:
    program = sample_program()
    days = {"g1-a": 10, "g1-b": 0, "g2-a": -3}
    children = tuple(
        replace(c, arrived_on=TODAY - days[c.child_id] * DAY) if c.child_id in days else c
        for c in program.children
    )
    total = audit(replace(program, children=children), sample_plan()).total
    assert (total.days_known, total.days_waited) == (2, 10)


def test_the_bands_cover_every_age_of_a_child_once() -> None:
    assert [age for low, high in AGE_BANDS for age in range(low, high + 1)] == list(range(18))
    assert age_band(9) == "6–9"


def test_a_swap_of_country_or_day_of_arrival_changes_nothing_in_the_plan() -> None:
    """No rule and no level uses them: whoever comes from wherever gets the same plan."""
    for seed in range(40):
        program, rng = random_program(seed), Random(seed)
        children = tuple(
            replace(c, country=rng.choice(COUNTRIES), arrived_on=TODAY - rng.randint(0, 90) * DAY)
            for c in program.children
        )
        changed = replace(program, children=children)
        assert make_plan(changed, policy=MARYLAND) == make_plan(program, policy=MARYLAND)


def test_a_swap_of_what_is_only_noted_down_changes_nothing_in_the_plan() -> None:
    """Which relative it is, who counsel work for, which cases they take: for people, not for a rule."""
    for seed in range(40):
        program, rng = random_program(seed), Random(seed)
        kin = tuple(
            replace(link, sponsor_category=rng.choice(("1", "2A", "2B", "3")), relationship="aunt")
            for link in program.kin
        )
        counsel = tuple(
            replace(one, organisation="an office", case_types=rng.choice((("sij",), ("asylum",), ())))
            for one in program.counsel
        )
        openings = tuple(Opening(home.home_id, TODAY - DAY) for home in program.homes)
        changed = replace(program, kin=kin, counsel=counsel, openings=openings, name="another", seed=7)
        assert make_plan(changed, policy=MARYLAND) == make_plan(program, policy=MARYLAND)
