"""The few that are different: separations, and children who already live in a home.

Tests: tests/demonstration/test_exceptions.py.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from posada.demonstration.assumptions import Assumptions
from posada.demonstration.chance import Chance
from posada.demonstration.families import Family
from posada.records import Counsel, Home, KinLink, Placement, Separation


def separations(
    assumptions: Assumptions,
    *,
    families: Sequence[Family],
    homes: Sequence[Home],
    counsel: Sequence[Counsel],
    seed: int,
) -> tuple[Separation, ...]:
    """A few groups that must not meet another group, a home or a counsel."""
    return tuple(_separations(assumptions, Chance(seed, part="separations"), families, homes, counsel))


def _separations(
    assumptions: Assumptions,
    chance: Chance,
    families: Sequence[Family],
    homes: Sequence[Home],
    counsel: Sequence[Counsel],
) -> Iterator[Separation]:
    apart = assumptions.number("exceptions.separated_groups")
    from_home = assumptions.number("exceptions.group_and_home")
    from_counsel = assumptions.number("exceptions.group_and_counsel")
    for family in families:
        group = family.sibling_group_id
        if chance.happens(apart):
            other = families[chance.between(0, len(families) - 1)].sibling_group_id
            if other != group:
                yield Separation(group, "safety plan", other_group_id=other)
        if chance.happens(from_home):
            home = homes[chance.between(0, len(homes) - 1)]
            yield Separation(group, "earlier disruption", home_id=home.home_id)
        if counsel and chance.happens(from_counsel):
            person = counsel[chance.between(0, len(counsel) - 1)]
            yield Separation(group, "conflict of interest", counsel_id=person.counsel_id)


def standing_placements(
    assumptions: Assumptions,
    *,
    families: Sequence[Family],
    homes: Sequence[Home],
    links: Sequence[KinLink],
    seed: int,
) -> tuple[Placement, ...]:
    """Children of a few groups who live with kin, or in an open foster home, since before the plan date."""
    chance, plan_date = Chance(seed, part="placements"), assumptions.day("program.plan_date")
    share, partly = (assumptions.number(f"exceptions.{name}") for name in ("placed_already", "partly_placed"))
    kin_home: dict[str, str] = {}
    for link in links:
        kin_home.setdefault(link.sibling_group_id, link.home_id)
    free = [home for home in homes if home.kind == "foster" and _takes_anyone(home)]
    beds = {home.home_id: home.licensed_capacity for home in homes}
    found: list[Placement] = []
    for family in families:
        if not chance.happens(share):
            continue
        group, size, start = family.sibling_group_id, len(family.children), chance.between(1, 60)
        home_id = kin_home.get(group)
        if home_id is None and free:
            home_id = free[chance.between(0, len(free) - 1)].home_id
        if home_id is None or beds[home_id] < size:
            continue
        first_only = size > 1 and chance.happens(partly)
        placed = family.children[:1] if first_only else family.children
        beds[home_id] -= len(placed)
        for child in placed:
            since = max(plan_date - timedelta(days=start), child.arrived_on or child.birth_date)
            found.append(Placement(child.child_id, home_id, min(since, plan_date)))
    return tuple(found)


def _takes_anyone(home: Home) -> bool:
    own, open_to_all = len(home.own_children_birth_dates), home.age_min is None and not home.accepts_sexes
    return open_to_all and home.beds_any == home.licensed_capacity and own + home.licensed_capacity <= 6
