"""Counsel on a day: who may act, who has a slot left, and who takes the group.

Comes in: the problem of a simulated program. Goes out: `CounselDesk`. Who may act is decided by
`placement.counsel`. A slot once taken stays taken: cases outlast the year.
Tests: tests/simulation/test_counsel_desk.py.
"""

from collections import defaultdict

from posada.placement.counsel import Pool, may_act
from posada.placement.problem import Group, Problem


class CounselDesk:
    """Slots left (groups), and the groups taken this week, by counsel."""

    def __init__(self, problem: Problem, *, week_cap: int) -> None:
        self.problem, self._week_cap = problem, week_cap
        self.left: list[int] = [counsel.open_slots for counsel in problem.counsel]
        self.this_week: dict[int, int] = defaultdict(int)
        self.at_court: dict[str, list[int]] = defaultdict(list)
        for number, counsel in enumerate(problem.counsel):
            for court in sorted(set(counsel.courts)):
                self.at_court[court].append(number)
        self._pool = [
            Pool((number,), frozenset(c.courts), frozenset(c.languages), c.available_from)
            for number, c in enumerate(problem.counsel)
        ]
        self._pinned = {
            (pin.sibling_group_id, problem.counsel_index[pin.counsel_id])
            for pin in problem.pins
            if pin.counsel_id is not None and pin.counsel_id in problem.counsel_index
        }

    def next_week(self) -> dict[int, int]:
        """A new week begins; returned is the count that it will fill."""
        self.this_week = defaultdict(int)
        return self.this_week

    def court_of(self, group: Group, county_fips: str) -> str | None:
        """The court that the hearing names, or that of the home's county."""
        return group.hearing_court or self.problem.court_of_county.get(county_fips)

    def free(self, group: Group, court: str | None) -> list[int]:
        """Counsel who may take the group today, in the order of ids; one who is pinned to it alone."""
        found = [
            number
            for number in self.at_court.get(court or "", ())
            if self.left[number] > 0
            and not (self._week_cap and self.this_week[number] >= self._week_cap)
            and may_act(self.problem, group, self._pool[number], court or "")
        ]
        return [n for n in found if (group.group_id, n) in self._pinned] or found

    def first(self, group: Group, court: str | None) -> int | None:
        """The first who may."""
        return next(iter(self.free(group, court)), None)

    def best(self, group: Group, court: str | None) -> int | None:
        """Who shares a language with most of the children; then who can act at the fewest courts."""
        return min(
            self.free(group, court),
            key=lambda n: (-self.shared(group, n), len(self.problem.counsel[n].courts), n),
            default=None,
        )

    def shared(self, group: Group, counsel: int) -> int:
        """Children who share a language with the counsel."""
        spoken = set(self.problem.counsel[counsel].languages)
        return sum(bool(spoken & set(child.languages)) for child in group.children)

    def take(self, counsel: int) -> None:
        """One slot, today."""
        self.left[counsel] -= 1
        self.this_week[counsel] += 1
