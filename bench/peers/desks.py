"""Counsel one group at a time: who may act for it at a court, and the slots that are left."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from posada.placement.problem import Group, Problem
from posada.records import Counsel

Choice = tuple[int, int]
"""(children who share a language with the counsel, minus the counsel's place): the larger the better."""


class OpenSlots:
    """Slots left of every counsel. Counsel of a court who are alike are looked at together."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.slots = [c.open_slots for c in problem.counsel]
        alike: dict[str, dict[tuple[tuple[str, ...], date | None], list[int]]] = defaultdict(dict)
        for number, counsel in enumerate(problem.counsel):
            for court in counsel.courts:
                key = (counsel.languages, counsel.available_from)
                alike[court].setdefault(key, []).append(number)
        self._alike = alike

    def court(self, group: Group, home: int) -> str | None:
        """The court that counsel must list if the group lives in the home."""
        if group.hearing_court is not None:
            return group.hearing_court
        return self.problem.court_of_county.get(self.problem.homes[home].home.county_fips)

    def best(self, group: Group, court: str | None) -> Choice | None:
        """The counsel with an open slot who shares a language with most children; None where nobody may."""
        found: list[Choice] = []
        for (languages, _), members in self._alike.get(court or "", {}).items():
            for number in members:
                if self.slots[number] > 0 and self._may_act(group, self.problem.counsel[number]):
                    shared = sum(bool(set(c.languages) & set(languages)) for c in group.children)
                    found.append((shared, -number))
                    break
        return max(found, default=None)

    def everyone(self, group: Group, court: str | None) -> Iterator[tuple[int, int]]:
        """(counsel, children who share a language) of everyone with an open slot who may act."""
        for (languages, _), members in self._alike.get(court or "", {}).items():
            shared = sum(bool(set(c.languages) & set(languages)) for c in group.children)
            for number in members:
                if self.slots[number] > 0 and self._may_act(group, self.problem.counsel[number]):
                    yield number, shared

    def _may_act(self, group: Group, counsel: Counsel) -> bool:
        barred = self.problem.separated_counsel.get(group.group_id, frozenset())
        barred |= self.problem.forbidden.get(group.group_id, frozenset())
        too_late = (
            counsel.available_from and group.hearing_date and counsel.available_from > group.hearing_date
        )
        return counsel.counsel_id not in barred and not too_late

    def take(self, choice: Choice) -> int:
        """Use one slot of the choice; the counsel's place in `Problem.counsel`."""
        number = -choice[1]
        self.slots[number] -= 1
        return number
