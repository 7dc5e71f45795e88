"""The public figures of money: of a closed month, and so that no sum tells how few live in a kind of home.

Prices are public, so a sum in cents is an equation over the children of each kind of home. It is told exactly only
where the public table tells the children of every kind, too, and each kind had 11 or more in that month. Else only a
child's day is told, between two bounds that follow from the price list and from the whole percent of days with kin:
they are the same for every mix of the other homes, and so tell nothing of it.
Docs: docs/explanation/published-figures.md. Tests: tests/ledger/test_money_told.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from posada.ledger.figures import SMALL_CELL
from posada.ledger.minimal_cost import Comparison
from posada.ledger.published import OFFICE, SMALL, definition, figure, table
from posada.ledger.rates import DONATED, FOSTER, GROUP, HOMES, KIN, PAYERS, SHELTER

PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class PriceList:
    """Cents of a day with kin, and in other homes: the cheapest and the dearest that the program has, used or not."""

    kin: tuple[int, int]
    others: tuple[int, int]


@dataclass(frozen=True, slots=True)
class MonthCost:
    """A closed month: cents by payer, children behind each payer and in each kind of home, days with a price.

    `kin_nights`: those of the days that were spent with kin. `beside`: its cost beside the alternatives.
    """

    last_day: date
    cents: Mapping[str, int]
    children: Mapping[str, int]
    nights: int
    kinds: Mapping[str, int] = field(default_factory=dict)
    kin_nights: int = 0
    prices: PriceList | None = None
    beside: Comparison | None = None

    @property
    def behind(self) -> int:
        """Children behind the payer that has most."""
        return max((n for payer, n in self.children.items() if payer != DONATED), default=0)

    @property
    def may_be_exact(self) -> bool:
        """Whether each kind of home had so many children that its price tells of nobody."""
        return all(self.kinds.get(kind, 0) >= SMALL_CELL.threshold for kind in HOMES)


def money(month: MonthCost | None, *, on: date, is_exact: bool) -> Iterator[dict[str, Any]]:
    """What a child's day cost, and what each payer paid. `is_exact`: the table shows the children of each kind."""
    on = month.last_day if month else on
    source = f"{OFFICE}: the month that ended on {on.isoformat()}, closed" if month else OFFICE
    value, between = _day(month, is_exact=is_exact)
    is_known = month is not None and bool(month.nights)
    hidden = SMALL if is_known and value is None else None
    yield figure("cost_per_child_day", value, "cents", on, source=source, hidden=hidden, between=between)
    for payer in PAYERS:
        told = month.cents.get(payer) if month else None
        is_shown = month is None or not told or payer == DONATED or _is_safe(month, payer, is_exact=is_exact)
        if month and told == 0 and payer != DONATED:  # nothing is nothing, for however many
            is_shown = month.children.get(payer, 0) >= SMALL_CELL.threshold
        hidden = None if is_shown else SMALL
        yield figure(f"cost_{payer}", told if is_shown else None, "cents", on, source=source, hidden=hidden)


def _is_safe(month: MonthCost, payer: str, *, is_exact: bool) -> bool:
    return is_exact and month.may_be_exact and month.children.get(payer, 0) >= SMALL_CELL.threshold


def _day(month: MonthCost | None, *, is_exact: bool) -> tuple[int | None, tuple[int, int] | None]:
    """A child's day: exactly, or between bounds, or neither."""
    if month is None or not month.nights or month.behind < SMALL_CELL.threshold:
        return None, None
    paid = sum(cents for payer, cents in month.cents.items() if payer != DONATED)
    paying = [payer for payer, cents in month.cents.items() if payer != DONATED and cents]
    if all(_is_safe(month, payer, is_exact=is_exact) for payer in paying):
        return (paid * 2 + month.nights) // (month.nights * 2), None
    return None, _bounds(month)


def _bounds(month: MonthCost) -> tuple[int, int] | None:
    """Whole dollars that hold a child's day for every mix of the homes that are not kin's."""
    others = sum(n for kind, n in month.kinds.items() if kind != KIN)
    if month.prices is None or min(others, month.kinds.get(KIN, 0)) < SMALL_CELL.threshold:
        return None
    percent = (month.kin_nights * 200 + month.nights) // (month.nights * 2)
    ends = [max(0, percent * 10 - 5), min(1_000, percent * 10 + 5)]  # of a thousand days
    (kin_low, kin_high), (low, high) = month.prices.kin, month.prices.others
    least = min(end * kin_low + (1_000 - end) * low for end in ends) // 1_000
    most = -(-max(end * kin_high + (1_000 - end) * high for end in ends) // 1_000)
    return least // 100 * 100, -(-most // 100) * 100


def beside_alternatives(month: MonthCost | None, *, is_exact: bool) -> Iterator[dict[str, Any]]:
    """A day in the program beside a day of each alternative, with what the comparison rests on."""
    if month is None or month.beside is None:
        return
    found = month.beside
    cells: list[list[Any]] = [_program(month, found, is_exact=is_exact)]
    details: list[dict[str, Any]] = [{"source": OFFICE, "verified": "office", "is_later": False}]
    for each in found.alternatives:
        rate = each.rate
        cells.append([rate.low_cents, rate.cents] if rate else [None, None])
        details.append(
            {
                "source": rate.source if rate else each.reason,
                "verified": rate.verified if rate else "no",
                "is_later": each.is_later,
            }
        )
    rows = [PROGRAM, *(each.kind for each in found.alternatives)]
    told = table("cost_beside_alternatives", rows, ["low", "high"], cells, on=month.last_day, source=OFFICE)
    notes = [definition(name) for name in _notes(found)]
    yield {**told, "details": details, "answer": definition(_answer(found, cells[0])), "notes": notes}


def _program(month: MonthCost, found: Comparison, *, is_exact: bool) -> list[Any]:
    """The program's own day, no closer than its figure; days without a price cost the board rate at most."""
    value, between = _day(month, is_exact=is_exact)
    if value is not None:
        return [found.cost.low, found.cost.high]
    if between is None:
        return [None, None]
    if not found.cost.without_price:
        return list(between)
    board = [each.rate.cents for each in found.alternatives if each.kind == FOSTER and each.rate]
    return [0, max([between[1], *board])]


def _answer(found: Comparison, program: list[Any]) -> str:
    """What the shown numbers say; bounds that reach an alternative's price settle nothing."""
    if found.is_cheaper is None or program[1] is None:
        return "cost_answer_unknown"
    asked = [
        each.rate.low_cents
        for each in found.alternatives
        if each.rate and each.kind in (GROUP, SHELTER) and not each.is_later
    ]
    if found.is_cheaper:
        return "cost_answer_less" if all(cents >= program[1] for cents in asked) else "cost_answer_unknown"
    return "cost_answer_not_less"


def _notes(found: Comparison) -> Iterator[str]:
    if not found.is_verified:
        yield "cost_note_not_verified"
    if found.cost.without_price:
        yield "cost_note_without_price"
    yield from ("cost_note_board", "cost_note_since", "cost_note_gift", "cost_note_not_counted")
