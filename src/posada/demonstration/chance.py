"""Seeded chance: the same seed and part draw the same, on every machine and with every Python.

Only `Random.random()` is used, the one method whose sequence Python promises to keep. Each part of a program
has its own stream, so that a change in one leaves the others as they were.
Tests: tests/demonstration/test_chance.py.
"""

from bisect import bisect
from collections.abc import Mapping
from itertools import accumulate
from random import Random


class Weights:
    """Names with weights of 0 or more, ready to pick from.

    Raises:
        ValueError: no name has a weight above 0.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        kept = {name: weight for name, weight in weights.items() if weight > 0}
        if not kept:
            raise ValueError("there is nothing to pick from: every weight is 0")
        self.names = tuple(kept)
        self.cumulative = tuple(accumulate(kept.values()))


class Chance:
    """A stream of draws."""

    def __init__(self, seed: int, *, part: str) -> None:
        self._next = Random(f"{seed}:{part}").random  # noqa: S311  synthetic data, no secret

    def happens(self, probability: float) -> bool:
        """True with the probability."""
        return self._next() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included, all as likely."""
        return low + int(self._next() * (high - low + 1))

    def about(self, middle: float, *, spread: float) -> int:
        """A whole number within a share of the middle, above or below."""
        return round(middle * (1 + spread * (2 * self._next() - 1)))

    def pick(self, weights: Weights) -> str:
        """One name, as likely as its weight."""
        at = bisect(weights.cumulative, self._next() * weights.cumulative[-1])
        return weights.names[min(at, len(weights.names) - 1)]

    def several(self, shares: Mapping[str, float]) -> tuple[str, ...]:
        """Each name on its own, with its probability."""
        return tuple(name for name, share in shares.items() if self._next() < share)
