"""Does the program cost the taxpayer little? A day of its care beside a day of each alternative, with the grounds.

Comes in: what a day in the program costs (from its book, or from the shares that were published), and dated rates.
Goes out: rows to compare, and the assumptions that belong on the same page. Where the price of a part is not known
the program's cost is a range: the part at nothing, and the part at the board rate. Nothing is said of what no table
carries, and a rate of another year is shown with its year, never moved to this one.
Docs: docs/explanation/what-it-costs.md. Tests: tests/ledger/test_minimal_cost.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from posada.ledger.entry import Book
from posada.ledger.rates import FOSTER, GROUP, INFLUX, SHELTER, NoRate, Rate, RateTable
from posada.reference.table import rows

ALTERNATIVES = (FOSTER, GROUP, SHELTER, INFLUX)
NOT_COUNTED = ("fairfax_school_cost_per_child", "louisiana_state_spend", "texas_school_cost")
KIN_SHARE = "maryland_uac_with_relatives_share"


@dataclass(frozen=True, slots=True)
class ProgramCost:
    """Cents for a child's day: at least, and at most. `without_price`: the part of the days that has no price."""

    low: int
    high: int
    without_price: float
    grounds: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One alternative beside the program. `rate`: in force on the day, else the nearest later one (`is_later`)."""

    kind: str
    rate: Rate | None
    is_later: bool
    reason: str  # why there is no rate in force, where there is none

    def times(self, cost: ProgramCost) -> tuple[float, float] | None:
        """How many days of the program one day of it costs: at least, and at most (infinite: it may be free)."""
        if self.rate is None or not cost.high:
            return None
        most = self.rate.cents / cost.low if cost.low else float("inf")
        return self.rate.low_cents / cost.high, most


@dataclass(frozen=True, slots=True)
class Comparison:
    """The program and its alternatives on one day, with the assumptions of the answer."""

    on: date
    cost: ProgramCost
    alternatives: tuple[Alternative, ...]
    assumptions: tuple[str, ...]
    not_counted: tuple[str, ...]

    @property
    def is_cheaper(self) -> bool | None:
        """Whether the program at its dearest costs less than public care outside a family; None: not known."""
        asked = [each for each in self.alternatives if each.kind in (GROUP, SHELTER) and not each.is_later]
        rates = [each.rate for each in asked if each.rate is not None]
        return all(rate.low_cents > self.cost.high for rate in rates) if rates else None

    @property
    def is_verified(self) -> bool:
        """Whether every rate in force that the answer rests on was read in a source and checked."""
        used = [each.rate for each in self.alternatives if each.rate is not None and not each.is_later]
        return bool(used) and all(rate.verified in ("yes", "office") for rate in used)


def cost_of_book(book: Book, *, rates: RateTable) -> ProgramCost | None:
    """What a day in the program costs by its book; None where nobody was in care."""
    days = book.nights + book.nights_without_price
    if not days:
        return None
    board = rates.on(FOSTER, book.last)
    most = 0 if isinstance(board, NoRate) else board.cents * book.nights_without_price
    part = book.nights_without_price / days
    return ProgramCost(
        low=book.money // days,
        high=-(-(book.money + most) // days),
        without_price=part,
        grounds=f"the program's own book, {book.first.isoformat()} to {book.last.isoformat()}",
    )


def cost_as_published(on: date, *, rates: RateTable) -> ProgramCost | None:
    """What a day cost by the share of children with relatives that was published; None without a board rate."""
    told = next(row for row in rows("costs") if row["item"] == KIN_SHARE)
    board = rates.on(FOSTER, on)
    if isinstance(board, NoRate):
        return None
    percent = int(told["low"])
    return ProgramCost(
        low=board.low_cents * (100 - percent) // 100,
        high=board.cents,
        without_price=percent / 100,
        grounds=f"{told['note']} ({told['source']}), the others at the board rate",
    )


def compare(cost: ProgramCost, *, on: date, rates: RateTable) -> Comparison:
    """The program beside its alternatives on a day."""
    return Comparison(
        on=on,
        cost=cost,
        alternatives=tuple(_alternative(kind, on=on, rates=rates) for kind in ALTERNATIVES),
        assumptions=tuple(_assumptions(cost)),
        not_counted=tuple(_not_counted()),
    )


def comparison_text(found: Comparison) -> str:
    """The comparison as plain text, answer first."""
    lines = [f"Cost of a child's day, {found.on.isoformat()}", "", _answer(found), ""]
    cost = found.cost
    lines += [f"  the program: {_range(cost.low, cost.high)} ({cost.grounds})"]
    lines += [f"  {_row(each, cost)}" for each in found.alternatives]
    lines += ["", "Assumptions", *(f"  {text}" for text in found.assumptions)]
    lines += ["", "Not counted", *(f"  {text}" for text in found.not_counted)]
    return "\n".join(lines) + "\n"


def dollars(cents: int) -> str:
    """Cents as dollars.

    >>> dollars(123456), dollars(-5)
    ('$1,234.56', '-$0.05')
    """
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02}"


def _alternative(kind: str, *, on: date, rates: RateTable) -> Alternative:
    found = rates.on(kind, on)
    if isinstance(found, Rate):
        return Alternative(kind, found, is_later=False, reason="")
    later = [rate for rate in rates.rates if rate.kind == kind and rate.since > on]
    nearest = min(later, key=lambda rate: rate.since, default=None)
    return Alternative(kind, nearest, is_later=nearest is not None, reason=found.reason)


def _assumptions(cost: ProgramCost) -> Iterator[str]:
    if cost.without_price:
        yield (
            f"{cost.without_price:.0%} of the days have no known price. At the low end they cost the public nothing "
            "(kin bear the cost), at the high end as much as a foster home."
        )
    yield "A monthly board rate is a twelfth of 365 days a day; where a source gives a range, both ends are used."
    yield "A rate holds from 1 January of its year until the next one."
    yield "The hours that counsel give are a gift: no money, and not in these sums."


def _not_counted() -> Iterator[str]:
    yield "licensing, case work, schooling, health care and the courts: no table has their cost in Maryland in 2014."
    for row in rows("costs"):
        if row["item"] in NOT_COUNTED:
            low, high = (f"${int(row[end]):,}" if row[end] else "" for end in ("low", "high"))
            amount = f"{low} to {high}" if high and high != low else low
            what = f"{amount} {row['unit'].replace('USD', '').strip()}".strip()
            yield f"elsewhere: {what} ({row['note']}; {row['source']})."


def _answer(found: Comparison) -> str:
    if found.is_cheaper is None:
        return "No alternative has a rate in force on that day: the claim of low cost is neither shown nor refuted."
    word = "less" if found.is_cheaper else "not less in every case"
    sure = (
        "" if found.is_verified else " A rate that this rests on is not verified: an estimate, not evidence."
    )
    return f"A day in the program cost {word} than each public alternative outside a family that has a rate.{sure}"


def _row(each: Alternative, cost: ProgramCost) -> str:
    name = each.kind.replace("_", " ")
    if each.rate is None:
        return f"{name}: not known ({each.reason})."
    rate = each.rate
    word = {"yes": "verified", "office": "entered by the office", "no": "not verified"}.get(
        rate.verified, rate.verified
    )
    text = f"{name}: {_range(rate.low_cents, rate.cents)}, {word}, {rate.source}"
    if each.is_later:
        return f"{text}; a later year, shown only for its size."
    times = each.times(cost)
    if times is None:
        return f"{text}."
    most = "" if times[1] == float("inf") else f" to {times[1]:.1f}"
    return f"{text}: {times[0]:.1f}{most} times the program{' or more' if not most else ''}."


def _range(low: int, high: int) -> str:
    return dollars(low) if low == high else f"{dollars(low)} to {dollars(high)}"
