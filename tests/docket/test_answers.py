"""Answers remembered are the answers computed."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.docket.answers import Answers, key_of
from posada.docket.refresh import GAPS, refresh
from posada.rulebook.legal_rule import FactValue
from tests.docket.made import BOOK, TODAY, adjustment, case, day, event

RULES = sorted(rule_id for rule_id, rule in BOOK.rules.items() if rule.trigger)
DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(RULES), DAYS, st.integers(0, 30)), max_size=12))
def test_what_is_remembered_is_what_is_computed_whatever_the_facts(
    asked: list[tuple[str, date, int]],
) -> None:
    together = Answers(BOOK, as_of=TODAY)
    for rule_id, on, delay in asked:
        facts: dict[str, FactValue] = {"applicant_delay_days": delay, "uac_on_filing_date": delay % 2 == 0}
        alone = Answers(BOOK, as_of=TODAY)
        try:
            expected = alone.computed(BOOK.rule(rule_id), on, facts=facts)
        except GAPS:
            continue
        assert together.computed(BOOK.rule(rule_id), on, facts=facts) == expected
        assert together.computed(BOOK.rule(rule_id), on, facts=facts) == expected


def test_an_adjustment_of_one_case_is_not_remembered_for_another() -> None:
    answers = Answers(BOOK, as_of=TODAY)
    rule = BOOK.rule("eoir.bia_appeal")
    extended = (adjustment("extension", rule.rule_id, "e1", days=21),)
    first = answers.computed(rule, day("2026-11-02"), facts={}, moves=extended)
    second = answers.computed(rule, day("2026-11-02"), facts={})
    assert (first[0][1].day, second[0][1].day) == (day("2026-12-03"), day("2026-11-12"))


def test_cases_refreshed_together_are_as_if_refreshed_alone() -> None:
    answers = Answers(BOOK, as_of=TODAY)
    file = case(event("ij_decision", "2026-11-02"), event("birth", "2010-02-28"))
    alone = refresh(file, (), book=BOOK, as_of=TODAY)
    for _ in range(2):
        assert refresh(file, (), book=BOOK, as_of=TODAY, answers=answers) == alone


def test_cases_are_computed_alike_in_any_order_and_in_any_share_of_the_work() -> None:
    files = [
        case(
            event(name, f"2026-0{month}-1{month}"),
            event("birth", f"201{month}-02-28"),
            uac_on_filing_date=yes,
        )
        for month, (name, yes) in enumerate(
            [("ij_decision", True), ("arrival", False), ("detention_start", True), ("ij_decision", False)], 1
        )
    ]
    alone = [refresh(file, (), book=BOOK, as_of=TODAY) for file in files]
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]):
        answers = Answers(BOOK, as_of=TODAY)
        found = {at: refresh(files[at], (), book=BOOK, as_of=TODAY, answers=answers) for at in order}
        assert [found[at] for at in range(4)] == alone


def test_a_fact_is_remembered_with_its_type() -> None:
    assert key_of({"b": True, "a": 1}) == (("a", int, 1), ("b", bool, True))
    assert key_of({"a": True}) != key_of({"a": 1})
    assert key_of({"a": [1]}) is None


def test_answers_are_forgotten_before_memory_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posada.docket.answers.MOST_KEPT", 2)
    answers, rule = Answers(BOOK, as_of=TODAY), BOOK.rule("eoir.bia_appeal")
    days = [date(2026, 3, 1) + timedelta(days=each) for each in range(7)]
    first = [answers.computed(rule, each, facts={}) for each in days]
    assert [answers.computed(rule, each, facts={}) for each in days] == first
