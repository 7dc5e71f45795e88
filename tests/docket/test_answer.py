"""One rule, one case, one answer - or a named gap."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.docket.answer import answer
from posada.docket.calendar import CalendarGap, is_open
from posada.docket.facts import BadFact
from posada.rulebook.in_force import version_in_force
from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.legal_rule import FactGap
from posada.rulebook.rule import RuleGap

BOOK = load_legal_rules()
DATED = sorted(
    rule_id
    for rule_id, rule in BOOK.rules.items()
    if any(version.period and version.period.unit != "hours" for version in rule.versions)
)
DAYS = st.dates(date(1997, 5, 1), date(2040, 12, 31))


@settings(deadline=None)
@given(st.sampled_from(DATED), DAYS, DAYS)
def test_a_date_never_falls_on_a_closed_day_when_its_rule_rolls(
    rule_id: str, trigger: date, as_of: date
) -> None:
    rule = BOOK.rule(rule_id)
    try:
        found = answer(rule, trigger_date=trigger, as_of=as_of)
    except RuleGap:
        return
    assert found.day is not None
    assert found.version is not None
    if found.version.roll != "none":
        assert is_open(found.day)


@settings(deadline=None)
@given(st.sampled_from(DATED), DAYS, st.integers(0, 60))
def test_a_later_event_of_the_same_version_never_ends_earlier(rule_id: str, trigger: date, more: int) -> None:
    rule, as_of = BOOK.rule(rule_id), date(2026, 11, 25)
    later = trigger + timedelta(days=more)
    try:
        version = version_in_force(rule, trigger_date=trigger, as_of=as_of)
        if version_in_force(rule, trigger_date=later, as_of=as_of) != version:
            return
    except RuleGap:
        return
    first, second = (answer(rule, trigger_date=day, as_of=as_of).day for day in (trigger, later))
    assert first is not None
    assert second is not None
    assert first <= second


def test_an_uncertain_rule_gives_the_earlier_date_and_names_the_other() -> None:
    found = answer(BOOK.rule("eoir.bia_appeal"), trigger_date=date(2026, 4, 20), as_of=date(2026, 5, 1))
    assert (found.status, found.day, found.alternative) == (
        "uncertain",
        date(2026, 4, 30),
        date(2026, 5, 20),
    )
    address = answer(
        BOOK.rule("eoir.address_court"), trigger_date=date(2026, 11, 25), as_of=date(2026, 11, 25)
    )
    assert (address.day, address.alternative) == (date(2026, 11, 30), date(2026, 12, 3))


def test_an_answer_says_that_no_lawyer_has_signed_off() -> None:
    found = answer(BOOK.rule("eoir.venue"), trigger_date=date(2026, 1, 1), as_of=date(2026, 1, 1))
    assert not found.is_signed_off


def test_hours_need_the_hour_and_the_hour_must_be_of_the_trigger_date() -> None:
    rule, on = BOOK.rule("custody.hhs_notice"), date(2026, 11, 26)
    with pytest.raises(FactGap, match="the hour of the event"):
        answer(rule, trigger_date=on, as_of=on)
    with pytest.raises(BadFact, match="an hour of the trigger date"):
        answer(rule, trigger_date=on, as_of=on, recorded={"datetime": "2026-11-25T10:00"})


def test_a_missing_trigger_date_is_a_gap() -> None:
    with pytest.raises(FactGap, match="the date of birth"):
        answer(BOOK.rule("age.attains_18"), trigger_date=None, as_of=date(2026, 1, 1))


def test_a_date_outside_the_calendar_is_a_gap_where_the_rule_rolls() -> None:
    with pytest.raises(CalendarGap):
        answer(BOOK.rule("md.motion_response"), trigger_date=date(2150, 1, 1), as_of=date(2026, 1, 1))
