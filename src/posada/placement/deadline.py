"""A user's time limit. Without one nothing here looks at a clock, and the plan is the same on any machine."""

import time
from dataclasses import dataclass

LEAST = 0.05
"""Seconds a solver is given at least: with none at all it can't even say that it found nothing."""


class OutOfTime(RuntimeError):  # noqa: N818
    """The user's time is over before an answer."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """`until` is a reading of `time.perf_counter`, None: no limit."""

    until: float | None = None

    @staticmethod
    def after(seconds: float | None) -> "Deadline":
        """From now on."""
        return Deadline(None if seconds is None else time.perf_counter() + seconds)

    def left(self) -> float | None:
        """Seconds left, a little at least; None: no limit."""
        return None if self.until is None else max(self.until - time.perf_counter(), LEAST)

    @property
    def is_over(self) -> bool:
        """Whether the time is used up."""
        return self.until is not None and time.perf_counter() >= self.until

    def check(self) -> None:
        """Raises OutOfTime where the time is used up."""
        if self.is_over:
            raise OutOfTime("the time limit is reached")


NO_DEADLINE = Deadline()
