"""Column generation: the relaxation over millions of pairs, solved over the few thousands that matter.

Each round solves the relaxation over the active pairs, asks every lawful pair what it is worth at the
prices found, and lets the best of the missing ones in. The prices of any round prove a bound; the last
round's is the relaxation's optimum.
Column generation for assignment: M. Savelsbergh, Operations Research 45 (1997).
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from posada.placement.deadline import NO_DEADLINE, Deadline
from posada.placement.kin_first import keep_edges
from posada.placement.model import Model
from posada.placement.prices import Prices, Weights, edge_sum, edge_value, proven_bound, relax
from posada.placement.steady import ranks

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
WORTH = 1e-6
"""A pair enters only if it is worth more than this at the prices found."""
STANDSTILL = 1e-4
"""A value that rises by less than this share stands still."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What all pairs say at given prices: the best value of each item, and pairs worth letting in."""

    left: Floats  # (n_items,), -inf where an item has no pair
    item: Ints
    bin: Ints


class PairSource(Protocol):
    """All lawful pairs, however they are kept."""

    def model(self, item: Ints, bin_: Ints) -> Model:
        """The integer program over the given pairs, sorted by (item, bin)."""

    def survey(self, prices: Prices, weights: Weights) -> Survey:
        """Ask every pair."""

    def first_pairs(self, weights: Weights) -> tuple[Ints, Ints]:
        """Pairs to begin with."""

    def must_pairs(self) -> tuple[Ints, Ints]:
        """All pairs of items that must be placed: without them the relaxation may have no answer."""

    def pair_ranks(self, item: Ints, bin_: Ints) -> Floats:
        """(n,) numbers in [0, 1) that choose among equals; they hang on the pair, not on the program."""

    def n_bins(self) -> int:
        """Bins."""

    def best_for(
        self, bins: Ints, left: Ints, prices: Prices, weights: Weights, *, most: int
    ) -> tuple[Ints, Ints]:
        """The pairs worth most for each of some bins, of items of which some are `left` (n_items,)."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A relaxation that was solved over the active pairs: `x` (n_edges,), its prices and proven bound."""

    model: Model
    weights: Weights
    x: Floats
    prices: Prices
    bound: float


@dataclass(slots=True)
class Columns:
    """Active pairs as sorted keys item * n_bins + bin; they only matter for speed, never for a bound."""

    source: PairSource
    keys: Ints

    @staticmethod
    def start(source: PairSource, weights: Weights) -> "Columns":
        """The source's own first choice."""
        columns = Columns(source, np.zeros(0, dtype=np.int64))
        columns.add(*source.first_pairs(weights))
        return columns

    def add(self, item: Ints, bin_: Ints) -> int:
        """Let pairs in; returns how many are new."""
        before = len(self.keys)
        self.keys = np.union1d(self.keys, item * self.source.n_bins() + bin_)
        return len(self.keys) - before

    def model(self) -> Model:
        """The integer program over the active pairs."""
        return self.source.model(*np.divmod(self.keys, self.source.n_bins()))

    def drop(self, worthless: NDArray[np.bool_]) -> None:
        """Let pairs go that prices far exceed."""
        self.keys = self.keys[~worthless]


def solve_relaxed(
    columns: Columns,
    weights: Weights,
    *,
    rounds: int,
    close_enough: float,
    keep_above: float,
    deadline: Deadline = NO_DEADLINE,
) -> Relaxed:
    """Rounds until no pair is missing, or until bound and value are within `close_enough`.

    `keep_above` (< 0): active pairs worth less than this leave between rounds. Raises OutOfTime.
    """
    best: Relaxed | None = None
    before = -np.inf
    columns.add(*columns.source.must_pairs())
    for number in range(rounds):
        model = columns.model()
        deadline.check()
        result, prices = relax(model, weights, crossover=False, seconds=deadline.left())
        survey = columns.source.survey(prices, weights)
        bound = proven_bound(model, weights, prices, survey.left)
        if best is None or bound < best.bound:
            best = Relaxed(model, weights, result.x[: model.n_edges], prices, bound)
        if best.bound - result.value <= close_enough or number + 1 == rounds:
            break
        # Pairs that leave while the value stands still only come back.
        if result.value > before + STANDSTILL * abs(result.value):
            worthless = edge_value(model, weights, prices) < keep_above
            columns.drop(worthless & ~model.item_must[model.edge_item])
        before = result.value
        if columns.add(survey.item, survey.bin) == 0:
            break
    if best is None:
        raise ValueError("at least one round")
    return best


