"""Groups that the rules cannot tell apart, and homes that they cannot tell apart.

A nation has tens of thousands of groups and homes but far fewer kinds of them. Counting kinds instead of
names keeps the lawful pairs few enough to hold in memory, and takes from the solver the equal choices in
which it would otherwise lose itself. A merged kind is exact: its members are lawful in the same homes and
count the same on the levels that the kind is used for.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from posada.placement.problem import Group, HomeState, Problem

LanguageCount = tuple[tuple[frozenset[str], int], ...]


@dataclass(frozen=True, slots=True)
class GroupClass:
    """Sibling groups that are alike; `members` index `Problem.groups`, in order."""

    members: tuple[int, ...]
    languages: LanguageCount  # how many children speak which languages
    court: str | None  # named by the hearing
    locations: tuple[str | None, ...]  # of the first member's children; read only where kept apart


@dataclass(frozen=True, slots=True)
class HomeClass:
    """Homes that are alike; `members` index `Problem.homes`, in order."""

    members: tuple[int, ...]
    languages: frozenset[str]
    court: str | None


def group_classes(problem: Problem, *, keep_locations: bool) -> tuple[GroupClass, ...]:
    """Classes in the order of their first member; with `keep_locations` only equal locations merge."""
    spoken = _spoken(problem)
    breaks = _age_breaks(problem.homes)
    starts = sorted({c.available_from for c in problem.counsel if c.available_from})
    named = _named_groups(problem)
    found: dict[Hashable, list[int]] = defaultdict(list)
    languages_of: dict[int, LanguageCount] = {}
    for index, group in enumerate(problem.groups):
        languages_of[index] = _language_count(group, spoken=spoken)
        in_time = bisect_right(starts, group.hearing_date) if group.hearing_date else len(starts)
        key: tuple[Any, ...] = (
            group.size,
            group.size_all,
            group.girls,
            group.boys,
            group.under_two,
            bisect_right(breaks[0], group.age_min),
            bisect_left(breaks[1], group.age_max),
            tuple(sorted(group.sexes)),
            tuple(sorted(group.needs)),
            languages_of[index],
            group.hearing_court,
            in_time,
            index if group.group_id in named or group.kin_homes or group.standing_homes else -1,
            _locations(group) if keep_locations else (),
        )
        found[key].append(index)
    return tuple(
        GroupClass(
            members=tuple(members),
            languages=languages_of[members[0]],
            court=problem.groups[members[0]].hearing_court,
            locations=_locations(problem.groups[members[0]]),
        )
        for members in found.values()
    )


def home_classes(problem: Problem, *, merge: bool) -> tuple[HomeClass, ...]:
    """Classes in the order of their first member; without `merge` each home is its own."""
    spoken = {lang for g in problem.groups for c in g.children for lang in c.languages}
    needed = {need for g in problem.groups for need in g.needs}
    named = _named_homes(problem)
    found: dict[Hashable, list[int]] = defaultdict(list)
    for index, state in enumerate(problem.homes):
        home = state.home
        apart = not merge or home.kind == "kin" or state.standing_groups or home.home_id in named
        court = problem.court_of_county.get(home.county_fips)
        key: Hashable = index
        if not apart:
            key = (
                home.kind,
                court,
                home.licensed_capacity,
                home.license_from,
                home.license_to,
                home.checks_clear_until,
                home.beds_girls,
                home.beds_boys,
                home.beds_any,
                home.age_min,
                home.age_max,
                frozenset(home.accepts_sexes),
                home.max_siblings,
                frozenset(home.languages) & spoken,
                frozenset(home.abilities) & needed,
                state.own,
                state.own_under_two,
                state.is_closed,
            )
        found[key].append(index)
    return tuple(
        HomeClass(
            members=tuple(members),
            languages=frozenset(problem.homes[members[0]].home.languages),
            court=problem.court_of_county.get(problem.homes[members[0]].home.county_fips),
        )
        for members in found.values()
    )


def _spoken(problem: Problem) -> frozenset[str]:
    """Languages that some home or counsel speaks: a child's others can never be shared."""
    homes = {lang for s in problem.homes for lang in s.home.languages}
    return frozenset(homes | {lang for c in problem.counsel for lang in c.languages})


def _language_count(group: Group, *, spoken: frozenset[str]) -> LanguageCount:
    counts: dict[frozenset[str], int] = defaultdict(int)
    for child in group.children:
        counts[frozenset(child.languages) & spoken] += 1
    return tuple(sorted(counts.items(), key=lambda item: sorted(item[0])))


def _locations(group: Group) -> tuple[str | None, ...]:
    return tuple(sorted((c.location_fips for c in group.children), key=lambda f: f or ""))


def _age_breaks(homes: Sequence[HomeState]) -> tuple[list[int], list[int]]:
    """The least and greatest ages that some home names: only these tell two ages apart."""
    lowest = sorted({s.home.age_min for s in homes if s.home.age_min is not None})
    highest = sorted({s.home.age_max for s in homes if s.home.age_max is not None})
    return lowest, highest


def _named_groups(problem: Problem) -> set[str]:
    """Groups that a separation or an override names: these stay by themselves."""
    named = set(problem.separated_groups) | set(problem.separated_homes)
    named |= set(problem.separated_counsel) | set(problem.forbidden)
    return named | {pin.sibling_group_id for pin in problem.pins}


def _named_homes(problem: Problem) -> set[str]:
    named = {home for homes in problem.separated_homes.values() for home in homes}
    named |= {target for targets in problem.forbidden.values() for target in targets}
    return named | {pin.home_id for pin in problem.pins if pin.home_id}
