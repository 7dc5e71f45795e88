"""The sibling groups that wait on a day: who has come, in which order, and how old they are today.

Comes in: a `Year` and the homes of today. Goes out: `GroupsToday`. A child who turns 18 while waiting can't
be placed any more; as in a plan, the siblings' group is then held as incomplete and leaves the queue. So does
a group that has waited for as long as the numbers say: it goes elsewhere.
Tests: tests/simulation/test_groups_today.py.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from posada.placement.problem import Group, group_on
from posada.records import Child
from posada.records.people import age_on, birthday
from posada.simulation.homes_today import HomesToday
from posada.simulation.year import DAY, Year

ADULT = 18
"""Children of this age or more are in no program folder (docs/reference/program-folder.md)."""


class GroupsToday:
    """The queue, first come first; `to_day` moves on."""

    def __init__(self, year: Year, homes: HomesToday, *, wait_days: int = 0) -> None:
        self.homes, self._wait_days = homes, wait_days
        self.today = year.start - DAY
        self._children: dict[str, list[Child]] = defaultdict(list)
        for child in sorted(year.program.children, key=lambda c: c.child_id):
            self._children[child.sibling_group_id].append(child)
        self._kin: dict[str, set[str]] = defaultdict(set)
        for link in year.program.kin:
            self._kin[link.sibling_group_id].add(link.home_id)
        self._hearing: dict[str, tuple[date, str]] = {}
        for row in year.program.hearings:
            first = (row.hearing_date, row.court_code)
            self._hearing[row.sibling_group_id] = min(first, self._hearing.get(row.sibling_group_id, first))
        self._settled = {r.child.child_id for living in homes.residents for r in living}
        self._comes: dict[date, list[str]] = defaultdict(list)
        for group, day in sorted(year.arrival.items()):
            if group not in year.program.held_groups and self.waiting_children(group):
                self._comes[max(day, year.start)].append(group)
        self._birthdays: dict[date, set[str]] = defaultdict(set)
        self.waiting: dict[str, Group] = {}  # in the order of arrival, then of ids
        self.aged_out: dict[str, int] = {}  # group -> its children
        self.gone: dict[str, int] = {}
        self._leaves: dict[date, list[str]] = defaultdict(list)

    def waiting_children(self, group: str) -> list[Child]:
        """Those of the group who have no home at the start."""
        return [c for c in self._children[group] if c.child_id not in self._settled]

    def to_day(self, day: date, *, changed_homes: Sequence[int]) -> set[str]:
        """Move on to the next day. Returns the groups that came or changed, and must ask every home."""
        self.today = day
        asking = set(self._comes.pop(day, ()))
        for group in sorted(asking):
            self.waiting[group] = self.on(group, day)
            self._note_birthdays(group, day)
            if self._wait_days:
                self._leaves[day + self._wait_days * DAY].append(group)
        for group in self._leaves.pop(day, ()):
            if group in self.waiting:
                self.gone[group] = self.waiting.pop(group).size
        touched = {self.homes.homes[h].home_id for h in changed_homes}
        changed = self._birthdays.pop(day, set()) & self.waiting.keys()
        changed |= {g for g, each in self.waiting.items() if touched & set(each.standing_homes)}
        for group in sorted(changed - asking):
            self.waiting[group] = self.on(group, day)
        for group in sorted(asking | changed):
            if self.waiting[group].age_max >= ADULT:
                self.aged_out[group] = self.waiting.pop(group).size
                asking.discard(group)
        return asking | (changed & self.waiting.keys())

    def on(self, group: str, day: date) -> Group:
        """The group as it is on a day, with today's homes of its siblings."""
        when, court = self._hearing.get(group, (None, None))
        children, waiting = self._children[group], self.waiting_children(group)
        standing: set[str] = set()
        if len(waiting) < len(children):
            standing = {s.home_id for s in self.homes.states if group in s.standing_groups}
        return group_on(
            children,
            waiting=waiting,
            on=day,
            policy=self.homes.policy,
            standing_homes=standing,
            kin_homes=self._kin.get(group, ()),
            hearing_court=court,
            hearing_date=when,
        )

    def _note_birthdays(self, group: str, day: date) -> None:
        for child in self.waiting_children(group):
            for years in range(age_on(child.birth_date, day) + 1, ADULT + 1):
                self._birthdays[birthday(child.birth_date, years=years)].add(group)
