"""Dated rates with their sources."""

from datetime import date

import pytest

from posada.ledger.rates import KINDS, NoRate, Rate, payer_of, shipped_rates
from posada.reference.table import rows


def test_a_rate_holds_from_its_day_until_the_next_one() -> None:
    rates = shipped_rates()
    found = [rates.on("foster", date(year, 12, 31)) for year in (2006, 2013, 2014, 2026)]
    assert [rate.cents for rate in found if isinstance(rate, Rate)] == [1841, 2466, 2795, 2795]


def test_of_a_range_the_upper_end_counts_and_the_lower_is_kept() -> None:
    rate = shipped_rates().on("foster", date(2014, 7, 1))
    assert isinstance(rate, Rate)
    assert (rate.low_cents, rate.cents, rate.verified) == (2745, 2795, "no")


@pytest.mark.parametrize("kind", ["kin", "group", "counsel_hour"])
def test_what_no_table_carries_is_a_gap_with_a_reason(kind: str) -> None:
    found = shipped_rates().on(kind, date(2014, 7, 1))
    assert isinstance(found, NoRate)
    assert "found" in found.reason


def test_before_the_first_rate_the_gap_says_when_it_begins() -> None:
    found = shipped_rates().on("influx_shelter", date(2014, 7, 1))
    assert isinstance(found, NoRate)
    assert found.reason == "the earliest rate found is of 2019"


def test_every_shipped_rate_names_a_row_of_the_packaged_table() -> None:
    sources = {f"{row['source']} ({row['year']})" for row in rows("costs")}
    assert {rate.source for rate in shipped_rates().rates} <= sources


def test_a_rate_of_the_office_holds_over_the_shipped_one_of_that_day() -> None:
    own = Rate("foster", date(2014, 1, 1), 3000, "state", "letter of 2 January 2014", "office", 3000)
    assert shipped_rates().with_rates([own]).on("foster", date(2014, 5, 1)) == own


def test_every_kind_has_a_payer_and_says_on_what_grounds() -> None:
    assert all(all(payer_of(kind)) for kind in KINDS)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        shipped_rates().on("hotel", date(2014, 1, 1))
