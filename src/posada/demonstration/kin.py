"""Kin homes and who they are kin of. Tests: tests/demonstration/test_kin.py."""

from collections.abc import Sequence
from dataclasses import dataclass

from posada.demonstration.assumptions import Assumptions
from posada.demonstration.chance import Chance, Weights
from posada.demonstration.families import Family
from posada.demonstration.homes import checks_clear_until
from posada.demonstration.places import county_weights
from posada.records import Home, KinLink


@dataclass(frozen=True, slots=True)
class Kin:
    """Kin homes, links, and the county that each linked group's first kin live in."""

    homes: tuple[Home, ...]
    links: tuple[KinLink, ...]
    county_of_group: dict[str, str]


class _KinMaker:
    def __init__(self, assumptions: Assumptions, *, state: str | None, seed: int) -> None:
        self.chance = Chance(seed, part="kin")
        self.plan_date = assumptions.day("program.plan_date")
        self.counties = county_weights(state)
        self.categories = Weights(assumptions.shares("kin.categories"))
        self.relationships = {
            name: Weights(assumptions.shares(f"kin.relationships_{name}")) for name in ("1", "2A", "2B", "3")
        }
        self.number = {
            key: assumptions.number(key)
            for key, entry in assumptions.entries.items()
            if key.startswith(("kin.", "homes.")) and isinstance(entry.value, int | float)
        }
        self.homes: list[Home] = []
        self.links: list[KinLink] = []
        self.county_of_group: dict[str, str] = {}

    def home_for(self, *, family: Family, beds: int, county: str) -> Home:
        chance = self.chance
        if chance.happens(self.number["kin.too_few_beds"]):
            beds = max(1, beds - 1)
        met = not chance.happens(self.number["kin.needs_not_met"])
        spare = chance.between(0, 2)
        home = Home(
            home_id=f"k{len(self.homes) + 1:05}",
            kind="kin",
            county_fips=county,
            licensed_capacity=beds + spare,
            license_from=None,
            license_to=None,
            checks_clear_until=checks_clear_until(chance, self.number, on=self.plan_date),
            beds_girls=0,
            beds_boys=0,
            beds_any=beds + spare,
            languages=tuple(dict.fromkeys([*family.languages, "spa"])) if family.languages else ("spa",),
            abilities=family.needs if met else (),
            cost_cents_per_child_day=0,
        )
        self.homes.append(home)
        return home

    def link(self, family: Family, home: Home) -> None:
        category = self.chance.pick(self.categories)
        relationship = self.chance.pick(self.relationships[category])
        self.links.append(KinLink(family.sibling_group_id, home.home_id, category, relationship))


def kin(
    assumptions: Assumptions, *, families: Sequence[Family], kin_share: float, state: str | None, seed: int
) -> Kin:
    """Kin homes for a share of the groups: mostly one each, some with a second, some shared by two."""
    maker = _KinMaker(assumptions, state=state, seed=seed)
    linked = [family for family in families if maker.chance.happens(kin_share)]
    at = 0
    while at < len(linked):
        family, county = linked[at], maker.chance.pick(maker.counties)
        together = [family]
        # a pair is two groups, so half the share of groups
        if at + 1 < len(linked) and maker.chance.happens(maker.number["kin.shared_home"] / 2):
            together.append(linked[at + 1])
        _house(maker, together, county)
        at += len(together)
    return Kin(tuple(maker.homes), tuple(maker.links), maker.county_of_group)


def _house(maker: _KinMaker, together: list[Family], county: str) -> None:
    sizes = [len(family.children) for family in together]
    fits_all = maker.chance.happens(maker.number["kin.shared_home_fits_both"])
    merged = Family("", tuple(child for family in together for child in family.children))
    home = maker.home_for(family=merged, beds=sum(sizes) if fits_all else max(sizes), county=county)
    for family in together:
        maker.county_of_group[family.sibling_group_id] = county
        maker.link(family, home)
        if maker.chance.happens(maker.number["kin.second_home"]):
            elsewhere = maker.chance.happens(maker.number["kin.second_home_other_county"])
            second_county = maker.chance.pick(maker.counties) if elsewhere else county
            maker.link(family, maker.home_for(family=family, beds=len(family.children), county=second_county))
