"""The year by hand: every day, every group, every home, asked of the independent checker's rules.

Nothing of the simulation is used but its plain records; slow, and meant to be read.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from posada.placement.check_facts import Facts, gather, whole_years
from posada.placement.check_homes import broken_rules
from posada.records import Child, Placement, Program
from posada.rulebook.policy import Policy
from posada.simulation.numbers import Numbers
from posada.simulation.year import DAY, Year


@dataclass(frozen=True, slots=True)
class Stay:
    """A child in a home; the bed is free again on `leaves_on`."""

    child: Child
    home_id: str
    leaves_on: date


class House:
    """Who lives where, as plain rows."""

    def __init__(self, year: Year, *, rules: Policy, numbers: Numbers) -> None:
        self.year, self.rules, self.numbers = year, rules, numbers
        program = year.program
        self.children = {child.child_id: child for child in program.children}
        self.members: dict[str, list[Child]] = defaultdict(list)
        for child in sorted(program.children, key=lambda c: c.child_id):
            self.members[child.sibling_group_id].append(child)
        self.stays: list[Stay] = []
        for row in program.placements:
            leaves_on = row.from_date + numbers.placement_days * DAY
            if row.to_date:
                leaves_on = row.to_date + DAY
            elif leaves_on <= year.start:
                leaves_on = year.start + DAY
            if leaves_on > year.start:
                self.stays.append(Stay(self.children[row.child_id], row.home_id, leaves_on))
        self.settled = {stay.child.child_id for stay in self.stays}

    def to_place(self, group: str) -> list[Child]:
        """The children of a group who had no home at the start."""
        return [c for c in self.members[group] if c.child_id not in self.settled]

    def on(self, day: date) -> Program:
        """The program of the day, with who lives where this morning."""
        rows = [
            Placement(s.child.child_id, s.home_id, self.year.start, s.leaves_on - DAY)
            for s in self.stays
            if s.leaves_on > day
        ]
        return replace(self.year.program, plan_date=day, placements=tuple(rows))

    def is_open(self, home_id: str, day: date) -> bool:
        """Whether openings.csv has the home open."""
        rows = [o for o in self.year.program.openings if o.home_id == home_id]
        return not rows or any(o.opens_on <= day <= (o.closes_on or date.max) for o in rows)

    def allows(self, facts: Facts, group: str, home_id: str) -> bool:
        """Whether the checker finds no broken rule with the group in the home, on the facts' day."""
        arrivals = {group: tuple(self.to_place(group))}
        return self.is_open(home_id, facts.today) and not broken_rules(facts, home_id, arrivals)

    def move_in(self, group: str, home_id: str, day: date) -> None:
        """The group moves in."""
        leaves_on = day + self.numbers.placement_days * DAY
        self.stays += [Stay(child, home_id, leaves_on) for child in self.to_place(group)]

    def queue(self, day: date, done: set[str]) -> Iterator[str]:
        """Who asks on the day, first come first."""
        for group, comes in sorted(self.year.arrival.items(), key=lambda each: (each[1], each[0])):
            children = self.to_place(group)
            if comes > day or group in done or group in self.year.program.held_groups or not children:
                continue
            waited = (day - comes).days
            is_minor = all(whole_years(c.birth_date, day) < 18 for c in children)
            if is_minor and not (self.numbers.wait_days and waited >= self.numbers.wait_days):
                yield group


def first_come_by_hand(year: Year, *, rules: Policy, numbers: Numbers) -> list[tuple[date, str, str]]:
    """(day, group, home) of every placement: kin first, then the first by id; a pin above both."""
    house, done, found = House(year, rules=rules, numbers=numbers), set[str](), []
    homes = sorted(year.program.homes, key=lambda h: (h.kind != "kin", h.home_id))
    pins = {
        (o.sibling_group_id, o.home_id) for o in year.program.overrides if o.action == "pin" and o.home_id
    }
    for number in range(year.days):
        day = year.start + number * DAY
        for group in list(house.queue(day, done)):
            facts = gather(house.on(day), policy=rules)
            lawful = [h.home_id for h in homes if house.allows(facts, group, h.home_id)]
            pinned = sorted(home_id for home_id in lawful if (group, home_id) in pins)[:1]
            for home_id in (pinned or lawful)[:1]:
                house.move_in(group, home_id, day)
                done.add(group)
                found.append((day, group, home_id))
    return found


def breaks(offers: list[tuple[date, str, str]], year: Year, *, rules: Policy, numbers: Numbers) -> list[str]:
    """Every offer that the checker, or the queue, does not allow on its day; and every week above a cap."""
    house, done, wrong = House(year, rules=rules, numbers=numbers), set[str](), []
    county = {home.home_id: home.county_fips for home in year.program.homes}
    loads: Counter[tuple[int, str]] = Counter()
    for day, group, home_id in offers:
        facts = gather(house.on(day), policy=rules)
        if group not in set(house.queue(day, done)):
            wrong.append(f"{day}: {group} is not waiting")
        if not house.allows(facts, group, home_id):
            wrong.append(f"{day}: {group} may not go to {home_id}")
        house.move_in(group, home_id, day)
        done.add(group)
        week = ((day - year.start).days // 7, county[home_id])
        before, size = loads[week], len(house.to_place(group))
        loads[week] += size
        if before and numbers.county_week_children and before + size > numbers.county_week_children:
            wrong.append(f"{day}: {county[home_id]} is above its cap")
    return wrong


def most_children(year: Year, *, rules: Policy, numbers: Numbers) -> int:
    """The best course of the year by trying all: on each day each group goes somewhere, or nowhere yet."""
    best = 0

    def live(house: House, day: date, done: set[str], placed: int) -> None:
        nonlocal best
        best = max(best, placed)
        if day > year.last:
            return
        waiting = [g for g in year.arrival if g not in done]
        if placed + sum(len(house.to_place(g)) for g in waiting) <= best:
            return
        facts = gather(house.on(day), policy=rules)
        for group in house.queue(day, done):
            for home in year.program.homes:
                if house.allows(facts, group, home.home_id):
                    kept = list(house.stays)
                    house.move_in(group, home.home_id, day)
                    live(house, day, {*done, group}, placed + len(house.to_place(group)))
                    house.stays = kept
        live(house, day + DAY, done, placed)

    live(House(year, rules=rules, numbers=numbers), year.start, set(), 0)
    return best
