"""Means over the years of a study, and what is lost where other numbers come than prices were learnt for.

Comes in: rows of one study. Goes out: `Mean` and `Loss`. Docs: docs/how-to/simulate-a-year.md.
Tests: tests/simulation/test_means.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from posada.simulation.policies import HINDSIGHT, POLICIES, PRICES
from posada.simulation.study import AS_LEARNT, Row

MEANT = (
    *("children", "children_placed", "children_with_kin", "children_sharing_language"),
    *("children_represented", "days_waited", "aged_out", "gone_elsewhere"),
    *("county_week_most", "county_week_mean", "worker_week_most", "worker_week_mean"),
    *("counsel_week_most", "counsel_week_mean"),
)
"""The columns of a row that have a mean."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A policy over `years` years. share: the mean share of the bound; least_share: the worst year's."""

    policy: str
    arrivals: float
    learnt: float
    years: int
    share: float | None
    least_share: float | None
    values: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Loss:
    """Shares of the bound where `arrivals` come: by prices learnt for the folder's, and for these."""

    arrivals: float
    years: int
    share: float
    share_if_known: float

    @property
    def loss(self) -> float:
        """What is lost, as a share of the bound; below 0 where it was none."""
        return self.share_if_known - self.share


def means(rows: Iterable[Row]) -> list[Mean]:
    """One a policy, arrivals and what prices were learnt for; first the folder's arrivals, then others."""
    groups: dict[tuple[float, str, float], list[Row]] = defaultdict(list)
    bounds: dict[tuple[float, int | None], int] = {}
    for row in rows:
        groups[row.arrivals, row.policy, row.learnt].append(row)
        if row.policy == HINDSIGHT:
            bounds[row.arrivals, row.seed] = row.children_placed
    order = sorted(groups, key=lambda g: (g[0] != AS_LEARNT, g[0], POLICIES.index(g[1]), g[2]))
    return [_mean(groups[key], bounds) for key in order]


def _mean(rows: Sequence[Row], bounds: dict[tuple[float, int | None], int]) -> Mean:
    shares = [
        row.children_placed / bounds[row.arrivals, row.seed]
        for row in rows
        if bounds.get((row.arrivals, row.seed))
    ]
    first = rows[0]
    return Mean(
        policy=first.policy,
        arrivals=first.arrivals,
        learnt=first.learnt,
        years=len(rows),
        share=_average(shares),
        least_share=min(shares, default=None),
        values={name: _average([getattr(row, name) for row in rows]) for name in MEANT},
    )


def losses(found: Sequence[Mean]) -> list[Loss]:
    """Of the means, those that tell what wrongly learnt arrivals cost."""
    share = {(m.arrivals, m.learnt): m for m in found if m.policy == PRICES and m.share is not None}
    told = []
    for arrivals in sorted({m.arrivals for m in found} - {AS_LEARNT}):
        wrong, right = share.get((arrivals, AS_LEARNT)), share.get((arrivals, arrivals))
        if wrong and right and wrong.share is not None and right.share is not None:
            told.append(Loss(arrivals, min(wrong.years, right.years), wrong.share, right.share))
    return told


def _average(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known and len(known) == len(values) else None


def columns() -> tuple[str, ...]:
    """The columns of a study's file."""
    return tuple(entry.name for entry in fields(Row))
