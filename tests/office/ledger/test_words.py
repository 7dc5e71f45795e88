"""Every kind, payer, reason and figure has its words; amounts are dollars."""

from datetime import date

import pytest

from posada.ledger.publish import Counted, publish
from posada.ledger.rates import KINDS, PAYERS, NoRate, shipped_rates
from posada.office.ledger.templatetags.money import hours, kind_words, money, payer_words
from posada.office.ledger.words import FIGURE_WORDS, REASON_WORDS, figure_words, gap_words


def test_every_kind_and_payer_has_words() -> None:
    assert all(kind_words(kind) != kind for kind in KINDS)
    assert all(payer_words(payer) != payer for payer in PAYERS)


def test_every_published_figure_and_every_reason_has_words() -> None:
    result = publish(Counted(date(2026, 11, 24), "MD", "T", {}, {}, (0, 0), [], []), last=None)
    assert {each["id"] for each in result.told["figures"]} <= set(FIGURE_WORDS)
    assert set(result.hidden.values()) <= set(REASON_WORDS)
    assert figure_words("county 24031") == "county 24031"


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2014, 7, 1)])
def test_every_gap_has_words(day: date) -> None:
    for kind in KINDS:
        found = shipped_rates().on(kind, day)
        if isinstance(found, NoRate):
            assert "stored copy" not in str(gap_words(found.reason))
    assert gap_words("something else") == "something else"


def test_amounts_are_dollars_with_their_sign() -> None:
    assert [money(each) for each in (123_456, -5, 0, None)] == ["$1,234.56", "−$0.05", "$0.00", "not known"]
    assert [hours(each) for each in (90, 5)] == ["1.5", "0.08"]
