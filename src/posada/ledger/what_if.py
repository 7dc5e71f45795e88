"""What another mix of homes would cost a day, priced before anything is done.

Comes in: days of care of one day by kind with their cents, and a change ("ten more kin homes", "no group care").
Goes out: both mixes with their cost, what moved, and what has no price. Nothing here says that a move is lawful or
that such homes can be found: that is what a plan answers. Docs: docs/explanation/what-it-costs.md.
Tests: tests/ledger/test_what_if.py.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from posada.ledger.entry import Share
from posada.ledger.rates import FOSTER, GROUP, HOMES, KIN, NoRate, RateTable

LEAVES_FOR_KIN = (GROUP, FOSTER)
"""Who moves to kin first: children in group care, then children in foster homes."""


class BadChange(ValueError):  # noqa: N818
    """The change makes no sense; the message says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked: `kin_homes` more, `children_each` in each; and whether group care ends (for foster homes)."""

    kin_homes: int = 0
    children_each: int = 2
    no_group: bool = False

    def __post_init__(self) -> None:
        if self.kin_homes < 0 or self.children_each < 1:
            raise BadChange("a change adds no fewer than 0 homes, with 1 child or more in each")
        if not self.kin_homes and not self.no_group:
            raise BadChange("say what should change: more kin homes, or no group care")


@dataclass(frozen=True, slots=True)
class Mix:
    """Children in care on one day by kind; `each`: cents a day by kind, None where no price is known."""

    children: Mapping[str, int]
    each: Mapping[str, int | None]

    @property
    def cents(self) -> int:
        """Cents a day of everybody with a price, each kind at its mean, which is rounded."""
        return sum(count * (self.each[kind] or 0) for kind, count in self.children.items())

    @property
    def without_price(self) -> int:
        """Children whose day has no price."""
        return sum(count for kind, count in self.children.items() if self.each[kind] is None)


@dataclass(frozen=True, slots=True)
class Priced:
    """The answer. `moved`: (from, to) → children; `places_left`: places in the new kin homes that nobody takes."""

    before: Mix
    after: Mix
    moved: Mapping[tuple[str, str], int] = field(default_factory=dict)
    places_left: int = 0

    @property
    def cents_saved(self) -> int | None:
        """Cents a day less than before (negative: more); None where a child who moves has no price on one side."""
        ends = {kind for pair in self.moved for kind in pair}
        if any(self.before.each[kind] is None for kind in ends):
            return None
        return self.before.cents - self.after.cents


def mix_on(shares: Iterable[Share], *, rates: RateTable, day: date) -> Mix:
    """The mix of a day, from the rows behind it. A kind's price: the mean of those who have one, or its rate."""
    children: Counter[str] = Counter()
    priced: dict[str, list[int]] = {kind: [] for kind in HOMES}
    for share in shares:
        if share.first <= day <= share.last:
            children[share.stay.kind] += 1
            if share.cents is not None:
                priced[share.stay.kind].append(share.cents // share.nights)
    each: dict[str, int | None] = {}
    for kind in HOMES:
        found, rate = priced[kind], rates.on(kind, day)
        if found:
            each[kind] = (sum(found) * 2 + len(found)) // (len(found) * 2)
        else:
            each[kind] = None if isinstance(rate, NoRate) else rate.cents
    return Mix({kind: children[kind] for kind in HOMES}, each)


def what_if(mix: Mix, change: Change) -> Priced:
    """The mix after a change; prices stay as they are."""
    children = dict(mix.children)
    moved: Counter[tuple[str, str]] = Counter()
    places = change.kin_homes * change.children_each
    for kind in LEAVES_FOR_KIN:
        going = min(places, children[kind])
        places -= going
        moved[kind, KIN] += going
        children[kind] -= going
        children[KIN] += going
    if change.no_group:
        moved[GROUP, FOSTER] += children[GROUP]
        children[FOSTER] += children[GROUP]
        children[GROUP] = 0
    return Priced(mix, Mix(children, mix.each), {pair: n for pair, n in moved.items() if n}, places)
