"""One year, day by day: homes open and close, placements end, groups come and are offered homes.

Comes in: a `Year`, a policy, the rules' numbers. Goes out: `Run`, with every placement made. All hard rules
hold on every day; a group that no home may take waits, and asks again when a home or its own age changes.
Docs: docs/how-to/simulate-a-year.md. Tests: tests/simulation/test_run.py.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from posada.placement.problem import Group
from posada.rulebook.policy import Policy as Rules
from posada.simulation.counsel_desk import CounselDesk
from posada.simulation.groups_today import GroupsToday
from posada.simulation.homes_today import HomesToday
from posada.simulation.numbers import Numbers
from posada.simulation.policies import Policy, Today
from posada.simulation.weekly import LoadTold, WeeklyLoad, by_counsel
from posada.simulation.year import DAY, Year

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Offer:
    """A group moves in. Counts are of children; `waited` is in days."""

    day: date
    group_id: str
    home_id: str
    children: int
    with_kin: int
    sharing_language: int
    waited: int


@dataclass(frozen=True, slots=True)
class Run:
    """A simulated year. `counsel_of`: group -> counsel; `never_placed`: group -> children."""

    offers: tuple[Offer, ...]
    counsel_of: Mapping[str, str]
    never_placed: Mapping[str, int]
    aged_out: Mapping[str, int]
    gone_elsewhere: Mapping[str, int]
    county_load: LoadTold
    worker_load: LoadTold
    counsel_load: LoadTold

    @property
    def children_placed(self) -> int:
        """Children who were placed on some day."""
        return sum(offer.children for offer in self.offers)

    @property
    def children_represented(self) -> int:
        """... of them matched with counsel."""
        return sum(offer.children for offer in self.offers if offer.group_id in self.counsel_of)

    @property
    def mean_days_waited(self) -> float:
        """Days from arrival to placement, over the children placed."""
        total = sum(offer.waited * offer.children for offer in self.offers)
        return total / self.children_placed if self.offers else 0.0


def simulate(year: Year, *, policy: Policy, rules: Rules, numbers: Numbers) -> Run:
    """Run the year; `policy` is used for this year only."""
    loop = _Loop(year, policy=policy, rules=rules, numbers=numbers)
    for number in range(year.days):
        if number % 7 == 0:
            loop.next_week()
        loop.live(year.start + number * DAY)
    return loop.told()


@dataclass(slots=True)
class _Made:
    offers: list[Offer] = field(default_factory=list)
    counsel_of: dict[str, str] = field(default_factory=dict)
    wants_counsel: dict[str, tuple[Group, str | None]] = field(default_factory=dict)


class _Loop:
    def __init__(self, year: Year, *, policy: Policy, rules: Rules, numbers: Numbers) -> None:
        self.year, self.policy, self.numbers = year, policy, numbers
        self.homes = HomesToday(year, policy=rules, placement_days=numbers.placement_days)
        self.groups = GroupsToday(year, self.homes, wait_days=numbers.wait_days)
        self.counsel = CounselDesk(self.homes.problem, week_cap=numbers.counsel_week_groups)
        self.load = WeeklyLoad(self.homes.homes, numbers=numbers)
        self.counsel_weeks: list[Mapping[int, int]] = []
        self.made = _Made()
        # Had a lawful home, but not within this week's caps, or it was kept for others.
        self.asks_again: set[str] = set()
        self.every_home = np.arange(len(self.homes.homes))
        self.pinned: dict[str, list[int]] = defaultdict(list)
        for pin in self.homes.problem.pins:
            if pin.home_id is not None and pin.home_id in self.homes.index:
                self.pinned[pin.sibling_group_id].append(self.homes.index[pin.home_id])

    def next_week(self) -> None:
        self.load.next_week()
        self.counsel_weeks.append(self.counsel.next_week())

    def live(self, day: date) -> None:
        """One day, from the first group in the queue to the last."""
        changed = self.homes.to_day(day)
        asking = self.groups.to_day(day, changed_homes=changed)
        asking |= self.asks_again & self.groups.waiting.keys()
        self.asks_again.clear()
        self.policy.begin(Today(self.homes, self.groups, self.counsel, self.year.last))
        if self.numbers.counsel_week_groups:
            for group, court in list(self.made.wants_counsel.values()):
                self._match(group, court)
        lawful = self._lawful(asking, np.array(changed, dtype=np.int64))
        touched: set[int] = set()
        for group in self.policy.order([self.groups.waiting[group_id] for group_id in lawful]):
            homes = lawful[group.group_id]
            open_to = self._still_lawful(group, homes, touched)
            if len(open_to):
                home = self._chosen(group, open_to)
                if home is not None:
                    self._place(group, home)
                    touched.add(home)

    def _lawful(self, asking: set[str], changed: Ints) -> dict[str, Ints]:
        """Group -> its lawful homes this morning, in the order of the queue; groups without any left out.

        Who asked in vain before, and has not changed since, need only ask the homes that changed.
        """
        found: dict[str, Ints] = {}
        for wanted, homes in ((True, self.every_home), (False, changed)):
            some = [g for g in self.groups.waiting.values() if (g.group_id in asking) is wanted]
            if some and len(homes):
                table = self.homes.lawful(some, homes)
                for row in np.flatnonzero(table.any(axis=1)).tolist():
                    found[some[row].group_id] = homes[table[row]]
        return {group: found[group] for group in self.groups.waiting if group in found}

    def _still_lawful(self, group: Group, homes: Ints, touched: set[int]) -> Ints:
        """Those of the homes that are lawful after what was placed today."""
        if not touched:
            return homes
        again = np.isin(homes, np.fromiter(touched, dtype=np.int64, count=len(touched)))
        # Most homes that took somebody in today are full now: that needs no other rule to be asked.
        keep = ~(again & self.homes.is_full_for(group, homes))
        asked = np.flatnonzero(again & keep)
        if len(asked):
            keep[asked] = self.homes.lawful([group], homes[asked])[0]
        return homes[keep]

    def _chosen(self, group: Group, homes: Ints) -> int | None:
        """The home that the group is offered; None where caps leave none, or the policy keeps them."""
        pinned = [home for home in self.pinned.get(group.group_id, ()) if home in homes][:1]
        if pinned:
            homes = np.array(pinned)
        within = [
            h for h in homes.tolist() if self.load.has_room(self.homes.homes[h].county_fips, group.size)
        ]
        if not within:
            self.asks_again.add(group.group_id)
            return None
        home = self.policy.choose(group, np.array(within, dtype=np.int64))
        if home is None:
            self.asks_again.add(group.group_id)
        return home

    def _place(self, group: Group, number: int) -> None:
        home = self.homes.homes[number]
        is_kin = home.kind == "kin"
        spoken = set(home.languages)
        self.made.offers.append(
            Offer(
                day=self.homes.today,
                group_id=group.group_id,
                home_id=home.home_id,
                children=group.size,
                with_kin=group.size * is_kin,
                sharing_language=sum(is_kin or bool(spoken & set(c.languages)) for c in group.children),
                waited=(self.homes.today - self.year.arrival[group.group_id]).days,
            )
        )
        self.homes.place(group, number)
        del self.groups.waiting[group.group_id]
        self.load.add(home.county_fips, group.size)
        self._match(group, self.counsel.court_of(group, home.county_fips))

    def _match(self, group: Group, court: str | None) -> None:
        counsel = self.policy.counsel(group, court)
        if counsel is None:
            self.made.wants_counsel[group.group_id] = (group, court)
            return
        self.made.wants_counsel.pop(group.group_id, None)
        self.counsel.take(counsel)
        self.made.counsel_of[group.group_id] = self.homes.problem.counsel[counsel].counsel_id

    def told(self) -> Run:
        """What came of the year."""
        return Run(
            offers=tuple(self.made.offers),
            counsel_of=self.made.counsel_of,
            never_placed={g: each.size for g, each in self.groups.waiting.items()},
            aged_out=self.groups.aged_out,
            gone_elsewhere=self.groups.gone,
            county_load=self.load.by_county(),
            worker_load=self.load.by_worker(),
            counsel_load=by_counsel(
                self.counsel_weeks, ids=[c.counsel_id for c in self.homes.problem.counsel]
            ),
        )
