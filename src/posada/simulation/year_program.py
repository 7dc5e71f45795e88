"""The linear program of a stretch of days: kinds of group, what each may take of homes, and its prices.

Comes in: a `Stretch` and items (alike groups, how many, when they come). Goes out: prices of room, and the
bound that they prove by weak duality, whatever the solver's accuracy. Rows: see `room_rows`.
Tests: tests/simulation/test_year_program.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posada.placement.problem import Group
from posada.placement.solve import Program, solve_relaxation
from posada.simulation.homes_today import HomesToday
from posada.simulation.room_rows import KINDS, Stretch, lawful_somewhen, loads

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
GRAIN = float(2**20)
"""Prices are rounded to multiples of 2**-20, so that sums with them are exact."""

MANY_PAIRS = 400_000
"""From so many on, an interior point takes longer than a first-order method: two times here, three at a
million. What the prices prove does not hang on which found them."""


@dataclass(frozen=True, slots=True)
class Item:
    """So many alike groups: they come on `comes` or later, and can begin until `until` (ordinals)."""

    group: Group
    count: float
    comes: int
    until: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """item, column (n,) of every pair that some day allows; load (KINDS, n); value (n,) of one group."""

    item: Ints
    column: Ints
    load: Ints
    value: Floats


@dataclass(frozen=True, slots=True)
class RoomRows:
    """Rows that can bind: kind, column, step and room (n_rows,); counts (n_entries,): (row, pair, load)."""

    kind: Ints
    column: Ints
    step: Ints
    room: Ints
    row: Ints
    pair: Ints
    load: Ints


def pairs_of(items: Sequence[Item], across: Stretch, homes: HomesToday) -> Pairs:
    """Every pair of an item and a home; its value is the group's children."""
    if not items or not len(across.home):
        none = np.zeros(0, dtype=np.int64)
        return Pairs(none, none, np.zeros((KINDS, 0), dtype=np.int64), np.zeros(0))
    groups = [item.group for item in items]
    allowed = lawful_somewhen(groups, across, homes)
    allowed &= np.array([i.comes for i in items])[:, None] <= across.last[None, :]
    allowed &= np.array([i.until for i in items])[:, None] >= across.first[None, :]
    item, column = (part.astype(np.int64) for part in np.nonzero(allowed))
    size = np.array([g.size for g in groups], dtype=np.float64)
    return Pairs(item, column, loads(groups, item, column, across, homes), size[item])


def room_rows(items: Sequence[Item], pairs: Pairs, across: Stretch) -> RoomRows:
    """The rows of a stretch over the pairs."""
    comes = np.array([i.comes for i in items], dtype=np.int64)[pairs.item] if items else pairs.item
    found: list[tuple[Ints, ...]] = []
    heads: list[tuple[int, int, int, int]] = []
    number = np.full((KINDS, *across.starts.shape), -1, dtype=np.int64)
    for kind in range(KINDS):
        for step in range(across.starts.shape[1]):
            room = across.room[kind, :, step]
            binds = (room >= 0) & ((kind in (0, 4)) | (room < across.room[0, :, step]))
            counted = binds[pairs.column] & (comes >= across.starts[pairs.column, step])
            entry = np.flatnonzero(counted & (pairs.load[kind] > 0))
            for column in np.unique(pairs.column[entry]).tolist():
                number[kind, column, step] = len(heads)
                heads.append((kind, column, step, int(room[column])))
            found.append((number[kind, pairs.column[entry], step], entry, pairs.load[kind, entry]))
    table = np.array(heads, dtype=np.int64).reshape(-1, 4)
    row, pair, load = (
        (np.concatenate(part) for part in zip(*found, strict=True)) if found else (pairs.item,) * 3
    )
    return RoomRows(table[:, 0], table[:, 1], table[:, 2], table[:, 3], row, pair, load)


def start_program(items: Sequence[Item], pairs: Pairs, rows: RoomRows, *, extra: int = 0) -> Program:
    """The program over the pairs, and `extra` columns for the caller. Rows: the items', then the rooms'."""
    n = len(pairs.item)
    count = np.array([i.count for i in items], dtype=np.float64)
    program = Program(
        gain=np.concatenate([pairs.value, np.zeros(extra)]),
        upper=np.full(n + extra, np.inf),
        whole=np.zeros(n + extra, dtype=np.bool_),
    )
    program.add_rows(
        row=pairs.item,
        col=np.arange(n),
        value=np.ones(n),
        lower=np.full(len(items), -np.inf),
        upper=count,
    )
    program.add_rows(
        row=rows.row,
        col=rows.pair,
        value=rows.load.astype(np.float64),
        lower=np.full(len(rows.room), -np.inf),
        upper=rows.room.astype(np.float64),
    )
    return program


def room_prices(items: Sequence[Item], pairs: Pairs, rows: RoomRows) -> Floats:
    """(n_rows,): a price for each row of room, >= 0."""
    if not len(pairs.item):
        return np.zeros(len(rows.room))
    method = "ipm" if len(pairs.item) < MANY_PAIRS else "pdlp"
    found = solve_relaxation(start_program(items, pairs, rows), method=method, crossover=False)
    return rounded(found.prices[len(items) :])


def rounded(prices: Floats) -> Floats:
    """Prices of rows, none below 0, as multiples of 2**-20."""
    return np.maximum(np.round(prices * GRAIN) / GRAIN, 0.0)


def left_at(pairs: Pairs, rows: RoomRows, prices: Floats) -> Floats:
    """(n_pairs,): the value of each pair less the prices of the room that it takes."""
    taken = np.bincount(rows.pair, weights=prices[rows.row] * rows.load, minlength=len(pairs.item))
    return pairs.value - taken


def proven_bound(items: Sequence[Item], pairs: Pairs, rows: RoomRows, prices: Floats) -> float:
    """No choice of pairs is worth more, whatever the prices (weak duality)."""
    left = np.zeros(len(items))
    np.maximum.at(left, pairs.item, left_at(pairs, rows, prices))
    count = np.array([i.count for i in items], dtype=np.float64)
    return float(rows.room @ prices + count @ left)
