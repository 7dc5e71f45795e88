"""The order of day, month and year in a file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.intake.dates import DateCell, DateOrder, OrderContradicted, as_iso, check_order, date_orders

ISO, DAY_FIRST, MONTH_FIRST = DateOrder


def cells(*texts: str) -> list[DateCell]:
    return [DateCell(row, "birth_date", text) for row, text in enumerate(texts, 1)]


def possible(*texts: str) -> list[DateOrder]:
    return [order for order, cell in date_orders(cells(*texts)).items() if cell is None]


@pytest.mark.parametrize(
    ("texts", "orders"),
    [
        (("2014-04-03", "2014-12-13"), [ISO, DAY_FIRST, MONTH_FIRST]),
        (("03/04/2014",), [DAY_FIRST, MONTH_FIRST]),
        (("03/04/2014", "13/04/2014"), [DAY_FIRST]),
        (("3.4.2014", "4-13-2014"), [MONTH_FIRST]),
        (("13/04/2014", "04/13/2014"), []),
        (("2014-04-03", "13/04/2014"), [DAY_FIRST]),
        (("soon", "", "03/04/14", "2014"), [ISO, DAY_FIRST, MONTH_FIRST]),
        (("01/02/2014;13/02/2014",), [DAY_FIRST]),
    ],
)
def test_a_file_shows_which_orders_it_can_have(texts: tuple[str, ...], orders: list[DateOrder]) -> None:
    assert possible(*texts) == orders


def test_a_choice_is_refused_with_the_first_row_that_contradicts_it() -> None:
    found = cells("03/04/2014", "04/13/2014", "05/14/2014")
    with pytest.raises(OrderContradicted, match="Row 2, birth_date: '04/13/2014' cannot be day first"):
        check_order(found, order=DAY_FIRST)
    check_order(found, order=MONTH_FIRST)


def test_what_is_no_date_stays_as_it_is() -> None:
    for text in ("31/04/2014", "soon", "03/04/14", "3/4-2014", "", "41732"):
        assert as_iso(text, order=DAY_FIRST) == text


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from("/.-"))
def test_every_date_comes_back_from_either_order(day: date, mark: str) -> None:
    for order, written in (
        (DAY_FIRST, f"{day.day}{mark}{day.month}{mark}{day.year}"),
        (MONTH_FIRST, f"{day.month:02}{mark}{day.day:02}{mark}{day.year}"),
        (ISO, day.isoformat()),
    ):
        assert order in possible(written)
        assert as_iso(written, order=order) == day.isoformat()
        assert (DAY_FIRST in possible(written)) or day.day > 12 or order is ISO
