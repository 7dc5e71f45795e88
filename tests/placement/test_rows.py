"""The rows say what a plan may do: no more, no less."""

from itertools import product

import numpy as np
import pytest

from posada.placement.rows import add_level_row, level_gain, most_that_fit, room_rows, whole_program
from tests.placement.small_models import breaks_no_row, ints, random_model


@pytest.mark.parametrize("seed", range(12))
def test_counts_keep_the_rows_exactly_when_they_are_lawful(seed: int) -> None:
    model = random_model(seed, most_edges=4)
    program = whole_program(model, gain=np.zeros(model.n_edges + len(model.arc_desk)))
    starts, cols, values, lower, upper = program.matrix()
    table = np.zeros((program.n_rows, model.n_edges + len(model.arc_desk)))
    for row in range(program.n_rows):
        np.add.at(table[row], cols[starts[row] : starts[row + 1]], values[starts[row] : starts[row + 1]])
    edges = [range(int(model.item_count[i]) + 1) for i in model.edge_item]
    arcs = [range(2) for _ in model.arc_desk]
    for counts in product(*edges, *arcs):
        z = ints(counts)
        kept = bool(((table @ z >= lower) & (table @ z <= upper)).all() and (z <= program.upper).all())
        assert kept == breaks_no_row(model, z[: model.n_edges], z[model.n_edges :])


def test_rooms_that_cannot_bind_have_no_row() -> None:
    for seed in range(10):
        model = random_model(seed)
        _, _, load, capacity, bins = room_rows(model)
        assert len(capacity) == len(bins) == int((model.capacity < 1 << 30).sum())
        assert (load > 0).all()


def test_an_edge_takes_no_more_than_its_scarcest_room() -> None:
    model = random_model(5)
    most = most_that_fit(model)
    for edge in range(model.n_edges):
        x = np.zeros(model.n_edges, dtype=np.int64)
        for kind in range(len(model.capacity)):
            x[edge] = most[edge]
            load = int(model.load[kind, edge] * x[edge])
            assert load <= model.capacity[kind, model.edge_bin[edge]]


def test_a_level_row_keeps_what_was_reached() -> None:
    model = random_model(2, most_edges=4)
    program = whole_program(model, gain=np.zeros(model.n_edges + len(model.arc_desk)))
    gain = level_gain(model, model.levels[0])
    add_level_row(program, gain, at_least=3)
    _, _, _, lower, upper = program.matrix()
    assert (lower[-1], upper[-1]) == (3, np.inf)
    assert level_gain(model, model.levels[0])[: model.n_edges].tolist() == model.load[0].tolist()
