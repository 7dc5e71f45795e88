"""Groups that the rules cannot tell apart.

A nation has tens of thousands of groups but far fewer kinds of them. Counting kinds instead of names keeps
the lawful pairs few enough to hold in memory, and takes from the solver the equal choices in which it would
otherwise lose itself. A merged kind is exact: its members are lawful in the same homes and count the same
on the levels that the kind is used for.
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
    """Sibling groups that are alike; `members` index `Problem.groups`, in order.

    `kind` numbers the classes that homes can't tell apart: they differ in court and hearing date only.
    """

    members: tuple[int, ...]
    kind: int
    languages: LanguageCount  # how many children speak which languages
    court: str | None  # named by the hearing
    locations: tuple[str | None, ...]  # of the first member's children; read only where kept apart


def group_classes(
    problem: Problem, *, keep_locations: bool, keep_courts: bool = True
) -> tuple[GroupClass, ...]:
    """Classes in the order of their first member; with `keep_locations` only equal locations merge.

    Without `keep_courts` what only counsel reads (court, hearing date) is not told apart.
    """
    spoken = _spoken(problem)
    breaks = _age_breaks(problem.homes)
    starts = sorted({c.available_from for c in problem.counsel if c.available_from})
    named = named_groups(problem)
    found: dict[Hashable, list[int]] = defaultdict(list)
    kinds: dict[Hashable, int] = {}
    kind_of: dict[Hashable, int] = {}
    for index, group in enumerate(problem.groups):
        alone = group.group_id in named or group.kin_homes or group.standing_homes
        by_home: tuple[Any, ...] = (
            group.size,
            group.size_all,
            group.girls,
            group.boys,
            group.under_two,
            bisect_right(breaks[0], group.age_min),
            bisect_left(breaks[1], group.age_max),
            tuple(sorted(group.sexes)),
            tuple(sorted(group.needs)),
            _language_count(group, spoken=spoken),
            index if alone else -1,
        )
        in_time = bisect_right(starts, group.hearing_date) if group.hearing_date else len(starts)
        hearing = (group.hearing_court, in_time) if keep_courts else ()
        key = (by_home, hearing, _locations(group) if keep_locations else ())
        found[key].append(index)
        kind_of[key] = kinds.setdefault(by_home, len(kinds))
    return tuple(
        GroupClass(
            members=tuple(members),
            kind=kind_of[key],
            languages=_language_count(problem.groups[members[0]], spoken=spoken),
            court=problem.groups[members[0]].hearing_court,
            locations=_locations(problem.groups[members[0]]),
        )
        for key, members in found.items()
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


def named_groups(problem: Problem) -> set[str]:
    """Groups that a separation or an override names: these stay by themselves."""
    named = set(problem.separated_groups) | set(problem.separated_homes)
    named |= set(problem.separated_counsel) | set(problem.forbidden)
    return named | {pin.sibling_group_id for pin in problem.pins}
