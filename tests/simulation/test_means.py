"""Means over years, shares of the bound year by year, and the loss where other numbers come."""

import pytest

from posada.simulation.means import columns, losses, means
from posada.simulation.policies import FIRST_COME, HINDSIGHT, PRICES
from posada.simulation.study import Row


def row(policy: str, seed: int, placed: int, *, arrivals: float = 1.0, learnt: float = 0.0) -> Row:
    kin = None if policy == HINDSIGHT else 2
    return Row("study", seed, policy, arrivals, learnt, 100, placed, children_with_kin=kin)


ROWS = [
    *(row(HINDSIGHT, 1, 100), row(HINDSIGHT, 2, 50), row(FIRST_COME, 1, 80), row(FIRST_COME, 2, 50)),
    *(row(PRICES, 1, 90, learnt=1.0), row(PRICES, 2, 50, learnt=1.0)),
    *(row(HINDSIGHT, 1, 40, arrivals=0.5), row(PRICES, 1, 36, arrivals=0.5, learnt=1.0)),
    row(PRICES, 1, 38, arrivals=0.5, learnt=0.5),
]


def test_a_share_is_the_mean_of_each_years_share() -> None:
    first = next(m for m in means(ROWS) if m.policy == FIRST_COME)
    assert (first.years, first.share, first.least_share) == (2, pytest.approx(0.9), pytest.approx(0.8))
    assert first.values["children_placed"] == 65
    assert first.values["days_waited"] is None


def test_policies_stand_in_their_order_and_other_arrivals_after_the_folders() -> None:
    assert [(m.policy, m.arrivals, m.learnt) for m in means(reversed(ROWS))] == [
        (FIRST_COME, 1.0, 0.0),
        (PRICES, 1.0, 1.0),
        (HINDSIGHT, 1.0, 0.0),
        (PRICES, 0.5, 0.5),
        (PRICES, 0.5, 1.0),
        (HINDSIGHT, 0.5, 0.0),
    ]


def test_the_loss_is_between_prices_learnt_for_these_arrivals_and_for_the_folders() -> None:
    (loss,) = losses(means(ROWS))
    assert (loss.arrivals, loss.years) == (0.5, 1)
    assert (loss.share, loss.share_if_known, loss.loss) == pytest.approx((0.9, 0.95, 0.05))
    assert losses(means(ROWS[:6])) == []


def test_a_bound_of_nobody_gives_no_share() -> None:
    (first, bound) = means([row(HINDSIGHT, 1, 0), row(FIRST_COME, 1, 0)])
    assert (first.share, first.least_share) == (None, None)
    assert bound.share is None


def test_the_columns_are_those_of_a_row() -> None:
    assert columns()[:4] == ("study", "seed", "policy", "arrivals")
