"""A new rate is a new dated row."""

from datetime import date

import pytest

from posada.office.access.roles import Role
from posada.office.ledger import bookkeeping, dated_rates
from posada.office.refusals import FieldsRefused, NotThere, Refusal
from tests.office.people import TODAY, acting

GIVEN = {
    "kind": "group",
    "since": date(2026, 7, 1),
    "cents": 31_000,
    "payer": "state",
    "source": "letter of 2 May",
}


def test_a_rate_holds_from_its_day_and_the_old_one_stays_for_the_days_before() -> None:
    director = acting(Role.PROGRAM_DIRECTOR)
    dated_rates.add_rate(director, **GIVEN)
    dated_rates.add_rate(director, **{**GIVEN, "since": date(2026, 10, 1), "cents": 32_000})
    table = bookkeeping.rates()
    assert [table.on("group", day).cents for day in (date(2026, 9, 30), TODAY)] == [31_000, 32_000]  # type: ignore[union-attr]


def test_every_kind_stands_on_the_page_with_what_holds_or_why_nothing_does() -> None:
    found = {each.kind: each for each in dated_rates.lines()}
    assert found["foster"].now is not None
    assert found["kin"].now is None
    assert found["kin"].reason and found["kin"].grounds


def test_what_is_no_rate_is_refused_at_its_field() -> None:
    with pytest.raises(FieldsRefused) as refused:
        dated_rates.add_rate(
            acting(Role.PROGRAM_DIRECTOR), **{**GIVEN, "kind": "hotel", "payer": "me", "source": " "}
        )
    assert set(refused.value.faults) == {"kind", "payer", "source"}


def test_only_the_director_sets_rates() -> None:
    with pytest.raises(NotThere):
        dated_rates.add_rate(acting(Role.AUDITOR), **GIVEN)


def test_a_mistake_is_taken_out_with_a_reason() -> None:
    director = acting(Role.PROGRAM_DIRECTOR)
    rate = dated_rates.add_rate(director, **GIVEN)
    with pytest.raises(Refusal):
        dated_rates.take_out(director, rate, version=1, reason=" ")
    with pytest.raises(NotThere):
        dated_rates.take_out(acting(Role.AUDITOR), rate, version=1, reason="read wrongly")
    dated_rates.take_out(director, rate, version=1, reason="read wrongly")
    assert {each.kind: each.now for each in dated_rates.lines()}["group"] is None
