"""Which figures a page that leaves the office may show.

A figure between 1 and 10 is hidden, and so is any figure from which, with the others shown, a small one
could be worked out: 212 children of whom 203 have a home say that nine have none. The tables are first
hidden one by one (posada.ledger.figures); this file then looks at all of the page's figures together, as
names tied by sums that a reader knows ("all = placed + waiting"), and hides more, the least needed first,
until no small figure follows from what is left. A zero may be shown: it is nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from posada.ledger.figures import SMALL_CELL

THRESHOLD = SMALL_CELL.threshold


@dataclass(frozen=True, slots=True)
class Tie:
    """A whole that is the sum of its parts: `whole - sum(parts) = 0`. Every name is a figure."""

    whole: str
    parts: tuple[str, ...]

    @property
    def signs(self) -> dict[str, int]:
        """Name -> +1 for the whole, -1 for a part."""
        return {self.whole: 1, **dict.fromkeys(self.parts, -1)}


def is_small(count: int) -> bool:
    """Whether a count of people is too small to show.

    >>> is_small(0), is_small(1), is_small(10), is_small(11)
    (False, True, True, False)
    """
    return 0 < count < THRESHOLD


def hidden_figures(
    figures: Mapping[str, int],
    *,
    ties: Iterable[Tie],
    keep: Mapping[str, int],
    already_hidden: Iterable[str] = (),
) -> frozenset[str]:
    """Names of the figures that may not be shown.

    Args:
        figures: name -> count of people. Give a name also to the differences that nobody prints ("placed
            without kin"): they must stay hidden too when they are small.
        ties: the sums that a reader can form.
        keep: name -> how much the page needs the figure; the lowest is hidden first (default 0).
        already_hidden: hidden for reasons of their own.

    Raises:
        ValueError: a tie does not add up.
    """
    ties = list(ties)
    for tie in ties:
        if sum(sign * figures[name] for name, sign in tie.signs.items()):
            raise ValueError(f"the figures of {tie.whole} do not add up")
    hidden = {name for name, figure in figures.items() if is_small(figure)} | set(already_hidden)
    while True:
        leak = next((tie for tie in ties if _gives_away(tie, figures, hidden)), None)
        leak = leak or _tie_that_exposes(ties, figures, hidden, keep)
        if leak is None:
            return frozenset(hidden)
        hidden.add(_least_needed(leak, figures, hidden, keep))


def _gives_away(tie: Tie, figures: Mapping[str, int], hidden: set[str]) -> bool:
    """Whether one sum alone tells a hidden figure, or that several together are fewer than 11."""
    signs = [(name, sign) for name, sign in tie.signs.items() if name in hidden]
    if not signs or not _candidates(tie, figures, hidden):
        return False
    if len(signs) == 1:
        return True
    one_side = len({sign for _, sign in signs}) == 1
    return one_side and sum(figures[name] for name, _ in signs) < THRESHOLD


def _tie_that_exposes(
    ties: list[Tie], figures: Mapping[str, int], hidden: set[str], keep: Mapping[str, int]
) -> Tie | None:
    """A tie of a small figure that all sums together determine, one in which more can be hidden.

    A hidden figure is determined exactly where its unit vector lies in the row space of the ties,
    restricted to the hidden figures.
    """
    names = sorted(hidden)
    column = {name: at for at, name in enumerate(names)}
    rows = [{n: s for n, s in tie.signs.items() if n in column} for tie in ties]
    rows = [row for row in rows if row]
    if not rows:
        return None
    matrix = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for name, sign in row.items():
            matrix[at, column[name]] = sign
    _, strength, space = np.linalg.svd(matrix, full_matrices=False)
    space = space[strength > 1e-9]
    share = (space**2).sum(axis=0)
    known = {name for name in names if is_small(figures[name]) and share[column[name]] > 1 - 1e-9}
    open_ties = [t for t in ties if known & t.signs.keys() and _candidates(t, figures, hidden)]
    return min(open_ties, key=lambda t: keep.get(_least_needed(t, figures, hidden, keep), 0), default=None)


def _candidates(tie: Tie, figures: Mapping[str, int], hidden: set[str]) -> list[str]:
    """Figures of a tie that could still be hidden; hiding a zero protects nobody."""
    return [name for name in tie.signs if name not in hidden and figures[name] > 0]


def _least_needed(tie: Tie, figures: Mapping[str, int], hidden: set[str], keep: Mapping[str, int]) -> str:
    """The figure of a tie to hide next: least needed, then smallest, then by name."""
    return min(_candidates(tie, figures, hidden), key=lambda n: (keep.get(n, 0), figures[n], n))
