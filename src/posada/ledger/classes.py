"""Counts by place in coarse classes, for a map: wide enough that no subtraction from a known total tells a small one.

Comes in: children by county, and the total that is shown beside them. Goes out: the lower bound of each county's
class, None where it is hidden. A class is 39 or more wide, so that of two versions a reader sees at most that a bound
was crossed. Docs: docs/explanation/published-figures.md. Tests: tests/ledger/test_classes.py.
"""

from bisect import bisect_right
from collections.abc import Mapping

from posada.ledger.figures import SMALL_CELL

BOUNDS = (11, 50, 100, 250, 500, 1000, 2500, 5000)
NO_END = 10**9


def class_of(count: int) -> tuple[int, int]:
    """The lower and upper bound of a count's class; under 11 it is 0 to 10.

    >>> class_of(7), class_of(11), class_of(1200)
    ((0, 10), (11, 49), (1000, 2499))
    """
    at = bisect_right(BOUNDS, count)
    low = BOUNDS[at - 1] if at else 0
    return low, BOUNDS[at] - 1 if at < len(BOUNDS) else NO_END


def classes(counts: Mapping[str, int], *, total: int | None) -> dict[str, int | None]:
    """The lower bound of each place's class. `total`: the sum as it is shown elsewhere; None where it is not.

    A place under 11 is hidden, and so are others, the smallest first, until the total says no more of any hidden
    place than that.

    Raises:
        ValueError: a count is negative.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count of children cannot be negative")
    shown: dict[str, int | None] = {
        place: None if count < SMALL_CELL.threshold else class_of(count)[0] for place, count in counts.items()
    }
    while total is not None and not _tells_nothing(counts, shown, total):
        smallest = min(
            (place for place in shown if shown[place] is not None), key=lambda p: (counts[p], p), default=None
        )
        if smallest is None:
            break
        shown[smallest] = None
    return shown


def _tells_nothing(counts: Mapping[str, int], shown: Mapping[str, int | None], total: int) -> bool:
    """Whether each hidden place under 11 could still be anything from 0 to 10, whatever the total says.

    A reader who takes every hidden place for one under 11 knows the narrowest range: that is what is asked.
    """
    small = [place for place in counts if shown[place] is None]
    if not small:
        return True
    low = sum(class_of(counts[place])[0] for place in counts if shown[place] is not None)
    high = sum(class_of(counts[place])[1] for place in counts if shown[place] is not None)
    others = len(small) - 1
    most = SMALL_CELL.threshold - 1
    can_be_none = total <= high + others * most or any(counts[place] > most for place in small)
    can_be_most = total >= low + most
    return can_be_none and can_be_most
