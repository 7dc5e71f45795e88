"""The hard rules of homes, counted anew over everyone who lives in a home after the plan.

One function per rule code, each from the table in docs/reference/rules.md; every number is the policy's.
A home that receives no child is never judged. Tests: tests/placement/test_check.py.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from posada.placement.check_facts import Facts, Violation, whole_years
from posada.records import Child, Home


@dataclass(frozen=True, slots=True)
class Household:
    """A home, who lives there already, and who comes: group id -> its children who come."""

    home: Home
    residents: tuple[Child, ...]
    arrivals: Mapping[str, tuple[Child, ...]]

    @property
    def everyone(self) -> tuple[Child, ...]:
        """All placed children, those who come included; the home's own are not."""
        return self.residents + tuple(c for children in self.arrivals.values() for c in children)


Found = Iterator[tuple[str, str]]
"""(group or "", what is wrong)."""


def broken_rules(facts: Facts, home_id: str, arrivals: Mapping[str, tuple[Child, ...]]) -> list[Violation]:
    """Every hard rule broken in one home if these groups come to it."""
    house = Household(home=facts.home[home_id], residents=facts.residents.get(home_id, ()), arrivals=arrivals)
    found = []
    for code, rule in HOME_RULES.items():
        if house.home.kind == "kin" and code in facts.policy.kin_home_exempt:
            continue
        for group, wrong in rule(facts, house):
            found.append(Violation(code, group, home_id, wrong))
    return found


def household_total(facts: Facts, house: Household) -> int:
    """Placed children and, where the policy counts them, the home's own children who are minors."""
    own = sum(
        whole_years(born, facts.today) < facts.policy.adult_age
        for born in house.home.own_children_birth_dates
    )
    return len(house.everyone) + (own if facts.policy.household_counts_own else 0)


def needs_license_exception(facts: Facts, house: Household) -> bool:
    """Whether the home holds more children than the ordinary household number."""
    is_bound = house.home.kind in facts.policy.household_kinds
    return is_bound and household_total(facts, house) > facts.policy.household_max


def _license(facts: Facts, house: Household) -> Found:
    home, last = house.home, facts.today + timedelta(days=facts.policy.license_days_left)
    if home.license_from is None or home.license_to is None:
        yield "", "The license dates of the home are not known."
    elif home.license_from > facts.today or home.license_to < last:
        yield "", f"The license runs from {home.license_from} to {home.license_to}; it must cover {last}."


def _checks(facts: Facts, house: Household) -> Found:
    until = house.home.checks_clear_until
    if until is None or until < facts.today:
        yield "", f"The home's checks are clear until {until or 'an unknown day'}."


def _capacity(facts: Facts, house: Household) -> Found:
    if len(house.everyone) > house.home.licensed_capacity:
        yield "", f"{len(house.everyone)} children in a home licensed for {house.home.licensed_capacity}."


def _household(facts: Facts, house: Household) -> Found:
    if not needs_license_exception(facts, house):
        return
    total = household_total(facts, house)
    sibling_groups = {child.sibling_group_id for child in house.everyone}
    if len(sibling_groups) > 1 or total > facts.policy.household_siblings_max:
        yield "", f"{total} children of the household and {len(sibling_groups)} sibling groups in it."


def _under_two(facts: Facts, house: Household) -> Found:
    limit = facts.policy.under_two_max
    if limit is None or house.home.kind not in facts.policy.household_kinds:
        return
    births = [child.birth_date for child in house.everyone] + list(house.home.own_children_birth_dates)
    infants = sum(whole_years(born, facts.today) < facts.policy.under_two_age for born in births)
    if infants > limit:
        yield "", f"{infants} children under {facts.policy.under_two_age} in the household; {limit} may be."


def _beds(facts: Facts, house: Household) -> Found:
    home = house.home
    girls = sum(child.sex == "F" for child in house.everyone)
    boys = sum(child.sex == "M" for child in house.everyone)
    if girls > home.beds_girls + home.beds_any:
        yield "", f"{girls} girls, but {home.beds_girls + home.beds_any} beds for girls."
    if boys > home.beds_boys + home.beds_any:
        yield "", f"{boys} boys, but {home.beds_boys + home.beds_any} beds for boys."
    beds = home.beds_girls + home.beds_boys + home.beds_any
    if len(house.everyone) > beds:
        yield "", f"{len(house.everyone)} children, but {beds} beds."


def _age(facts: Facts, house: Household) -> Found:
    home = house.home
    for group, children in house.arrivals.items():
        for child in children:
            age = whole_years(child.birth_date, facts.today)
            too_young = home.age_min is not None and age < home.age_min
            too_old = home.age_max is not None and age > home.age_max
            if too_young or too_old:
                yield group, f"Child {child.child_id} is {age} years old, outside the home's ages."


def _sex(facts: Facts, house: Household) -> Found:
    accepted = house.home.accepts_sexes
    for group, children in house.arrivals.items():
        for child in children:
            if accepted and child.sex not in accepted:
                yield group, f"The home does not accept child {child.child_id}'s sex."


def _willing(facts: Facts, house: Household) -> Found:
    limit = house.home.max_siblings
    for group in house.arrivals:
        size = len(facts.members[group])
        if limit is not None and size > limit:
            yield group, f"A group of {size}; the home takes groups of up to {limit}."


def _needs(facts: Facts, house: Household) -> Found:
    for group in house.arrivals:
        needs = {need for child in facts.members[group].values() for need in child.needs}
        unmet = sorted(needs - set(house.home.abilities))
        if unmet:
            yield group, f"The home cannot meet: {', '.join(unmet)}."


def _kin_only(facts: Facts, house: Household) -> Found:
    for group in house.arrivals:
        is_linked = house.home.home_id in facts.kin_homes.get(group, frozenset())
        if house.home.kind == "kin" and not is_linked:
            yield group, "The home is a kin home of others."


def _separation(facts: Facts, house: Household) -> Found:
    there = {child.sibling_group_id for child in house.residents} | set(house.arrivals)
    for group in house.arrivals:
        if house.home.home_id in facts.apart_from_home.get(group, frozenset()):
            yield group, "The group is to be kept apart from this home."
        for other in sorted(facts.apart_from.get(group, frozenset()) & there):
            yield group, f"The group is to be kept apart from group {other}."


def _forbidden(facts: Facts, house: Household) -> Found:
    for group in house.arrivals:
        if ("home", house.home.home_id) in facts.forbidden.get(group, frozenset()):
            yield group, "An override forbids this home to the group."


def _sibling_elsewhere(facts: Facts, house: Household) -> Found:
    for group in house.arrivals:
        elsewhere = facts.stands_in.get(group, frozenset()) - {house.home.home_id}
        if elsewhere:
            yield group, f"Siblings live in {', '.join(sorted(elsewhere))} already."


def _closed(facts: Facts, house: Household) -> Found:
    if house.home.home_id in facts.closed:
        yield "", "A rejected protective row still names the home."


HOME_RULES: dict[str, Callable[[Facts, Household], Found]] = {
    "license": _license,
    "checks": _checks,
    "capacity": _capacity,
    "household": _household,
    "under_two": _under_two,
    "beds": _beds,
    "age": _age,
    "sex": _sex,
    "willing": _willing,
    "needs": _needs,
    "kin_only": _kin_only,
    "separation": _separation,
    "forbidden": _forbidden,
    "sibling_already_placed": _sibling_elsewhere,
    "incomplete_separation": _closed,
}
"""Rule code -> the function that finds where it is broken."""
