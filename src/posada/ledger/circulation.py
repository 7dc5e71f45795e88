"""Which figures of an additive table to hide: counts and totals as arcs of a circulation.

Each node balances: what flows in is what flows out. A hidden arc may have any value of 0 or more, a shown
arc has its own. Method: hide the small arcs; while the possible values of a hidden arc are too close
together, hide the cheapest way round (shortest path, cost = the counts that it hides, totals last).
After the network approach of Kelly, Golden and Assad (1992), Networks 22, 397-417.
Tests: tests/ledger/test_circulation.py.
"""

import heapq
from collections.abc import Sequence, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arc:
    """A figure: a count that flows from one node to another."""

    tail: str
    head: str
    count: int
    is_total: bool = False


def hide(
    arcs: Sequence[Arc],
    *,
    threshold: int,
    keep: int | None = None,
    also: Set[int] = frozenset(),
    known: Set[int] = frozenset(),
) -> frozenset[int]:
    """The positions of the arcs to hide, so that every hidden one has a range of `threshold` or more.

    `keep`: the position of an arc that is shown whatever it costs, unless it is small itself. `also`: arcs that
    are hidden in any case. `known`: arcs that a reader knows already, so that hiding them protects nothing; where
    nothing else is left to hide, every arc is hidden, these too.
    """
    hidden = {at for at, arc in enumerate(arcs) if arc.count < threshold} | also
    held = known if keep is None else known | {keep}
    while True:
        unsafe = next((at for at in sorted(hidden) if width(arcs, hidden, at) < threshold), None)
        if unsafe is None:
            return frozenset(hidden)
        way = _cheapest_way_round(arcs, hidden, unsafe, threshold=threshold, held=held)
        if way is None:  # only a kept total is left to hide
            return frozenset(range(len(arcs)))
        hidden |= way


def width(arcs: Sequence[Arc], hidden: Set[int], at: int) -> int:
    """The largest less the smallest value that a hidden arc can have; a range without end is `10**9`."""
    arc = arcs[at]
    more = _most_flow(arcs, hidden, start=arc.head, end=arc.tail, without=at, limit=10**9)
    less = _most_flow(arcs, hidden, start=arc.tail, end=arc.head, without=at, limit=arc.count)
    return more + less


def _most_flow(
    arcs: Sequence[Arc], hidden: Set[int], *, start: str, end: str, without: int, limit: int
) -> int:
    """The most that the other hidden arcs can change by, together, to let flow from `start` to `end`."""
    room: dict[str, dict[str, int]] = {}
    for at in hidden:
        if at == without:
            continue
        arc = arcs[at]
        ahead, back = room.setdefault(arc.tail, {}), room.setdefault(arc.head, {})
        ahead[arc.head] = ahead.get(arc.head, 0) + 10**9
        back[arc.tail] = back.get(arc.tail, 0) + arc.count
    total = 0
    while total < limit:
        way = _way_with_room(room, start=start, end=end)
        if way is None:
            break
        step = min([limit - total, *(room[a][b] for a, b in way)])
        for a, b in way:
            room[a][b] -= step
            room[b][a] = room[b].get(a, 0) + step
        total += step
    return min(total, limit)


def _way_with_room(room: dict[str, dict[str, int]], *, start: str, end: str) -> list[tuple[str, str]] | None:
    came_from: dict[str, str] = {start: start}
    queue = [start]
    for node in queue:
        if node == end:
            break
        for following, left in room.get(node, {}).items():
            if left > 0 and following not in came_from:
                came_from[following] = node
                queue.append(following)
    if end not in came_from:
        return None
    way = []
    while end != start:
        way.append((came_from[end], end))
        end = came_from[end]
    return way


def _cheapest_way_round(
    arcs: Sequence[Arc], hidden: Set[int], at: int, *, threshold: int, held: Set[int]
) -> set[int] | None:
    """Arcs on the cheapest cycle through `at` along which it can grow by the threshold, itself left out."""
    penalty = 1 + sum(arc.count for arc in arcs)
    steps: dict[str, list[tuple[str, int, int]]] = {}
    for position, arc in enumerate(arcs):
        if position == at or position in held:
            continue
        cost = 0 if position in hidden else arc.count + penalty * arc.is_total
        steps.setdefault(arc.tail, []).append((arc.head, cost, position))
        if arc.count >= threshold:
            steps.setdefault(arc.head, []).append((arc.tail, cost, position))
    start, end = arcs[at].head, arcs[at].tail
    queue: list[tuple[int, str, tuple[int, ...]]] = [(0, start, ())]
    done: set[str] = set()
    while queue:
        cost, node, way = heapq.heappop(queue)
        if node == end:
            return set(way)
        if node in done:
            continue
        done.add(node)
        for following, step_cost, position in steps.get(node, []):
            if following not in done:
                heapq.heappush(queue, (cost + step_cost, following, (*way, position)))
    return None