def best_by(key: Ints, score: Floats, *, most: int) -> Ints:
    """Indices of the `most` highest scores within each key; ties go to the earlier index."""
    order = np.lexsort((-score, key))
    sorted_key = key[order]
    rank = np.arange(len(order)) - np.searchsorted(sorted_key, sorted_key, side="left")
    return order[rank < most]


@dataclass(frozen=True, slots=True)
class ListedPairs:
    """A source that keeps every pair of a model in a list."""

    everything: Model
    per_item: int = 12
    per_bin: int = 12

    def n_bins(self) -> int:
        """Bins."""
        return int(self.everything.capacity.shape[1])

    def model(self, item: Ints, bin_: Ints) -> Model:
        """See PairSource."""
        mine = self.everything.edge_item * self.n_bins() + self.everything.edge_bin
        return keep_edges(self.everything, np.searchsorted(mine, item * self.n_bins() + bin_))

    def survey(self, prices: Prices, weights: Weights) -> Survey:
        """See PairSource."""
        value = edge_value(self.everything, weights, prices)
        left = np.full(len(self.everything.item_count), -np.inf)
        np.maximum.at(left, self.everything.edge_item, value)
        worth = np.flatnonzero(value > WORTH)
        chosen = self._best(worth, value[worth])
        return Survey(left, self.everything.edge_item[chosen], self.everything.edge_bin[chosen])

    def first_pairs(self, weights: Weights) -> tuple[Ints, Ints]:
        """Every pair where there are few; else the best of each item and bin by gain for its load."""
        everything = self.everything
        if everything.n_edges <= 60_000:
            return everything.edge_item, everything.edge_bin
        room = np.maximum(everything.load[0], 1)
        spread = (np.arange(everything.n_edges) * 0.6180339887498949) % 1.0
        gain = edge_sum(everything, weights)
        score = np.where(gain > 0, gain / room, gain * room) * (1 + 0.05 * spread)
        chosen = self._best(np.arange(everything.n_edges), score)
        return everything.edge_item[chosen], everything.edge_bin[chosen]

    def must_pairs(self) -> tuple[Ints, Ints]:
        """See PairSource."""
        must = self.everything.item_must[self.everything.edge_item]
        return self.everything.edge_item[must], self.everything.edge_bin[must]

    def pair_ranks(self, item: Ints, bin_: Ints) -> Floats:
        """See PairSource; a list has no names, so that the numbers stand for them."""
        items, bins = range(len(self.everything.item_count)), range(self.n_bins())
        return ranks([str(k) for k in items], [str(k) for k in bins], item, bin_)

    def best_for(
        self, bins: Ints, left: Ints, prices: Prices, weights: Weights, *, most: int
    ) -> tuple[Ints, Ints]:
        """See PairSource."""
        everything = self.everything
        wanted = np.zeros(self.n_bins(), dtype=np.bool_)
        wanted[bins] = True
        edges = np.flatnonzero(wanted[everything.edge_bin] & (left[everything.edge_item] > 0))
        value = edge_value(everything, weights, prices)[edges]
        chosen = edges[best_by(everything.edge_bin[edges], value, most=most)]
        return everything.edge_item[chosen], everything.edge_bin[chosen]

    def _best(self, edges: Ints, score: Floats) -> Ints:
        by_item = best_by(self.everything.edge_item[edges], score, most=self.per_item)
        by_bin = best_by(self.everything.edge_bin[edges], score, most=self.per_bin)
        return edges[np.union1d(by_item, by_bin)]
