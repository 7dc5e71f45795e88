"""The homes of a simulated program on a day: who lives there, what room is left, which are open.

Every number that a rule reads comes from `placement.feasible`; here is only kept which homes must be read
again on which day, so that a year costs no more than its changes.
Comes in: a `Year` and its policy. Goes out: `HomesToday`. Tests: tests/simulation/test_homes_today.py.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from posada.placement import feasible
from posada.placement.problem import Group, HomeState, Problem, build_problem, home_on
from posada.records import Child, Home, Opening
from posada.records.people import birthday
from posada.rulebook.policy import Policy
from posada.simulation.year import DAY, Year

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Resident:
    """A child in a home, through the day before `leaves_on` (None: to the end and beyond)."""

    child: Child
    leaves_on: date | None

    def is_there(self, on: date) -> bool:
        """Whether the child still lives there."""
        return self.leaves_on is None or self.leaves_on > on


class HomesToday:
    """Homes sorted by id. `to_day` moves on; `place` brings a group; `lawful` asks the rules."""

    def __init__(self, year: Year, *, policy: Policy, placement_days: int) -> None:
        self.problem: Problem = build_problem(year.program, policy=policy)
        self.policy, self.today, self.placement_days = policy, year.start, placement_days
        self.homes: tuple[Home, ...] = tuple(state.home for state in self.problem.homes)
        self.index = self.problem.home_index
        self.needs = tuple(sorted({need for child in year.program.children for need in child.needs}))
        self._closed = year.program.closed_homes
        self._openings: dict[str, list[Opening]] = defaultdict(list)
        for opening in year.program.openings:
            self._openings[opening.home_id].append(opening)
        self._papers: dict[int, list[tuple[date, date, bool]]] = {}
        self.residents: list[list[Resident]] = [[] for _ in self.homes]
        self._due: dict[date, set[int]] = defaultdict(set)
        self._already_there(year)
        for number, home in enumerate(self.homes):
            for day in self.days_of_change(home):
                self._due[day].add(number)
        self.states: list[HomeState] = [self.state_on(h, self.today) for h in range(len(self.homes))]
        self.rows = feasible.home_rows(self.states, problem=self.problem_on(self.today), needs=self.needs)
        self.is_kin: Bools = self.rows.is_kin[0].copy()
        self._named = {
            *self.problem.separated_groups,
            *self.problem.separated_homes,
            *self.problem.forbidden,
        }

    def _already_there(self, year: Year) -> None:
        """A placement of the folder takes up room from the first day on, even if it begins later."""
        children = {child.child_id: child for child in year.program.children}
        leaves: dict[tuple[str, str], date] = {}  # several rows for the same bed are one stay
        for row in year.program.placements:
            ends = max(row.from_date + self.placement_days * DAY, year.start + DAY)
            leaves_on = row.to_date + DAY if row.to_date else ends
            stay = (row.child_id, row.home_id)
            leaves[stay] = max(leaves_on, leaves.get(stay, leaves_on))
        for (child_id, home_id), leaves_on in leaves.items():
            if leaves_on > year.start:
                self._move_in(Resident(children[child_id], leaves_on), self.index[home_id])

    def _move_in(self, resident: Resident, home: int) -> None:
        self.residents[home].append(resident)
        self._due[birthday(resident.child.birth_date, years=self.policy.under_two_age)].add(home)
        if resident.leaves_on is not None:
            self._due[resident.leaves_on].add(home)

    def days_of_change(self, home: Home) -> list[date]:
        """The days on which what the rules read of an empty home may change."""
        days = [opening.opens_on for opening in self._openings[home.home_id]]
        days += [o.closes_on + DAY for o in self._openings[home.home_id] if o.closes_on]
        if home.license_from:
            days.append(home.license_from)
        if home.license_to:
            days.append(home.license_to + timedelta(days=1 - self.policy.license_days_left))
        if home.checks_clear_until:
            days.append(home.checks_clear_until + DAY)
        for born in home.own_children_birth_dates:
            days += [birthday(born, years=y) for y in (self.policy.under_two_age, self.policy.adult_age)]
        return days

    def is_open(self, home: Home, on: date) -> bool:
        """Whether openings.csv has the home open; a home that it does not name always is."""
        openings = self._openings.get(home.home_id)
        return not openings or any(
            o.opens_on <= on and (o.closes_on is None or on <= o.closes_on) for o in openings
        )

    def state_on(self, number: int, on: date, *, whatever_opens: bool = False) -> HomeState:
        """The home on a day with those of today's residents who are still there then.

        A home that is not open yet, or no longer, is closed to all, like one that a rejected row names.
        """
        home = self.homes[number]
        return home_on(
            home,
            living=[r.child for r in self.residents[number] if r.is_there(on)],
            on=on,
            policy=self.policy,
            is_closed=home.home_id in self._closed or not (whatever_opens or self.is_open(home, on)),
        )

    def problem_on(self, day: date) -> Problem:
        """The problem with another plan date: only what the rules about homes read is of that day."""
        return self.problem if self.problem.plan_date == day else replace(self.problem, plan_date=day)

    def papers(self, number: int) -> list[tuple[date, date, bool]]:
        """Stretches of days (from, through) and whether license, checks and protective rows allow them."""
        if number not in self._papers:
            days = sorted(set(self.days_of_change(self.homes[number])))
            starts, ends = [date.min, *days], [*(day - DAY for day in days), date.max]
            self._papers[number] = [
                (start, end, self._papers_hold(number, end if start == date.min else start))
                for start, end in zip(starts, ends, strict=True)
            ]
        return self._papers[number]

    def _papers_hold(self, number: int, on: date) -> bool:
        asked = self.today if on == date.max else on
        state = self.state_on(number, asked, whatever_opens=True)
        rows = feasible.home_rows([state], problem=self.problem_on(asked), needs=())
        exempt = state.home.kind == "kin" and "license" in self.policy.kin_home_exempt
        license_holds = bool(rows.license_holds[0, 0]) or exempt
        return license_holds and bool(rows.checks_hold[0, 0]) and not rows.is_closed[0, 0]

    def openings(self, number: int) -> list[tuple[date, date]]:
        """Stretches of days (from, through) on which openings.csv has the home open."""
        found = self._openings.get(self.homes[number].home_id)
        if not found:
            return [(date.min, date.max)]
        return [(o.opens_on, o.closes_on or date.max) for o in found]

    def to_day(self, day: date) -> list[int]:
        """Move on to a later day. Returns the homes that changed since."""
        days = [self.today + (n + 1) * DAY for n in range((day - self.today).days)]
        self.today = day
        changed = sorted(set().union(*(self._due.pop(each, set()) for each in days)))
        for home in changed:
            self.residents[home] = [r for r in self.residents[home] if r.is_there(day)]
        self._read_again(changed)
        return changed

    def place(self, group: Group, home: int) -> None:
        """The group moves in today."""
        leaves_on = self.today + self.placement_days * DAY
        for child in group.children:
            self._move_in(Resident(child, leaves_on), home)
        self._read_again([home])

    def _read_again(self, homes: Sequence[int]) -> None:
        if not homes:
            return
        for home in homes:
            self.states[home] = self.state_on(home, self.today)
        fresh = feasible.home_rows(
            [self.states[home] for home in homes], problem=self.problem_on(self.today), needs=self.needs
        )
        for name in fresh.__slots__:
            new, old = getattr(fresh, name), getattr(self.rows, name)
            if isinstance(new, dict):
                for key, values in new.items():
                    old[key][:, homes] = values
            else:
                old[:, homes] = new

    def lawful(self, groups: Sequence[Group], homes: Ints) -> Bools:
        """(n_groups, n_homes): the pairs that every hard rule allows today, with who lives there now."""
        rows = feasible.take_homes(self.rows, homes)
        columns = feasible.group_columns(groups, needs=self.needs)
        allowed = feasible.lawful_by_home(columns, rows, self.problem)
        place = {int(home): k for k, home in enumerate(homes)}
        kin = self.is_kin[homes]
        for row, group in enumerate(groups):
            linked = [place[h] for h in map(self.index.get, group.kin_homes) if h in place]
            mine = ~kin
            mine[linked] = True
            allowed[row] &= mine
            if group.group_id in self._named or group.standing_homes:
                self._ask_by_name(group, allowed[row], homes)
        return allowed

    def is_full_for(self, group: Group, homes: Ints) -> Bools:
        """(n,): homes whose licensed capacity leaves too few places for the group today; the rule allows none."""
        if "capacity" in self.policy.kin_home_exempt:
            return np.zeros(len(homes), dtype=np.bool_)
        return np.asarray(self.rows.capacity_left[0][homes] < group.size, dtype=np.bool_)

    def would_take(self, group: Group, home: int, *, on: date, beside: Sequence[Child] = ()) -> bool:
        """Whether the home may take the group on a later day, if until then only `beside` moves in."""
        staying = [r.child for r in self.residents[home] if r.is_there(on)]
        state = home_on(
            self.homes[home],
            living=[*staying, *beside],
            on=on,
            policy=self.policy,
            is_closed=self.homes[home].home_id in self._closed,
        )
        rows = feasible.home_rows([state], problem=self.problem_on(on), needs=self.needs)
        columns = feasible.group_columns([group], needs=self.needs)
        return bool(feasible.lawful_by_home(columns, rows, self.problem)[0, 0]) and not (
            feasible.pair_refusals(self.problem, group, state)
        )

    def _ask_by_name(self, group: Group, allowed: Bools, homes: Ints) -> None:
        """Separations, forbidden pairs, and siblings who live somewhere already."""
        for k, home in enumerate(homes.tolist()):
            state = self.states[home]
            if state.home_id in group.standing_homes:
                allowed[k] = not feasible.refusals(self.problem_on(self.today), group, state)
            elif allowed[k]:
                allowed[k] = not feasible.pair_refusals(self.problem, group, state)
