"""Small integer programs of the shape of `Model`, and their best values by trying everything.

    model = random_model(seed)         # about 4 items x 3 bins, sometimes with counsel and conflicts
    best_values(model)                 # the levels' values in their order, or None if nothing is lawful

`breaks_no_row` says whether whole counts keep every row; it shares nothing with src/posada/placement/rows.py.
"""

from collections.abc import Iterator
from itertools import product
from random import Random

import numpy as np
from numpy.typing import NDArray

from posada.placement.model import NO_ROW, Level, Model

Ints = NDArray[np.int64]


def ints(values: object) -> Ints:
    """An array of whole numbers."""
    return np.array(values, dtype=np.int64)


def random_model(seed: int, *, items: int = 4, bins: int = 3, most_edges: int = 7) -> Model:
    """A model drawn from `seed`; levels are two of edges, one or two of arcs, and a cost."""
    rng = Random(seed)
    pairs = sorted(rng.sample(list(product(range(items), range(bins))), k=min(most_edges, items * bins)))
    n = len(pairs)
    has_counsel = rng.random() < 0.6
    desks, pools = (2, 2) if has_counsel else (0, 0)
    arcs = sorted(rng.sample(list(product(range(desks), range(pools))), k=3)) if has_counsel else []
    size = [rng.randint(1, 3) for _ in range(items)]
    levels = [
        Level("children_placed", "max", edge_gain=ints([size[i] for i, _ in pairs])),
        Level(
            "children_sharing_language", "max", edge_gain=ints([rng.randint(0, size[i]) for i, _ in pairs])
        ),
        Level("children_represented", "max", arc_gain=ints([rng.randint(1, 3) for _ in arcs])),
        Level("counsel_sharing_language", "max", arc_gain=ints([rng.randint(0, 2) for _ in arcs])),
        Level("cost_cents_per_day", "min", edge_gain=ints([rng.choice((0, 2500, 3901)) for _ in pairs])),
    ]
    rooms = ints(
        [[rng.randint(1, 5) for _ in range(bins)], [rng.choice((1, 2, NO_ROW)) for _ in range(bins)]]
    )
    together = [(a, b) for a in range(n) for b in range(a + 1, n) if pairs[a][1] == pairs[b][1]]
    count = [rng.choice((1, 1, 2)) for _ in range(items)]
    # Only groups that stay by themselves are separated from each other: their items count one.
    alone = [(a, b) for a, b in together if count[pairs[a][0]] == count[pairs[b][0]] == 1]
    conflicts = [pair for pair in alone if rng.random() < 0.3]
    return Model(
        item_count=ints(count),
        item_must=np.array([rng.random() < 0.08 for _ in range(items)], dtype=np.bool_),
        capacity=rooms,
        edge_item=ints([i for i, _ in pairs]),
        edge_bin=ints([b for _, b in pairs]),
        load=ints([[size[i] for i, _ in pairs], [rng.randint(0, 2) for _ in pairs]]),
        levels=tuple(levels),
        edge_desk=ints([rng.randint(-1, desks - 1) if desks else -1 for _ in pairs]),
        desk_must=np.zeros(desks, dtype=np.bool_),
        arc_desk=ints([d for d, _ in arcs]),
        arc_pool=ints([p for _, p in arcs]),
        pool_slots=ints([rng.randint(0, 2) for _ in range(pools)]),
        conflict_edges=ints(conflicts).reshape(-1, 2),
    )


def breaks_no_row(model: Model, x: Ints, y: Ints) -> bool:
    """Whether whole counts of edges and arcs keep every row of the model."""
    for item, count in enumerate(model.item_count):
        used = int(x[model.edge_item == item].sum())
        if used > count or (model.item_must[item] and used != count):
            return False
    for kind, room in np.ndindex(*model.capacity.shape):
        here = model.edge_bin == room
        if (
            model.capacity[kind, room] < NO_ROW
            and int(model.load[kind, here] @ x[here]) > model.capacity[kind, room]
        ):
            return False
    if any(x[a] > 0 and x[b] > 0 for a, b in model.conflict_edges):
        return False
    for desk, must in enumerate(model.desk_must):
        came, matched = int(x[model.edge_desk == desk].sum()), int(y[model.arc_desk == desk].sum())
        if matched > came or (must and matched != came):
            return False
    return all(int(y[model.arc_pool == pool].sum()) <= slots for pool, slots in enumerate(model.pool_slots))


def lawful_counts(model: Model) -> Iterator[tuple[Ints, Ints]]:
    """Every (x, y) that breaks no row."""
    most = [int(model.item_count[i]) for i in model.edge_item]
    slots = [int(model.pool_slots[p]) for p in model.arc_pool]
    nobody = np.zeros(len(slots), dtype=np.int64)
    for counts in product(*(range(m + 1) for m in most)):
        x = ints(counts)
        if breaks_no_row(model, x, nobody):
            for flows in product(*(range(s + 1) for s in slots)):
                y = ints(flows).reshape(-1)
                if breaks_no_row(model, x, y):
                    yield x, y


def values_of(model: Model, x: Ints, y: Ints) -> tuple[int, ...]:
    """Each level's value."""
    return tuple(
        int(lv.edge_gain @ x)
        if lv.edge_gain is not None
        else int(y @ lv.arc_gain if lv.arc_gain is not None else 0)
        for lv in model.levels
    )


def in_order(model: Model, values: tuple[int, ...]) -> tuple[int, ...]:
    """Values turned so that more is better; compare these."""
    return tuple(v if lv.sense == "max" else -v for lv, v in zip(model.levels, values, strict=True))


def best_values(model: Model) -> tuple[int, ...] | None:
    """The best levels in their order, by enumeration; None: nothing lawful holds what must be placed."""
    every = [values_of(model, x, y) for x, y in lawful_counts(model)]
    return max(every, key=lambda values: in_order(model, values), default=None)
