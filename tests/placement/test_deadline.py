"""A time limit runs out; none never does."""

import pytest

from posada.placement.deadline import LEAST, NO_DEADLINE, Deadline, OutOfTime


def test_without_a_limit_nothing_runs_out() -> None:
    assert NO_DEADLINE.left() is None
    assert not Deadline.after(None).is_over
    NO_DEADLINE.check()


def test_a_limit_that_is_over_says_so_and_leaves_a_little() -> None:
    over = Deadline.after(0.0)
    assert over.is_over
    assert over.left() == LEAST
    with pytest.raises(OutOfTime):
        over.check()


def test_a_far_limit_is_not_over() -> None:
    far = Deadline.after(1000.0)
    assert not far.is_over
    left = far.left()
    assert left is not None and 900 < left <= 1000
