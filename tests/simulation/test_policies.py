"""A policy cannot read the future: another tomorrow leaves every offer until today as it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from posada.placement.problem import build_problem
from posada.records import Opening, Program
from posada.simulation.forecast import learnt_elsewhere, learnt_so_far
from posada.simulation.policies import ByPrices, FirstCome, Policy
from posada.simulation.run import simulate
from posada.simulation.shadow import Expectation
from posada.simulation.year import DAY, Year, as_it_is
from tests.placement.random_programs import MARYLAND, TODAY
from tests.simulation.random_years import DAYS, NUMBERS, random_folder

Offered = list[tuple[date, str, str, str | None]]


def another_tomorrow(program: Program, today: date) -> Program:
    """After `today` other children come – older, fewer, with other needs – and all homes close or open."""
    later = {
        c.sibling_group_id for c in program.children if c.arrived_on is not None and c.arrived_on > today
    }
    gone = sorted(later)[::3]
    children = [
        replace(child, birth_date=child.birth_date - 400 * DAY, arrived_on=today + 2 * DAY, needs=("asthma",))
        if child.sibling_group_id in later
        else child
        for child in program.children
        if child.sibling_group_id not in gone
    ]
    openings = [
        replace(row, closes_on=today + DAY) if row.closes_on is None or row.closes_on > today else row
        for row in program.openings
        if row.opens_on <= today
    ]
    openings += [Opening(row.home_id, today + 3 * DAY) for row in program.openings if row.opens_on > today]
    hearings = [
        replace(row, hearing_date=row.hearing_date + timedelta(days=30))
        for row in program.hearings
        if row.sibling_group_id in later
    ]
    hearings += [row for row in program.hearings if row.sibling_group_id not in later]
    left = {child.child_id for child in children}
    return replace(
        program,
        children=tuple(children),
        openings=tuple(openings),
        hearings=tuple(hearings),
        placements=tuple(p for p in program.placements if p.child_id in left),
    )


def first_come(folder: Program, year: Year) -> Policy:
    return FirstCome()


def prices_from_elsewhere(folder: Program, year: Year) -> Policy:
    forecast = learnt_elsewhere(folder, year=year, rules=MARYLAND, numbers=NUMBERS, arrivals=1.0)
    return ByPrices(resolve_days=NUMBERS.resolve_days, forecast=forecast)


def prices_from_so_far(folder: Program, year: Year) -> Policy:
    forecast = learnt_so_far(year, rules=MARYLAND, numbers=NUMBERS)
    return ByPrices(resolve_days=NUMBERS.resolve_days, forecast=forecast)


@pytest.mark.parametrize("policy", [first_come, prices_from_elsewhere, prices_from_so_far])
@pytest.mark.parametrize("seed", range(10))
def test_a_changed_tomorrow_leaves_todays_offers_alone(
    seed: int, policy: Callable[[Program, Year], Policy]
) -> None:
    folder, today = random_folder(seed), TODAY + 25 * DAY

    def offers(program: Program) -> Offered:
        year = as_it_is(program, start=TODAY, days=DAYS)
        run = simulate(year, policy=policy(folder, year), rules=MARYLAND, numbers=NUMBERS)
        return [(o.day, o.group_id, o.home_id, run.counsel_of.get(o.group_id)) for o in run.offers]

    as_it_was, changed = offers(folder), offers(another_tomorrow(folder, today))
    assert [o for o in as_it_was if o[0] <= today] == [o for o in changed if o[0] <= today]


def test_the_changed_tomorrow_is_another() -> None:
    changed = 0
    for seed in range(10):
        folder = random_folder(seed)
        years = [
            as_it_is(each, start=TODAY, days=DAYS)
            for each in (folder, another_tomorrow(folder, TODAY + 25 * DAY))
        ]
        runs = [
            simulate(year, policy=first_come(folder, year), rules=MARYLAND, numbers=NUMBERS) for year in years
        ]
        changed += runs[0].offers != runs[1].offers
    assert changed >= 5


def test_first_come_keeps_the_queue_and_prices_offer_the_largest_groups_first() -> None:
    groups = build_problem(random_folder(3), policy=MARYLAND).groups
    assert len({group.size for group in groups}) > 1
    assert list(FirstCome().order(groups)) == list(groups)
    ordered = ByPrices(resolve_days=10, forecast=lambda day: Expectation([], lambda home, is_open: [])).order(
        groups
    )
    assert [group.size for group in ordered] == sorted((group.size for group in groups), reverse=True)
    assert set(ordered) == set(groups)
