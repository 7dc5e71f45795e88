"""Values of levels, and which of two plans is better."""

from posada.placement.model import is_better, level_values
from tests.placement.small_models import in_order, lawful_counts, random_model, values_of


def test_values_of_levels_are_sums_over_what_is_used() -> None:
    for seed in range(8):
        model = random_model(seed, most_edges=4)
        for x, y in list(lawful_counts(model))[:40]:
            assert level_values(model, x, y) == values_of(model, x, y)


def test_the_first_level_that_differs_decides_and_less_cost_is_better() -> None:
    model = random_model(3)
    assert [level.sign for level in model.levels] == [1, 1, 1, 1, -1]
    assert is_better(model, (5, 0, 0, 0, 900), (4, 9, 9, 9, 0))
    assert is_better(model, (5, 1, 1, 1, 10), (5, 1, 1, 1, 11))
    assert not is_better(model, (5, 1, 1, 1, 10), (5, 1, 1, 1, 10))
    assert in_order(model, (5, 1, 1, 1, 10)) == (5, 1, 1, 1, -10)
