"""The claim of minimal cost, beside its alternatives and with its assumptions."""

from datetime import date

from posada.ledger.bed_nights import Stay
from posada.ledger.entry import keep_book
from posada.ledger.minimal_cost import compare, comparison_text, cost_as_published, cost_of_book
from posada.ledger.rates import shipped_rates
from tests.ledger.test_entry import FIRST, LAST, RATES

ON = date(2014, 7, 7)


def test_the_published_shares_give_a_range_since_kin_have_no_price() -> None:
    cost = cost_as_published(ON, rates=shipped_rates())
    assert cost is not None
    assert (cost.low, cost.high, cost.without_price) == (274, 2795, 0.9)


def test_the_program_is_cheaper_than_a_shelter_and_the_answer_says_that_the_rate_is_not_verified() -> None:
    cost = cost_as_published(ON, rates=shipped_rates())
    assert cost is not None
    found = compare(cost, on=ON, rates=shipped_rates())
    assert (found.is_cheaper, found.is_verified) == (True, False)
    told = comparison_text(found)
    assert told.index("not verified: an estimate") < told.index("Assumptions") < told.index("Not counted")
    assert "shelter: $248.00, not verified" in told
    assert "group: not known" in told


def test_a_rate_of_a_later_year_is_shown_with_its_year_and_settles_nothing() -> None:
    cost = cost_as_published(ON, rates=shipped_rates())
    assert cost is not None
    influx = next(
        a for a in compare(cost, on=ON, rates=shipped_rates()).alternatives if a.kind == "influx_shelter"
    )
    assert influx.is_later
    assert "2019" in influx.reason


def test_before_any_rate_there_is_nothing_to_compare() -> None:
    assert cost_as_published(date(1999, 1, 1), rates=shipped_rates()) is None


def test_a_book_gives_a_range_where_some_days_have_no_price() -> None:
    listed = [Stay("a", "x", "foster", FIRST, FIRST, 3000), Stay("b", "y", "kin", FIRST, FIRST)]
    book = keep_book(listed, rates=RATES, first=FIRST, last=LAST)
    cost = cost_of_book(book, rates=RATES)
    assert cost is not None
    assert (cost.low, cost.high, cost.without_price) == (1500, 3001, 0.5)
    assert cost_of_book(keep_book([], rates=RATES, first=FIRST, last=LAST), rates=RATES) is None


def test_a_program_that_costs_more_than_a_shelter_is_not_said_to_be_cheap() -> None:
    book = keep_book([Stay("a", "x", "group", FIRST, FIRST, 30_000)], rates=RATES, first=FIRST, last=LAST)
    cost = cost_of_book(book, rates=shipped_rates())
    assert cost is not None
    assert compare(cost, on=ON, rates=shipped_rates()).is_cheaper is False
