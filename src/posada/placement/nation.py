"""A source of pairs for a nation: asks hundreds of millions of lawful pairs without listing them.

What a pair is worth at given prices splits in two: what the kind of group is worth in the home, and what
the item adds by its court and its own price. The first is a table of kinds and homes, the second one of
items and courts; their best sums are found without forming the product.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posada.placement.candidates import STRIP, Candidates, is_large
from posada.placement.columns import WORTH, Survey
from posada.placement.model import Model
from posada.placement.prices import Prices, Weights, edge_value

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
GOLDEN = 0.6180339887498949
FIRST_SURVEYS = 3
SCATTER = 2.0
PER_HOME = 10
PER_COURT = 2
"""Missing pairs let in a round: so many a home, and so many in each item's two best courts."""


@dataclass(frozen=True, slots=True)
class NationalPairs:
    """Pairs of `Candidates` made with `is_exact=False`."""

    candidates: Candidates
    asking: Ints  # kinds with a lawful open home
    item_row: Ints  # (n_items,), the item's row in `asking`, -1: none
    court_order: Ints  # open homes sorted by court
    share: Ints  # (n_asking, n_language_sets)
    share_column: Ints  # (n_open,)
    shares_of_size: Ints  # (4, n_asking)

    @staticmethod
    def of(candidates: Candidates) -> "NationalPairs":
        """Prepare the tables that do not change with prices."""
        present = np.bincount(candidates.item_kind, minlength=len(candidates.kind_group)) > 0
        asking = np.flatnonzero(candidates.lawful.any(axis=1) & present)
        row_of_kind = np.full(len(candidates.kind_group), -1, dtype=np.int64)
        row_of_kind[asking] = np.arange(len(asking))
        table, column = candidates.language_table()
        first_item = np.zeros(len(candidates.kind_group), dtype=np.int64)
        first_item[candidates.item_kind[::-1]] = np.arange(len(candidates.items))[::-1]
        court = candidates.home_court[candidates.open_homes]
        return NationalPairs(
            candidates=candidates,
            asking=asking,
            item_row=row_of_kind[candidates.item_kind],
            court_order=np.argsort(court, kind="stable"),
            share=table[first_item[asking]],
            share_column=column[candidates.open_homes],
            shares_of_size=candidates.item_loads()[:, first_item[asking]],
        )

    def n_bins(self) -> int:
        """Homes."""
        return len(self.candidates.problem.homes)

    def model(self, item: Ints, bin_: Ints) -> Model:
        """See PairSource."""
        return self.candidates.model(item, bin_, with_cost=False)

    def first_pairs(self, weights: Weights) -> tuple[Ints, Ints]:
        """All kin pairs, and the open pairs that look best at three sets of scattered prices."""
        c = self.candidates
        items, homes = [c.listed_item], [c.listed_home]
        for turn in range(FIRST_SURVEYS):
            scatter = self._scattered(turn)
            room = np.zeros(c.capacity.shape)
            room[0] = weights.edge[0] * (0.5 + 0.5 * scatter[: self.n_bins()])
            prices = Prices(
                item=0.3 * weights.edge[0] * scatter[: len(c.items)],
                room=room,
                desk=np.zeros(len(c.desks.must)),
                pool=np.zeros(len(c.pools.slots)),
            )
            survey = self.survey(prices, weights)
            items.append(survey.item)
            homes.append(survey.bin)
        return np.concatenate(items), np.concatenate(homes)

    def must_pairs(self) -> tuple[Ints, Ints]:
        """See PairSource."""
        return self.candidates.must_pairs()

    def pair_ranks(self, item: Ints, bin_: Ints) -> Floats:
        """See PairSource."""
        return self.candidates.pair_ranks(item, bin_)

    def _scattered(self, turn: int) -> Floats:
        """Numbers in [0, 1) that no two items or homes share: multiples of the golden ratio."""
        longest = max(len(self.candidates.items), self.n_bins())
        return np.asarray((np.arange(1.0, longest + 1) * GOLDEN * (turn + 1)) % 1.0, dtype=np.float64)

    def survey(self, prices: Prices, weights: Weights) -> Survey:
        """See PairSource."""
        c = self.candidates
        left = np.full(len(c.items), -np.inf)
        listed = self.model(c.listed_item, c.listed_home)
        np.maximum.at(left, c.listed_item, edge_value(listed, weights, prices))
        items = np.flatnonzero(self.item_row >= 0)
        if len(items) == 0 or len(c.open_homes) == 0:
            return Survey(left, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
        offset = self._offsets(items, prices)  # (n_items asking, n_courts + 1)
        row = self.item_row[items]
        best_offset, best_item = _best_of_rows(row, offset, len(self.asking), items)
        court = c.home_court[c.open_homes]
        score = np.full((len(self.asking), len(c.open_homes)), -np.inf, dtype=np.float32)
        top = np.full((len(self.asking), offset.shape[1]), -np.inf)
        where = np.full((len(self.asking), offset.shape[1], PER_COURT), -1, dtype=np.int32)
        for first in range(0, len(self.asking), STRIP):
            strip = slice(first, min(first + STRIP, len(self.asking)))
            worth = self._home_worth(strip, prices, weights)
            self._best_in_courts(worth, court, top[strip], where[strip])
            score[strip] = worth + best_offset[strip][:, court]
        per_court = top[row] + offset
        np.maximum.at(left, items, per_court.max(axis=1))
        item_a, home_a = self._for_items(items, row, per_court, where)
        item_b, home_b = self._for_homes(score, best_item, court)
        return Survey(left, np.concatenate([item_a, item_b]), np.concatenate([home_a, home_b]))

    def best_for(
        self, bins: Ints, left: Ints, prices: Prices, weights: Weights, *, most: int
    ) -> tuple[Ints, Ints]:
        """See PairSource; kin homes bring all their pairs."""
        c = self.candidates
        column_of = np.full(self.n_bins(), -1, dtype=np.int64)
        column_of[c.open_homes] = np.arange(len(c.open_homes))
        columns = column_of[bins][column_of[bins] >= 0]
        kin = np.isin(c.listed_home, bins) & (left[c.listed_item] > 0)
        items = np.flatnonzero((self.item_row >= 0) & (left > 0))
        if len(items) == 0 or len(columns) == 0:
            return c.listed_item[kin], c.listed_home[kin]
        offset = self._offsets(items, prices)
        court = c.home_court[c.open_homes[columns]]
        best_offset, best_item = _best_of_rows(self.item_row[items], offset, len(self.asking), items)
        worth = np.vstack(
            [
                self._home_worth(slice(first, first + STRIP), prices, weights, columns)
                for first in range(0, len(self.asking), STRIP)
            ]
        )
        score = worth + best_offset[:, court]
        # Many kinds are worth the same: without a scatter every home would ask for the same few groups.
        score += SCATTER * ((np.arange(1.0, score.size + 1) * GOLDEN) % 1.0).reshape(score.shape)
        take = min(most, score.shape[0])
        best = np.argpartition(-score, take - 1, axis=0)[:take]
        good = np.isfinite(np.take_along_axis(score, best, axis=0))
        kind, column = best[good], np.nonzero(good)[1]
        return (
            np.concatenate([c.listed_item[kin], best_item[kind, court[column]]]),
            np.concatenate([c.listed_home[kin], c.open_homes[columns[column]]]),
        )

    def best_homes(self, items: Ints, prices: Prices, weights: Weights, *, most: int) -> Ints:
        """Open homes worth most for each of some items, item by item; an item's first choices come first."""
        c = self.candidates
        items = items[self.item_row[items] >= 0]
        court = c.home_court[c.open_homes]
        found = []
        for first in range(0, len(items), STRIP):
            some = items[first : first + STRIP]
            worth = self._home_worth(self.item_row[some], prices, weights)
            worth = worth + self._offsets(some, prices)[:, court]
            take = min(most, worth.shape[1])
            best = np.argpartition(-worth, take - 1, axis=1)[:, :take]
            good = np.isfinite(np.take_along_axis(worth, best, axis=1))
            found.append(c.open_homes[best[good]])
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def _offsets(self, items: Ints, prices: Prices) -> Floats:
        """(n, n_courts + 1): the desk's price in a home of each court (last: no court) less the item's."""
        desks = self.candidates.desks
        worth = np.append(prices.desk, 0.0)
        by_court = worth[desks.desk[desks.kind_of_item[items]]]
        by_court = np.hstack([by_court, np.zeros((len(items), 1))])
        own = desks.item_court[items]
        fixed = np.flatnonzero(own >= 0)
        by_court[fixed] = by_court[fixed, own[fixed]][:, None]
        return by_court - prices.item[items][:, None]

    def _home_worth(
        self, strip: slice | Ints, prices: Prices, weights: Weights, columns: Ints | None = None
    ) -> Floats:
        """(kinds in the strip, open homes): gain less the rooms' prices; -inf where not lawful.

        `columns` chooses some of the open homes.
        """
        c = self.candidates
        some = np.arange(len(c.open_homes)) if columns is None else columns
        homes = c.open_homes[some]
        loads = self.shares_of_size[:, strip]
        size = loads[0][:, None].astype(np.float64)
        room = prices.room[:, homes]
        share = self.share[strip][:, self.share_column[some]]
        worth = weights.edge[0] * size + weights.edge[2] * share
        policy = c.problem.policy
        living, applies = self._household()
        alone = (loads[0][:, None] + living[some] > policy.household_max) & applies[some]
        places = np.where(alone, c.capacity[0, homes][None, :], loads[0][:, None])
        worth -= room[0][None, :] * places
        for kind in range(1, len(loads)):
            worth -= room[kind][None, :] * loads[kind][:, None]
        worth -= room[-1][None, :] * is_large(places, c.capacity[0, homes][None, :])
        worth[~c.lawful[self.asking[strip]][:, some]] = -np.inf
        return np.asarray(worth)

    def _household(self) -> tuple[Ints, NDArray[np.bool_]]:
        problem = self.candidates.problem
        states = [problem.homes[h] for h in self.candidates.open_homes]
        living = np.array([s.standing + s.own for s in states], dtype=np.int64)
        kinds = problem.policy.household_kinds
        return living, np.array([s.home.kind in kinds for s in states], dtype=np.bool_)

    def _best_in_courts(self, worth: Floats, court: Ints, top: Floats, where: NDArray[np.int32]) -> None:
        """Fill the best value (rows, courts) and the best homes (rows, courts, PER_COURT) of a strip."""
        for number in np.unique(court):
            homes = np.flatnonzero(court == number)
            part = worth[:, homes]
            take = min(PER_COURT, len(homes))
            best = np.argpartition(-part, take - 1, axis=1)[:, :take]
            values = np.take_along_axis(part, best, axis=1)
            top[:, number] = values.max(axis=1)
            chosen = np.where(np.isfinite(values), homes[best], -1)
            where[:, number, :take] = chosen

    def _for_items(
        self, items: Ints, row: Ints, per_court: Floats, where: NDArray[np.int32]
    ) -> tuple[Ints, Ints]:
        """For each item its best homes in its two best courts."""
        found_item, found_home = [], []
        ranked = np.argsort(-per_court, axis=1, kind="stable")
        for place in range(min(2, per_court.shape[1])):
            court = ranked[:, place]
            worth = np.flatnonzero(per_court[np.arange(len(items)), court] > WORTH)
            for k in range(PER_COURT):
                home = where[row[worth], court[worth], k]
                good = home >= 0
                found_item.append(items[worth[good]])
                found_home.append(self.candidates.open_homes[home[good]])
        return np.concatenate(found_item), np.concatenate(found_home)

    def _for_homes(self, score: NDArray[np.float32], best_item: Ints, court: Ints) -> tuple[Ints, Ints]:
        """For each home its best kinds, each by the item that is worth most in the home's court."""
        take = min(PER_HOME, score.shape[0])
        best = np.argpartition(-score, take - 1, axis=0)[:take]
        values = np.take_along_axis(score, best, axis=0)
        kind, column = best[values > WORTH], np.nonzero(values > WORTH)[1]
        return best_item[kind, court[column]], self.candidates.open_homes[column]


def _best_of_rows(row: Ints, offset: Floats, n_rows: int, items: Ints) -> tuple[Floats, Ints]:
    """(n_rows, n_courts) the highest offset of each row's items in each court, and which item has it."""
    best = np.full((n_rows, offset.shape[1]), -np.inf)
    which = np.zeros((n_rows, offset.shape[1]), dtype=np.int64)
    order = np.argsort(row, kind="stable")
    rows, starts = np.unique(row[order], return_index=True)
    for court in range(offset.shape[1]):
        values = offset[order, court]
        best[rows, court] = np.maximum.reduceat(values, starts)
        rank = np.lexsort((-values, row[order]))
        which[rows, court] = items[order[rank[starts]]]
    return best, which
