"""The rules of formats and policy for the oracles: who may go where, alone and together. Nothing shared.

Written from the published table of rules, not from src/posada/placement. `World.of` reads a program once.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import atan2, cos, radians, sin, sqrt

from posada.records import Child, Counsel, Home, Program
from posada.reference.counties import county_points
from posada.rulebook.policy import Policy


@dataclass(frozen=True)
class World:
    """A program and its policy, with children sorted into those who wait and those who stand."""

    program: Program
    policy: Policy
    waiting: dict[str, list[Child]]  # group -> children to place; held groups and empty ones are not here
    family: dict[str, list[Child]]  # group -> all its children
    living: dict[str, list[Child]]  # home -> children who stand there

    @staticmethod
    def of(program: Program, *, policy: Policy) -> "World":
        """Sort the children."""
        stands = [
            p for p in program.placements if not (p.to_date is not None and p.to_date < program.plan_date)
        ]
        family: dict[str, list[Child]] = defaultdict(list)
        waiting: dict[str, list[Child]] = defaultdict(list)
        living: dict[str, list[Child]] = defaultdict(list)
        for child in program.children:
            family[child.sibling_group_id].append(child)
            there = {p.home_id for p in stands if p.child_id == child.child_id}
            for home_id in there:
                living[home_id].append(child)
            if not there and child.sibling_group_id not in program.held_groups:
                waiting[child.sibling_group_id].append(child)
        return World(program, policy, dict(waiting), dict(family), dict(living))

    @cached_property
    def homes(self) -> dict[str, Home]:
        """Homes by id."""
        return {h.home_id: h for h in self.program.homes}

    @cached_property
    def counsel(self) -> dict[str, Counsel]:
        """Counsel by id."""
        return {c.counsel_id: c for c in self.program.counsel}

    @cached_property
    def slots(self) -> dict[str, int]:
        """Counsel -> open slots."""
        return {c.counsel_id: c.open_slots for c in self.program.counsel}

    def size(self, group: str) -> int:
        """Children of the group to place."""
        return len(self.waiting[group])

    def age(self, born: date) -> int:
        """Whole years on the plan date."""
        day = self.program.plan_date
        years = day.year - born.year
        return years - 1 if (day.month, day.day) < (born.month, born.day) else years

    def standing_homes(self, group: str) -> set[str]:
        """Homes where some of the group live already."""
        return {
            home
            for home, children in self.living.items()
            if any(c.sibling_group_id == group for c in children)
        }

    def lives_in_only(self, group: str, home_id: str) -> bool:
        """Whether nobody of the group waits and all of them stand in this one home."""
        return (
            group not in self.waiting
            and group not in self.program.held_groups
            and (self.standing_homes(group) == {home_id})
        )

    def broken_alone(self, group: str, home_id: str) -> list[str]:
        """Rule codes that this group breaks in this home with those who stand there, in the table's order."""
        home = self.homes[home_id]
        codes = [*self._papers(home), *self.broken_together(home_id, [group]), *self._wishes(group, home)]
        if home.kind == "kin":
            codes = [c for c in codes if c not in self.policy.kin_home_exempt]
            if (group, home_id) not in {(k.sibling_group_id, k.home_id) for k in self.program.kin}:
                codes.append("kin_only")
        if any(s.sibling_group_id == group and s.home_id == home_id for s in self.program.separations):
            codes.append("separation")
        if any(
            o.action == "forbid" and o.sibling_group_id == group and o.home_id == home_id
            for o in self.program.overrides
        ):
            codes.append("forbidden")
        if home_id in self.program.closed_homes:
            codes.append("incomplete_separation")
        if self.standing_homes(group) - {home_id}:
            codes.append("sibling_already_placed")
        return codes

    def _papers(self, home: Home) -> list[str]:
        day = self.program.plan_date
        codes = []
        if (
            home.license_from is None
            or home.license_to is None
            or not home.license_from <= day
            or not home.license_to >= day + timedelta(days=self.policy.license_days_left)
        ):
            codes.append("license")
        if home.checks_clear_until is None or not home.checks_clear_until >= day:
            codes.append("checks")
        return codes

    def _wishes(self, group: str, home: Home) -> list[str]:
        ages = [self.age(c.birth_date) for c in self.waiting[group]]
        low = -1 if home.age_min is None else home.age_min
        high = 1000 if home.age_max is None else home.age_max
        codes = []
        if not all(low <= age <= high for age in ages):
            codes.append("age")
        if home.accepts_sexes and not {c.sex for c in self.waiting[group]} <= set(home.accepts_sexes):
            codes.append("sex")
        if home.max_siblings is not None and len(self.family[group]) > home.max_siblings:
            codes.append("willing")
        if not {n for c in self.family[group] for n in c.needs} <= set(home.abilities):
            codes.append("needs")
        return codes

    def broken_together(self, home_id: str, groups: Sequence[str]) -> list[str]:
        """Rule codes of load and company, if exactly these groups come to the home."""
        home, there = self.homes[home_id], self.living.get(home_id, [])
        everyone = there + [c for g in groups for c in self.waiting[g]]
        codes = []
        if len(everyone) > home.licensed_capacity:
            codes.append("capacity")
        if home.kind in self.policy.household_kinds:
            codes += self._household(home, everyone)
        girls, boys = (sum(c.sex == sex for c in everyone) for sex in "FM")
        if (
            girls > home.beds_girls + home.beds_any
            or boys > home.beds_boys + home.beds_any
            or len(everyone) > home.beds_girls + home.beds_boys + home.beds_any
        ):
            codes.append("beds")
        names = set(groups) | {c.sibling_group_id for c in there}
        if any(
            {s.sibling_group_id, s.other_group_id} <= names
            and {s.sibling_group_id, s.other_group_id} & set(groups)
            for s in self.program.separations
            if s.other_group_id is not None
        ):
            codes.append("separation")
        return codes

    def _household(self, home: Home, everyone: list[Child]) -> list[str]:
        one_family = len({c.sibling_group_id for c in everyone}) == 1
        most = self.policy.household_siblings_max if one_family else self.policy.household_max
        codes = ["household"] if len(everyone) + self._own_minors(home) > most else []
        births = [*home.own_children_birth_dates, *(c.birth_date for c in everyone)]
        infants = sum(self.age(born) < self.policy.under_two_age for born in births)
        if self.policy.under_two_max is not None and infants > self.policy.under_two_max:
            codes.append("under_two")
        return codes

    def _own_minors(self, home: Home) -> int:
        ages = [self.age(born) for born in home.own_children_birth_dates]
        return sum(age < self.policy.adult_age for age in ages) * self.policy.household_counts_own

    def is_over_ordinary_number(self, home_id: str, groups: Sequence[str]) -> bool:
        """Whether these groups in a foster home need the exception for siblings (lawful or not)."""
        home, n = self.homes[home_id], sum(self.size(g) for g in groups)
        total = n + len(self.living.get(home_id, ())) + self._own_minors(home)
        return home.kind in self.policy.household_kinds and total > self.policy.household_max

    @cached_property
    def _lawful(self) -> dict[str, list[str]]:
        return {g: [h for h in sorted(self.homes) if not self.broken_alone(g, h)] for g in self.waiting}

    def lawful_homes(self, group: str) -> list[str]:
        """Homes that may take the group if it comes alone."""
        return self._lawful[group]

    def court(self, group: str, home_id: str) -> str | None:
        """The court used for matching counsel."""
        hearings = sorted(
            (h.hearing_date, h.court_code) for h in self.program.hearings if h.sibling_group_id == group
        )
        if hearings:
            return hearings[0][1]
        county = self.homes[home_id].county_fips
        return next((c.court_code for c in self.program.court_counties if c.county_fips == county), None)

    def lawful_counsel(self, group: str, home_id: str) -> list[str]:
        """Counsel who may act for the group if it lives in the home; slots are not looked at."""
        court = self.court(group, home_id)
        dates = [h.hearing_date for h in self.program.hearings if h.sibling_group_id == group]
        barred = {s.counsel_id for s in self.program.separations if s.sibling_group_id == group}
        barred |= {
            o.counsel_id
            for o in self.program.overrides
            if o.action == "forbid" and o.sibling_group_id == group
        }
        return [
            name
            for name, one in sorted(self.counsel.items())
            if court is not None
            and court in one.courts
            and name not in barred
            and not (dates and one.available_from is not None and one.available_from > min(dates))
        ]

    def spoken(self, group: str, counsel_id: str) -> int:
        """Children to place who share a language with the counsel."""
        return sum(
            bool(set(c.languages) & set(self.counsel[counsel_id].languages)) for c in self.waiting[group]
        )

    def worth(self, group: str, home_id: str) -> tuple[int, int, int, int, int]:
        """(placed, with kin, sharing a language, cents a day, tenths of a kilometre)."""
        home, children = self.homes[home_id], self.waiting[group]
        kin = len(children) if home.kind == "kin" else 0
        shared = kin or sum(bool(set(c.languages) & set(home.languages)) for c in children)
        cents = len(children) * (home.cost_cents_per_child_day or 0)
        tenths = [tenths_between(c.location_fips, home.county_fips) for c in children]
        return len(children), kin, shared, cents, sum(tenths)


def tenths_between(from_fips: str | None, to_fips: str) -> int:
    """Tenths of a kilometre by the angle between two unit vectors: another formula than the product's."""
    if from_fips is None:
        return 0
    vectors = []
    for fips in (from_fips, to_fips):
        lat, lon = (radians(v) for v in county_points()[fips])
        vectors.append((cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)))
    (a, b, c), (x, y, z) = vectors
    across = sqrt((b * z - c * y) ** 2 + (c * x - a * z) ** 2 + (a * y - b * x) ** 2)
    return round(10 * round(6371.0088 * atan2(across, a * x + b * y + c * z), 1))
