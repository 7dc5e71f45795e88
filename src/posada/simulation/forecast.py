"""What a policy may expect: years drawn by other seeds than any run's, or what came so far.

A drawn year is run with prices learnt from years of other seeds, drawn from the same folder. The folder's own
year must not be learnt from itself: there, the groups who came so far are expected to come again at the same
rate. Comes in: a `Year`, the program it is from. Goes out: a `Forecast`.
Tests: tests/simulation/test_forecast.py.
"""

from collections import defaultdict
from datetime import date
from random import Random

from posada.placement.problem import Group
from posada.records import Program
from posada.rulebook.policy import Policy
from posada.simulation.groups_today import GroupsToday
from posada.simulation.homes_today import HomesToday
from posada.simulation.numbers import Numbers
from posada.simulation.shadow import Expectation, Forecast
from posada.simulation.year import DAY, Year, copies_of, drawn

Expected = tuple[Group, date]


def learnt_elsewhere(
    program: Program, *, year: Year, rules: Policy, numbers: Numbers, arrivals: float
) -> Forecast:
    """Years of the seeds -1, -2, …, which no run has; `arrivals`: the rate that they are drawn at."""
    years = [
        drawn(
            program,
            start=year.start,
            days=year.days,
            seed=-1 - number,
            arrivals=arrivals,
            shift=numbers.arrival_shift_days,
        )
        for number in range(numbers.forecast_years)
    ]
    groups = [_groups_of(each, rules=rules, numbers=numbers) for each in years]

    openings: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for row in years[0].program.openings:
        openings[row.home_id].append((row.opens_on, row.closes_on or date.max))

    def opens(home_id: str, is_open: bool) -> list[tuple[date, date]]:
        return openings.get(home_id, [(date.min, date.max)])

    def expect(day: date) -> Expectation:
        return Expectation(
            [[(group, comes) for group, comes in each if comes > day] for each in groups], opens
        )

    return expect


def learnt_so_far(year: Year, *, rules: Policy, numbers: Numbers) -> Forecast:
    """The groups who came until the day asked about, again, at the rate at which they came."""
    groups = {g.group_id: g for g, _ in _groups_of(year, rules=rules, numbers=numbers)}

    def opens(home_id: str, is_open: bool) -> list[tuple[date, date]]:
        return [(date.min, date.max)] if is_open else []

    def expect(day: date) -> Expectation:
        known = [g for g, comes in year.arrival.items() if year.start < comes <= day and g in groups]
        past, rest = (day - year.start).days, (year.last - day).days
        if not known or rest <= 0:
            return Expectation([], opens)
        years = [
            [
                (groups[copy.group], copy.day)
                for copy in copies_of(
                    known,
                    days_to_draw=[day + (1 + k * rest // len(known)) * DAY for k in range(len(known))],
                    count=round(len(known) * rest / past),
                    chance=Random(f"{-1 - number}:{day}"),  # noqa: S311  synthetic years, no secret
                    shift=0,
                    first=day + DAY,
                    last=year.last,
                )
            ]
            for number in range(numbers.forecast_years)
        ]
        return Expectation(years, opens)

    return expect


def _groups_of(year: Year, *, rules: Policy, numbers: Numbers) -> list[Expected]:
    """Every group of a year that will have to be placed, as it is when it comes."""
    homes = HomesToday(year, policy=rules, placement_days=numbers.placement_days)
    groups = GroupsToday(year, homes)
    return [
        (groups.on(group, comes), comes)
        for group, comes in year.arrival.items()
        if group not in year.program.held_groups and groups.waiting_children(group)
    ]
