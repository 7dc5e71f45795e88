"""Sibling groups that nobody belongs to: ages, sexes, languages, needs, arrivals and where they are now.

Drawn from the published shares named in `assumptions.toml`. Tests: tests/demonstration/test_families.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from posada.demonstration.assumptions import Assumptions
from posada.demonstration.chance import Chance, Weights
from posada.demonstration.places import arrival_months, border_counties
from posada.records import Child
from posada.records.people import age_on


@dataclass(frozen=True, slots=True)
class Family:
    """A sibling group and its children, before anyone has a home."""

    sibling_group_id: str
    children: tuple[Child, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that any of the children has, best first."""
        return tuple(dict.fromkeys(code for child in self.children for code in child.languages))

    @property
    def needs(self) -> tuple[str, ...]:
        """Needs that any of the children has."""
        return tuple(sorted({need for child in self.children for need in child.needs}))


class _Shares:
    """The assumptions about children, ready to draw from."""

    def __init__(self, assumptions: Assumptions, *, scope: str) -> None:
        self.plan_date = assumptions.day("program.plan_date")
        self.sizes = Weights(assumptions.sizes("children.group_sizes"))
        self.ages = Weights(assumptions.shares("children.ages"))
        self.young = Weights(assumptions.shares("children.ages_to_twelve"))
        self.countries = Weights(assumptions.shares("children.countries"))
        self.other_countries = Weights(assumptions.shares("children.other_countries"))
        self.languages = {
            key.removeprefix("languages."): Weights(assumptions.shares(key))
            for key in assumptions.entries
            if key.startswith("languages.")
        }
        self.months = arrival_months(assumptions, scope=scope)
        self.border = border_counties(assumptions)
        self.shelters = Weights(assumptions.shares("locations.shelters"))
        self.needs = assumptions.shares("needs.share")
        self.number = {
            name: assumptions.number(name)
            for name in (
                "children.male", "children.sex_unknown_or_other", "children.country_unknown",
                "children.languages_unknown", "children.spanish_as_second_language",
                "children.english_as_second_language", "children.location_unknown",
                "children.arrival_unknown", "locations.shelter_share", "needs.pregnancy",
            )
        }  # fmt: skip


def families(assumptions: Assumptions, *, scope: str, children: int, seed: int) -> tuple[Family, ...]:
    """Sibling groups with so many children in all; the last group is cut to fit."""
    chance, shares = Chance(seed, part="children"), _Shares(assumptions, scope=scope)
    return tuple(_families(chance, shares, children=children))


def _families(chance: Chance, shares: _Shares, *, children: int) -> Iterator[Family]:
    digits, made, group = max(5, len(str(children))), 0, 0
    while made < children:
        size = min(int(chance.pick(shares.sizes)), children - made)
        group += 1
        group_id = f"g{group:0{digits}}"
        common = _common(chance, shares)
        members = tuple(
            _child(chance, shares, common, child_id=f"c{made + at + 1:0{digits}}", group_id=group_id)
            for at in range(size)
        )
        made += size
        yield Family(group_id, members)


@dataclass(frozen=True, slots=True)
class _Common:
    """What siblings have in common."""

    country: str | None
    best_language: str
    arrived_on: date
    location_fips: str | None


def _common(chance: Chance, shares: _Shares) -> _Common:
    country = chance.pick(shares.countries)
    if country == "other":
        country = chance.pick(shares.other_countries)
    language = chance.pick(shares.languages[country])
    month = chance.pick(shares.months)
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=32)).replace(day=1)
    arrived_on = first + timedelta(days=chance.between(0, (following - first).days - 1))
    location = (
        chance.pick(shares.shelters)
        if chance.happens(shares.number["locations.shelter_share"])
        else chance.pick(shares.border[month])
    )
    unknown_country = chance.happens(shares.number["children.country_unknown"])
    unknown_place = chance.happens(shares.number["children.location_unknown"])
    return _Common(
        country=None if unknown_country else country,
        best_language=language,
        arrived_on=arrived_on,
        location_fips=None if unknown_place else location,
    )


def _child(chance: Chance, shares: _Shares, common: _Common, *, child_id: str, group_id: str) -> Child:
    age = _age(chance, shares)
    sex = "M" if chance.happens(shares.number["children.male"]) else "F"
    if chance.happens(shares.number["children.sex_unknown_or_other"]):
        sex = "X"
    needs = chance.several(shares.needs)
    if sex == "F" and age >= 14 and chance.happens(shares.number["needs.pregnancy"]):
        needs = (*needs, "pregnancy")
    return Child(
        child_id=child_id,
        sibling_group_id=group_id,
        birth_date=min(birth_date(chance, age=age, on=shares.plan_date), common.arrived_on),
        sex=sex,
        languages=_languages(chance, shares, best=common.best_language, age=age),
        country=common.country,
        arrived_on=None if chance.happens(shares.number["children.arrival_unknown"]) else common.arrived_on,
        needs=needs,
        location_fips=common.location_fips,
    )


def _age(chance: Chance, shares: _Shares) -> int:
    band = chance.pick(shares.ages)
    if band == "0-12":
        band = chance.pick(shares.young)
    low, _, high = band.partition("-")
    return chance.between(int(low), int(high))


def birth_date(chance: Chance, *, age: int, on: date) -> date:
    """A day on which someone was born who is of that age on a day."""
    born = same_day(on, years_ago=age) - timedelta(days=chance.between(0, 364))
    return born if age_on(born, on) == age else born + timedelta(days=1)  # 29 February, asked on the 28th


def same_day(on: date, *, years_ago: int) -> date:
    """The same day so many years ago; 28 February where that year has no 29th."""
    try:
        return on.replace(year=on.year - years_ago)
    except ValueError:
        return on.replace(year=on.year - years_ago, day=28)


def _languages(chance: Chance, shares: _Shares, *, best: str, age: int) -> tuple[str, ...]:
    if chance.happens(shares.number["children.languages_unknown"]):
        return ()
    second = chance.happens(shares.number["children.spanish_as_second_language"])
    third = chance.happens(shares.number["children.english_as_second_language"])
    found = [best]
    if best not in ("spa", "cmn", "pan", "guj") and second and age >= 4:
        found.append("spa")
    if best != "eng" and third and age >= 4:
        found.append("eng")
    return tuple(found)
