"""The order of day, month and year in a file: chosen once a file, refused where a row contradicts it.

Comes in: the cells of a file's date columns. Goes out: for each order, the row that contradicts it, or none.
Docs: docs/explanation/duplicates.md. Tests: tests/intake/test_dates.py.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_YEAR_LAST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_MONTHS, _LONGEST_MONTH = 12, 31


class DateOrder(StrEnum):
    """How the dates of a file are written."""

    ISO = "iso"  # 2014-04-03
    DAY_FIRST = "day_first"  # 3/4/2014
    MONTH_FIRST = "month_first"  # 4/3/2014


@dataclass(frozen=True, slots=True)
class DateCell:
    """One date cell. `row` 1 is the first under the header."""

    row: int
    column: str
    text: str


class OrderContradicted(ValueError):  # noqa: N818
    """A date order was chosen that a row contradicts."""

    def __init__(self, order: DateOrder, cell: DateCell) -> None:
        self.order, self.cell = order, cell
        super().__init__(
            f"Row {cell.row}, {cell.column}: {cell.text[:40]!r} cannot be {order.value.replace('_', ' ')}."
        )


def date_orders(cells: Iterable[DateCell]) -> dict[DateOrder, DateCell | None]:
    """Each order with the first cell that contradicts it; None: the whole file can be read so.

    A date with the year first fits every order, and what is no date contradicts none: its row is judged later.
    """
    found: dict[DateOrder, DateCell | None] = dict.fromkeys(DateOrder)
    seen: set[str] = set()
    for cell in cells:
        if cell.text in seen:
            continue
        seen.add(cell.text)
        for part in cell.text.split(";"):
            for order in DateOrder:
                if found[order] is None and _contradicts(part, order):
                    found[order] = cell
    return found


def check_order(cells: Iterable[DateCell], *, order: DateOrder) -> None:
    """Raises OrderContradicted with the first cell that contradicts the order."""
    contradicted_by = date_orders(cells)[order]
    if contradicted_by is not None:
        raise OrderContradicted(order, contradicted_by)


def as_iso(text: str, *, order: DateOrder) -> str:
    """A date (or a list of dates separated by semicolons) in ISO form; what is no date stays as it is.

    >>> as_iso("3/4/2014", order=DateOrder.DAY_FIRST), as_iso("soon", order=DateOrder.ISO)
    ('2014-04-03', 'soon')
    """
    return ";".join(_one_as_iso(part, order) for part in text.split(";"))


def _contradicts(text: str, order: DateOrder) -> bool:
    numbers = _numbers(text)
    if numbers is None:
        return False
    if order is DateOrder.ISO:
        return True
    day, month = _day_month(numbers, order)
    return month > _MONTHS or day > _LONGEST_MONTH


def _one_as_iso(text: str, order: DateOrder) -> str:
    numbers = _numbers(text)
    if numbers is None or order is DateOrder.ISO:
        return text
    day, month = _day_month(numbers, order)
    try:
        return date(numbers[2], month, day).isoformat()
    except ValueError:  # 31 April: no date in any order, and its row is refused as it stands
        return text


def _numbers(text: str) -> tuple[int, int, int] | None:
    """The two short numbers and the year of a date with the year last; None for everything else.

    A year of two digits is not read: nobody knows its century.
    """
    found = _YEAR_LAST.fullmatch(text.strip())
    return None if found is None else (int(found[1]), int(found[3]), int(found[4]))


def _day_month(numbers: tuple[int, int, int], order: DateOrder) -> tuple[int, int]:
    first, second, _ = numbers
    return (first, second) if order is DateOrder.DAY_FIRST else (second, first)
