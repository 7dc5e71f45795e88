"""The integer program behind a plan, as arrays: items into bins, and from there to the desks of counsel.

Items are classes of sibling groups, bins are homes, pools are counsel who are
alike. An edge is a lawful pair of item and bin; a desk gathers the edges whose groups may be matched by the
same counsel; an arc leads from a desk to a pool. Nothing here knows a child or a solver, so that other
assignment problems of the same shape (see bench/gap.py) go through the same path.

x[edge]  how many groups of the item go to the bin        (whole numbers)
y[arc]   how many groups of the desk the pool takes       (whole by the network's shape once x is)
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
NO_ROW = 1 << 30
"""A capacity that can never bind: the row is left out."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the objective. Exactly one of `edge_gain` and `arc_gain` is given."""

    name: str
    sense: str  # "max" or "min"
    edge_gain: Ints | None = None  # (n_edges,)
    arc_gain: Ints | None = None  # (n_arcs,)

    @property
    def sign(self) -> int:
        """+1 where more is better, -1 where less is."""
        return 1 if self.sense == "max" else -1


@dataclass(frozen=True, slots=True)
class Model:
    """See the module. Edges are sorted by (item, bin); desks and pools may be empty.

    Shapes: item_count (n_items,), item_must (n_items,) True = all of the item must be placed;
    capacity (n_kinds, n_bins);
    load (n_kinds, n_edges); edge_desk (n_edges,), -1 = no counsel can be asked;
    desk_must (n_desks,) True = every group that reaches the desk must be matched.
    desk_base (n_desks,) groups that are at the desk already, whatever x is;
    conflict_edges (n_conflicts, 2): at most one of the two edges is used.
    """

    item_count: Ints
    item_must: NDArray[np.bool_]
    capacity: Ints
    edge_item: Ints
    edge_bin: Ints
    load: Ints
    levels: tuple[Level, ...]
    edge_desk: Ints
    desk_must: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    arc_desk: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    arc_pool: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    pool_slots: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    desk_base: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    conflict_edges: Ints = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))

    @property
    def n_edges(self) -> int:
        """Lawful pairs."""
        return len(self.edge_item)


@dataclass(frozen=True, slots=True)
class Solution:
    """x (n_edges,) and y (n_arcs,), both whole, with each level's value and proven bound."""

    x: Ints
    y: Ints
    values: tuple[int, ...]
    bounds: tuple[int, ...]
    time_limit_reached: bool = False


def level_values(model: Model, x: Ints, y: Ints) -> tuple[int, ...]:
    """The value of every level, as whole numbers."""
    values = []
    for level in model.levels:
        if level.edge_gain is not None:
            values.append(int(level.edge_gain @ x))
        elif level.arc_gain is not None:
            values.append(int(level.arc_gain @ y))
    return tuple(values)


def is_better(model: Model, a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Whether the values `a` beat `b`, the first level that differs deciding."""
    signs = [level.sign for level in model.levels]
    return tuple(s * v for s, v in zip(signs, a, strict=True)) > tuple(
        s * v for s, v in zip(signs, b, strict=True)
    )
