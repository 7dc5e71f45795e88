"""What a home can take in over a stretch of days, as rows of a linear program that no year can break.

Every placement lasts S days, so one that begins between day t and a home's last day L is there on one of
the days L, L-S, L-2S, …, L-(k-1)S, where k = ceil((L+1-t)/S). The places of all who begin in that stretch
therefore add up to no more than the home's room on those k days together. One row for each k and kind of
room; in its k-th row count the groups that come after day L-kS. Whole groups and weeks of waiting are given
away (any group may wait as long as it likes), so the program's optimum is an upper bound.
Kinds of room: those of `placement.candidates` (places, girls, boys, under two, large).
Tests: tests/simulation/test_room_rows.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from posada.placement import feasible
from posada.placement.candidates import is_large
from posada.placement.problem import Group, HomeState, Problem
from posada.simulation.homes_today import HomesToday
from posada.simulation.year import DAY

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
KINDS = 5
Opens = Callable[[str, bool], Sequence[tuple[date, date]]]
"""(home id, whether it is open today) -> when it is expected to be open after today: (from, through)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Homes that may take somebody in on some day of a stretch.

    home (n,) numbers them in `HomesToday.homes`; first, last (n,) are ordinals of the days on which each may
    do so; starts (n, n_steps): groups of the k-th row come on this day or later; room (KINDS, n, n_steps):
    what they may take together (-1: no such row). states: each home as kindly as any of its days; of those,
    empty (n,): places if nobody lived there; own (n,): own children where the household rule holds, else -1.
    """

    home: Ints
    first: Ints
    last: Ints
    starts: Ints
    room: Ints
    states: tuple[HomeState, ...]
    empty: Ints
    own: Ints


def stretch(homes: HomesToday, *, first: date, last: date, expected: Opens | None = None) -> Stretch:
    """The stretch from `first` to `last` for all homes that are not kin's.

    `expected`: what a policy that may not know the openings of this year expects instead.
    """
    spans = {
        h: open_days(homes, h, first=first, last=last, expected=expected)
        for h in np.flatnonzero(~homes.is_kin).tolist()
    }
    chosen = [h for h, span in spans.items() if span]
    opens = [span[0] for span in spans.values() if span]
    closes = [span[1] for span in spans.values() if span]
    length = homes.placement_days
    steps = [-(-(close + 1 - open_) // length) for open_, close in zip(opens, closes, strict=True)]
    most = max(steps, default=1)
    starts = np.full((len(chosen), most), 0, dtype=np.int64)
    room = np.full((KINDS, len(chosen), most), -1, dtype=np.int64)
    kindest = [
        homes.state_on(h, date.fromordinal(c), whatever_opens=True)
        for h, c in zip(chosen, closes, strict=True)
    ]
    for step in range(most if chosen else 0):
        some = [k for k in range(len(chosen)) if steps[k] > step]
        on = [date.fromordinal(closes[k] - step * length) for k in some]
        states = [
            homes.state_on(chosen[k], day, whatever_opens=True) for k, day in zip(some, on, strict=True)
        ]
        # Own children only grow up: counted as on the last day, so that each row stays a bound.
        states = [_with_own_of(state, kindest[k]) for state, k in zip(states, some, strict=True)]
        left = _room(states, homes.problem)
        before = room[:, some, step - 1] if step else np.zeros_like(left)
        room[:, some, step] = left + before
        for k in some:
            is_whole = step + 1 == steps[k]
            starts[k, step] = 0 if is_whole else closes[k] + 1 - (step + 1) * length
    return Stretch(
        np.array(chosen, dtype=np.int64),
        np.array(opens, dtype=np.int64),
        np.array(closes, dtype=np.int64),
        starts,
        room,
        tuple(kindest),
        _room([_emptied(state) for state in kindest], homes.problem)[0],
        np.array(
            [s.own if s.home.kind in homes.policy.household_kinds else -1 for s in kindest], dtype=np.int64
        ),
    )


def _with_own_of(state: HomeState, kindest: HomeState) -> HomeState:
    return replace(state, own=kindest.own, own_under_two=kindest.own_under_two)


def _room(states: Sequence[HomeState], problem: Problem) -> Ints:
    """(KINDS, n): room left on a day, as in `placement.candidates`, but 0 where there is none."""
    rows = feasible.home_rows(states, problem=problem, needs=())
    household = np.where(rows.has_household_rule[0], problem.policy.household_max - rows.living[0], 1 << 20)
    household = np.maximum(household, rows.stands_empty[0])  # one group may be larger, if it is alone
    places = np.maximum(np.minimum(np.minimum(rows.capacity_left[0], rows.beds_left[0]), household), 0)
    room = [places, rows.girls_left[0], rows.boys_left[0], rows.under_two_left[0], np.ones_like(places)]
    return np.maximum(np.stack(room).astype(np.int64), 0)


def open_days(
    homes: HomesToday, number: int, *, first: date, last: date, expected: Opens | None = None
) -> tuple[int, int] | None:
    """The first and the last day (ordinals) on which a home may take somebody in; None: on no day.

    With `expected`, only whether the home is open on `first` is known; after it, what is expected holds.
    """
    if expected is None:
        spans = homes.openings(number)
    else:
        is_open = homes.is_open(homes.homes[number], first)
        spans = [(first, first)] if is_open else []
        spans += [(max(a, first + DAY), b) for a, b in expected(homes.homes[number].home_id, is_open)]
    found: list[int] = []
    for day, until, holds in homes.papers(number):
        for opens, closes in spans:
            begin, end = max(day, opens, first), min(until, closes, last)
            if begin <= end and holds:
                found += [begin.toordinal(), end.toordinal()]
    return (min(found), max(found)) if found else None


def kindly(group: Group, *, older: Group) -> Group:
    """A group as kindly as any day between two may find it: `older` is the same group on the later day."""
    return replace(group, age_min=max(group.age_min, older.age_min), under_two=older.under_two)


def lawful_somewhen(groups: Sequence[Group], across: Stretch, homes: HomesToday) -> NDArray[np.bool_]:
    """(n_groups, n_homes): pairs that some day of the stretch may allow; license and checks aside."""
    rows = feasible.home_rows(across.states, problem=homes.problem, needs=homes.needs)
    rows = replace(
        rows, license_holds=np.ones_like(rows.license_holds), checks_hold=np.ones_like(rows.checks_hold)
    )
    return feasible.lawful_by_home(feasible.group_columns(groups, needs=homes.needs), rows, homes.problem)


def loads(groups: Sequence[Group], item: Ints, column: Ints, across: Stretch, homes: HomesToday) -> Ints:
    """(KINDS, n_pairs): what groups[item] takes of the home across.home[column]."""
    counts = (
        np.array([[g.size, g.girls, g.boys, g.under_two] for g in groups], dtype=np.int64)
        .reshape(-1, 4)
        .T[:, item]
    )
    own, empty = across.own[column], across.empty[column]
    alone = (counts[0] + own > homes.policy.household_max) & (own >= 0)
    places = np.where(alone, empty, counts[0])
    large = is_large(places, empty) * (empty >= 3)
    return np.vstack([places, counts[1:], large])


def _emptied(state: HomeState) -> HomeState:
    return replace(
        state,
        standing=0,
        standing_girls=0,
        standing_boys=0,
        standing_under_two=0,
        standing_groups=frozenset(),
    )
