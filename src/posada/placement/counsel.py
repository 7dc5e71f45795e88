"""Counsel for the placed: pools of lawyers who are alike, and the desks at which groups ask for them.

A desk is a kind of group at one court: all who ask there may be matched by the same pools and count the
same. Whole groups come to whole slots, so the network between desks and pools needs no whole-number search
of its own.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from posada.placement.classes import GroupClass
from posada.placement.problem import Group, Problem
from posada.placement.steady import ranks

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PoolKey = tuple[frozenset[str], frozenset[str], date | None, str]


@dataclass(frozen=True, slots=True)
class Pool:
    """Counsel who are alike; `members` index `Problem.counsel`, in order.

    `name` says what they are alike in: it stays when one of them is named by a row and gets a pool alone.
    """

    members: tuple[int, ...]
    courts: frozenset[str]
    languages: frozenset[str]
    available_from: date | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class CounselPools:
    """All pools with at least one open slot."""

    pools: tuple[Pool, ...]
    slots: Ints  # (n_pools,)

    @staticmethod
    def of(problem: Problem, *, pinned: Mapping[str, str], by_language: bool) -> "CounselPools":
        """Pools of the problem's counsel; whoever a row names stays alone."""
        named = {c for found in problem.separated_counsel.values() for c in found} | set(pinned.values())
        named |= {target for found in problem.forbidden.values() for target in found}
        spoken = {lang for g in problem.groups for c in g.children for lang in c.languages}
        found: dict[PoolKey, list[int]] = defaultdict(list)
        for index, counsel in enumerate(problem.counsel):
            if counsel.open_slots > 0:
                key = (
                    frozenset(counsel.courts),
                    frozenset(counsel.languages) & spoken if by_language else frozenset(),
                    counsel.available_from,
                    counsel.counsel_id if counsel.counsel_id in named else "",
                )
                found[key].append(index)
        pools = [
            Pool(
                members=tuple(members),
                courts=frozenset(problem.counsel[members[0]].courts),
                languages=frozenset(problem.counsel[members[0]].languages),
                available_from=problem.counsel[members[0]].available_from,
                name=repr((sorted(courts), sorted(languages), str(available_from))),
            )
            for (courts, languages, available_from, _), members in found.items()
        ]
        slots = [sum(problem.counsel[m].open_slots for m in pool.members) for pool in pools]
        return CounselPools(pools=tuple(pools), slots=np.array(slots, dtype=np.int64))


def may_act(problem: Problem, group: Group, pool: Pool, court: str) -> bool:
    """Whether the pool's counsel may act for the group at the court."""
    barred = problem.separated_counsel.get(group.group_id, frozenset()) | problem.forbidden.get(
        group.group_id, frozenset()
    )
    if court not in pool.courts or any(problem.counsel[m].counsel_id in barred for m in pool.members):
        return False
    return not (pool.available_from and group.hearing_date and pool.available_from > group.hearing_date)


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """Which desk an item asks at for a home in a given court; numbers are dense."""

    courts: tuple[str, ...]
    kind_of_item: Ints  # (n_items,)
    item_court: Ints  # (n_items,), -1: the home's court counts
    desk: Ints  # (n_kinds, n_courts), -1 where nobody can be asked
    must: NDArray[np.bool_]
    arc_desk: Ints
    arc_pool: Ints
    arc_size: Ints  # children represented by one match
    arc_shared: Ints  # ... who share a language with the counsel
    arc_rank: Floats  # in [0, 1), chooses among equals; hangs on names alone

    def desk_of(self, item: Ints, bin_court: Ints) -> Ints:
        """(n,) the desk for each item placed in a home of the given court (-1: none known)."""
        court = np.where(self.item_court[item] >= 0, self.item_court[item], bin_court)
        found = self.desk[self.kind_of_item[item], np.maximum(court, 0)]
        return np.asarray(np.where(court >= 0, found, -1), dtype=np.int64)


