"""Foster and group homes, and the kin who open theirs: capacities, licenses, languages, costs.

Tests: tests/demonstration/test_homes.py.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from posada.demonstration.assumptions import Assumptions
from posada.demonstration.chance import Chance, Weights
from posada.demonstration.families import birth_date
from posada.demonstration.places import county_weights
from posada.records import Home, Opening
from posada.reference.counties import county_state

HOUSEHOLD = 6
"""Children in a usual foster home, its own included; the rule itself is in the rulebook."""


class HomeMaker:
    """Draws foster and group homes, one after the other."""

    def __init__(self, assumptions: Assumptions, *, state: str | None, seed: int) -> None:
        self.a = assumptions
        self.plan_date = assumptions.day("program.plan_date")
        self.chance = Chance(seed, part="homes")
        self.counties = county_weights(state)
        self.weights = {
            name: Weights(assumptions.shares(f"homes.{name}")) for name in ("ages", "sexes", "max_siblings")
        }
        for name, least in (("foster_capacity", 1), ("group_capacity", 1), ("own_children", 0)):
            self.weights[name] = Weights(assumptions.sizes(f"homes.{name}", least=least))
        self.number = {
            key: assumptions.number(key)
            for key, entry in assumptions.entries.items()
            if key.startswith("homes.") and isinstance(entry.value, int | float)
        }
        self.languages = assumptions.shares("homes.languages")
        self.abilities = {kind: assumptions.shares(f"needs.{kind}_abilities") for kind in ("foster", "group")}

    def home(self, home_id: str) -> Home:
        """One home."""
        chance = self.chance
        kind = "group" if chance.happens(self.number["homes.group_homes"]) else "foster"
        capacity = int(chance.pick(self.weights[f"{kind}_capacity"]))
        county = chance.pick(self.counties)
        sexes = chance.pick(self.weights["sexes"])
        girls, boys, either = self._beds(capacity, sexes)
        age_min, age_max = self._ages()
        license_from, license_to = self._license()
        siblings = chance.pick(self.weights["max_siblings"])
        return Home(
            home_id=home_id,
            kind=kind,
            county_fips=county,
            licensed_capacity=capacity,
            license_from=license_from,
            license_to=license_to,
            checks_clear_until=checks_clear_until(chance, self.number, on=self.plan_date),
            beds_girls=girls,
            beds_boys=boys,
            beds_any=either,
            age_min=age_min,
            age_max=age_max,
            accepts_sexes=() if sexes == "any" else (sexes,),
            max_siblings=None if siblings == "none" or kind == "group" else min(int(siblings), capacity),
            languages=chance.several(self.languages) or ("eng",),
            abilities=chance.several(self.abilities[kind]),
            own_children_birth_dates=self._own_children(kind, capacity),
            cost_cents_per_child_day=self._cost(kind, county, age_max),
        )

    def _beds(self, capacity: int, sexes: str) -> tuple[int, int, int]:
        if sexes != "any":
            return (capacity, 0, 0) if sexes == "F" else (0, capacity, 0)
        if capacity > 1 and self.chance.happens(self.number["homes.rooms_by_sex"]):
            girls = self.chance.between(0, capacity)
            return girls, capacity - girls, 0
        return 0, 0, capacity

    def _ages(self) -> tuple[int | None, int | None]:
        band = self.chance.pick(self.weights["ages"])
        if band == "any":
            return None, None
        low, _, high = band.partition("-")
        return int(low), int(high)

    def _license(self) -> tuple[date | None, date | None]:
        chance, on = self.chance, self.plan_date
        since = on - timedelta(days=chance.between(20, 700))
        if chance.happens(self.number["homes.license_unknown"]):
            return None, None
        if chance.happens(self.number["homes.license_lapsed"]):
            return since - timedelta(days=730), on - timedelta(days=chance.between(1, 120))
        if chance.happens(self.number["homes.license_ends_soon"]):
            return since - timedelta(days=730), on + timedelta(days=chance.between(0, 29))
        return since, on + timedelta(days=chance.between(30, 730))

    def _own_children(self, kind: str, capacity: int) -> tuple[date, ...]:
        if kind == "group":
            return ()
        chance = self.chance
        count = int(chance.pick(self.weights["own_children"]))
        if capacity + count > HOUSEHOLD and not chance.happens(self.number["homes.crowded"]):
            count = HOUSEHOLD - capacity
        born = []
        for _ in range(count):
            age = chance.between(0, 17)
            if chance.happens(self.number["homes.own_child_grown"]):
                age = chance.between(18, 22)
            born.append(birth_date(chance, age=age, on=self.plan_date))
        return tuple(sorted(born))

    def _cost(self, kind: str, county: str, age_max: int | None) -> int | None:
        chance = self.chance
        if chance.happens(self.number["homes.cost_unknown"]):
            return None
        if kind == "group":
            middle = self.number["homes.group_cents_per_day"]
            return chance.about(middle, spread=self.number["homes.group_cost_spread"])
        band = "low" if age_max is not None and age_max < 12 else "high"
        middle = self.number[f"homes.foster_cents_per_day_{band}"]
        if county_state()[county] == "MD":
            return round(middle)
        return chance.about(middle, spread=self.number["homes.foster_cost_spread"])


def checks_clear_until(chance: Chance, number: dict[str, float], *, on: date) -> date | None:
    """Until when a home's checks are clear: seldom not known, seldom past."""
    if chance.happens(number["homes.checks_unknown"]):
        return None
    if chance.happens(number["homes.checks_expired"]):
        return on - timedelta(days=chance.between(1, 200))
    return on + timedelta(days=chance.between(0, 720))


def foster_homes(
    assumptions: Assumptions, *, state: str | None, children_without_kin: int, seed: int
) -> tuple[Home, ...]:
    """Foster and group homes with beds for the assumed share of the children without kin; at least one."""
    wanted = assumptions.number("homes.beds_per_child_without_kin") * children_without_kin
    maker, beds = HomeMaker(assumptions, state=state, seed=seed), 0
    made: list[Home] = []
    while beds < wanted or not made:
        home = maker.home(f"h{len(made) + 1:05}")
        made.append(home)
        beds += home.licensed_capacity
    return tuple(made)


def openings(assumptions: Assumptions, *, homes: Sequence[Home], seed: int) -> tuple[Opening, ...]:
    """When each foster or group home opened, before the plan date (for simulations)."""
    chance, plan_date = Chance(seed, part="openings"), assumptions.day("program.plan_date")
    days = assumptions.count("exceptions.openings_days")
    return tuple(Opening(home.home_id, plan_date - timedelta(days=chance.between(0, days))) for home in homes)
