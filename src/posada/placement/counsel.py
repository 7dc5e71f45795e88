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

from posada.placement.classes import GroupClass, HomeClass
from posada.placement.problem import Group, Problem

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pool:
    """Counsel who are alike; `members` index `Problem.counsel`, in order."""

    members: tuple[int, ...]
    courts: frozenset[str]
    languages: frozenset[str]
    available_from: date | None


@dataclass(frozen=True, slots=True)
class CounselPools:
    """All pools with at least one open slot."""

    pools: tuple[Pool, ...]
    slots: Ints  # (n_pools,)

    @staticmethod
    def of(problem: Problem, *, pinned: Mapping[str, str]) -> "CounselPools":
        """Pools of the problem's counsel; whoever a row names stays alone."""
        named = {c for found in problem.separated_counsel.values() for c in found} | set(pinned.values())
        named |= {target for found in problem.forbidden.values() for target in found}
        spoken = {lang for g in problem.groups for c in g.children for lang in c.languages}
        found: dict[Hashable, list[int]] = defaultdict(list)
        for index, counsel in enumerate(problem.counsel):
            if counsel.open_slots > 0:
                key = (
                    frozenset(counsel.courts),
                    frozenset(counsel.languages) & spoken,
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
            )
            for members in found.values()
        ]
        slots = [sum(problem.counsel[m].open_slots for m in pool.members) for pool in pools]
        return CounselPools(pools=tuple(pools), slots=np.array(slots, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Desks:
    """The network from edges over desks to pools; see `model`."""

    edge_desk: Ints  # (n_edges,), -1 where nobody can be asked
    must: NDArray[np.bool_]
    arc_desk: Ints
    arc_pool: Ints
    arc_size: Ints  # children represented by one match
    arc_shared: Ints  # ... who share a language with the counsel


def may_act(problem: Problem, group: Group, pool: Pool, court: str) -> bool:
    """Whether the pool's counsel may act for the group at the court."""
    barred = problem.separated_counsel.get(group.group_id, frozenset()) | problem.forbidden.get(
        group.group_id, frozenset()
    )
    if court not in pool.courts or any(problem.counsel[m].counsel_id in barred for m in pool.members):
        return False
    return not (
        pool.available_from and group.hearing_date and pool.available_from > group.hearing_date
    )


def desks_of(
    problem: Problem,
    items: Sequence[GroupClass],
    bins: Sequence[HomeClass],
    *,
    pools: CounselPools,
    pinned: Mapping[str, str],
    edge_item: Ints,
    edge_bin: Ints,
) -> Desks:
    """Desks for the given edges. `pinned` maps a group to the counsel who must be matched."""
    kinds, kind_of_item = _kinds(problem, items, pinned=pinned)
    courts = sorted({b.court for b in bins if b.court} | {i.court for i in items if i.court})
    place = {court: k for k, court in enumerate(courts)}
    item_court = np.array([place[i.court] if i.court else -1 for i in items], dtype=np.int64)
    bin_court = np.array([place[b.court] if b.court else -1 for b in bins], dtype=np.int64)
    court = np.where(item_court[edge_item] >= 0, item_court[edge_item], bin_court[edge_bin])
    raw = np.where(court >= 0, kind_of_item[edge_item] * len(courts) + court, -1)
    by_court: dict[str, list[int]] = defaultdict(list)
    for number, pool in enumerate(pools.pools):
        for name in pool.courts:
            by_court[name].append(number)
    number_of: dict[int, int] = {}
    arcs: list[tuple[int, int, int, int]] = []
    must = []
    for code in np.unique(raw[raw >= 0]).tolist():
        item = items[kinds[code // len(courts)]]
        group = problem.groups[item.members[0]]
        court_code = courts[code % len(courts)]
        wanted = pinned.get(group.group_id)
        open_pools = [p for p in by_court[court_code] if _asks(problem, group, pools.pools[p], court_code, wanted)]
        if open_pools or wanted:
            number_of[code] = len(must)
            must.append(wanted is not None)
            for p in open_pools:
                shared = sum(n for spoken, n in item.languages if spoken & pools.pools[p].languages)
                arcs.append((number_of[code], p, group.size, shared))
    codes = np.array(sorted(number_of), dtype=np.int64)
    slot = np.searchsorted(codes, raw)
    known = (slot < len(codes)) & (raw >= 0)
    known[known] = codes[slot[known]] == raw[known]
    table = np.array(arcs, dtype=np.int64).reshape(-1, 4)
    return Desks(
        edge_desk=np.where(known, np.where(known, slot, 0), -1),
        must=np.array(must, dtype=np.bool_),
        arc_desk=table[:, 0],
        arc_pool=table[:, 1],
        arc_size=table[:, 2],
        arc_shared=table[:, 3],
    )


def _asks(problem: Problem, group: Group, pool: Pool, court: str, wanted: str | None) -> bool:
    if wanted is not None:
        return problem.counsel[pool.members[0]].counsel_id == wanted
    return may_act(problem, group, pool, court)


def _kinds(
    problem: Problem, items: Sequence[GroupClass], *, pinned: Mapping[str, str]
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
            item.languages,
            bisect_right(starts, group.hearing_date) if group.hearing_date else len(starts),
            group.group_id if group.group_id in named else "",
        )
        if key not in number:
            number[key] = len(first)
            first.append(index)
        kind_of_item[index] = number[key]
    return first, kind_of_item
