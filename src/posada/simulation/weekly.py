"""The load of a week: children newly placed by county and by worker, groups newly taken by counsel.

Weeks are counted from the first day of the year. Comes in: homes and `Numbers`. Goes out: `WeeklyLoad`, which
also holds the caps. Docs: docs/how-to/simulate-a-year.md. Tests: tests/simulation/test_weekly.py.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from posada.records import Home
from posada.simulation.numbers import Numbers


@dataclass(frozen=True, slots=True)
class LoadTold:
    """The most, the mean over all weeks and all counties, workers or counsel, and whose the most was."""

    most: float
    mean: float
    whose: str = ""


class WeeklyLoad:
    """Children placed in each county this week, and in every week so far."""

    def __init__(self, homes: Sequence[Home], *, numbers: Numbers) -> None:
        self.numbers = numbers
        self.homes_in = Counter(home.county_fips for home in homes)
        self.this_week: dict[str, int] = defaultdict(int)
        self.weeks: list[dict[str, int]] = []

    def workers(self, county: str) -> int:
        """Placement workers of a county: one for each so many homes, at least one."""
        return -(-self.homes_in[county] // self.numbers.homes_per_worker)

    def next_week(self) -> None:
        """A new week begins."""
        self.this_week = defaultdict(int)
        self.weeks.append(self.this_week)

    def has_room(self, county: str, children: int) -> bool:
        """Whether so many more children keep the caps this week; a group above a cap may come alone."""
        already = self.this_week[county]
        caps = [self.numbers.county_week_children]
        if self.numbers.worker_week_children:
            caps.append(self.numbers.worker_week_children * self.workers(county))
        return already == 0 or all(not cap or already + children <= cap for cap in caps)

    def add(self, county: str, children: int) -> None:
        """Children newly placed in a county."""
        self.this_week[county] += children

    def by_county(self) -> LoadTold:
        """Children a week and county, over the counties with a home."""
        return _told(self.weeks, dict.fromkeys(self.homes_in, 1))

    def by_worker(self) -> LoadTold:
        """Children a week and worker; a county's children are spread evenly over its workers."""
        return _told(self.weeks, {county: self.workers(county) for county in self.homes_in})


def by_counsel(weeks: Sequence[Mapping[int, int]], *, ids: Sequence[str]) -> LoadTold:
    """Groups newly taken a week and counsel; `ids` name them by number."""
    named = [{ids[number]: load for number, load in week.items()} for week in weeks]
    return _told(named, dict.fromkeys(ids, 1))


def _told(weeks: Sequence[Mapping[str, int]], sharers: Mapping[str, int]) -> LoadTold:
    """`sharers`: over how many people the load of each name is spread. The first of equal peaks is told."""
    most, total, whose = 0.0, 0, ""
    for number, week in enumerate(weeks, 1):
        for name in sorted(week):
            load = week[name] / sharers[name]
            total += week[name]
            if load > most:
                most, whose = load, f"{name} in week {number}"
    count = len(weeks) * sum(sharers.values())
    return LoadTold(most, total / count if count else 0.0, whose)