def plan_desks(
    problem: Problem,
    items: Sequence[GroupClass],
    *,
    pools: CounselPools,
    pinned: Mapping[str, str],
    by_language: bool,
) -> DeskPlan:
    """Every desk that could be asked at. `pinned` maps a group to the counsel who must be matched.

    Without `by_language` desks do not tell languages apart (level 4 is exact, level 5 is not kept).
    """
    kinds, kind_of_item = _kinds(problem, items, pinned=pinned, by_language=by_language)
    courts = sorted(set(problem.court_of_county.values()) | {i.court for i in items if i.court})
    place = {court: k for k, court in enumerate(courts)}
    by_court: dict[str, list[int]] = defaultdict(list)
    for number, pool in enumerate(pools.pools):
        for name in sorted(pool.courts):
            by_court[name].append(number)
    asks_at = _courts_asked(items, kind_of_item, n_kinds=len(kinds), place=place)
    desk = np.full((len(kinds), max(len(courts), 1)), -1, dtype=np.int64)
    arcs: list[tuple[int, int, int, int]] = []
    must: list[bool] = []
    names: list[str] = []
    pool_names = [pool.name for pool in pools.pools]
    number_of: dict[Hashable, int] = {}
    for kind, first in enumerate(kinds):
        item = items[first]
        group = problem.groups[item.members[0]]
        wanted = pinned.get(group.group_id)
        for column in asks_at[kind]:
            asked = tuple(
                p
                for p in by_court[courts[column]]
                if _asks(problem, group, pools.pools[p], courts[column], wanted)
            )
            if not asked and not wanted:
                continue
            # Alike desks are one: the same counsel may act, and a match counts the same.
            key = (group.size, item.languages if by_language else (), asked, group.group_id if wanted else "")
            if key not in number_of:
                number_of[key] = len(must)
                for p in asked:
                    shared = sum(n for spoken, n in item.languages if spoken & pools.pools[p].languages)
                    arcs.append((len(must), p, group.size, shared))
                must.append(wanted is not None)
                spoken = [(sorted(languages), n) for languages, n in item.languages]
                names.append(repr((group.size, spoken, sorted({pool_names[p] for p in asked}))))
            desk[kind, column] = number_of[key]
    table = np.array(arcs, dtype=np.int64).reshape(-1, 4)
    return DeskPlan(
        courts=tuple(courts),
        kind_of_item=kind_of_item,
        item_court=np.array([place[i.court] if i.court else -1 for i in items], dtype=np.int64),
        desk=desk,
        must=np.array(must, dtype=np.bool_),
        arc_desk=table[:, 0],
        arc_pool=table[:, 1],
        arc_size=table[:, 2],
        arc_shared=table[:, 3],
        arc_rank=ranks(names, pool_names, table[:, 0], table[:, 1]),
    )


def _courts_asked(
    items: Sequence[GroupClass], kind_of_item: Ints, *, n_kinds: int, place: Mapping[str, int]
) -> list[list[int]]:
    """For each kind the courts at which it can come to ask: those named by hearings, or all."""
    named: list[set[int]] = [set() for _ in range(n_kinds)]
    for item, kind in zip(items, kind_of_item.tolist(), strict=True):
        named[kind] |= {place[item.court]} if item.court else set(place.values())
    return [sorted(found) for found in named]


def _asks(problem: Problem, group: Group, pool: Pool, court: str, wanted: str | None) -> bool:
    if wanted is not None:
        return problem.counsel[pool.members[0]].counsel_id == wanted
    return may_act(problem, group, pool, court)


def _kinds(
    problem: Problem, items: Sequence[GroupClass], *, pinned: Mapping[str, str], by_language: bool
) -> tuple[list[int], Ints]:
    """First item of each kind that counsel cannot tell apart, and every item's kind."""
    starts = sorted({c.available_from for c in problem.counsel if c.available_from})
    named = set(problem.separated_counsel) | set(problem.forbidden) | set(pinned)
    first: list[int] = []
    number: dict[Hashable, int] = {}
    kind_of_item = np.zeros(len(items), dtype=np.int64)
    for index, item in enumerate(items):
        group = problem.groups[item.members[0]]
        key = (
            group.size,
            item.languages if by_language else (),
            bisect_right(starts, group.hearing_date) if group.hearing_date else len(starts),
            group.group_id if group.group_id in named else "",
        )
        if key not in number:
            number[key] = len(first)
            first.append(index)
        kind_of_item[index] = number[key]
    return first, kind_of_item
