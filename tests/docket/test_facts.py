"""Facts are read by kind, and refused when they are of another."""

from datetime import date, datetime

import pytest

from posada.docket.facts import BadFact, Facts, iso_day
from posada.rulebook.legal_rule import FactGap, FactValue


def facts(**recorded: FactValue) -> Facts:
    return Facts("a.rule", recorded)


def test_a_true_or_false_fact_that_nobody_recorded_is_false() -> None:
    assert facts().is_true("granted") is False
    assert facts(granted=True).is_true("granted") is True


@pytest.mark.parametrize("value", ["yes", 1, [], "true"])
def test_a_word_is_not_bent_into_true(value: FactValue) -> None:
    with pytest.raises(BadFact, match=r"granted: found .*; wanted true or false"):
        facts(granted=value).is_true("granted")


@pytest.mark.parametrize("value", [-1, 1.5, True, "3", 10**9])
def test_a_count_is_a_whole_number(value: FactValue) -> None:
    with pytest.raises(BadFact):
        facts(days=value).whole_number("days")


def test_a_missing_count_is_a_gap_unless_it_means_none() -> None:
    with pytest.raises(FactGap, match="days is not known"):
        facts().whole_number("days")
    assert facts().whole_number("days", absent=0) == 0


def test_a_word_is_one_of_the_rules_words() -> None:
    assert facts(exception=None).word("exception", choices=("a",)) is None
    with pytest.raises(BadFact, match="one of a, b, or null"):
        facts(exception="c").word("exception", choices=("a", "b"))


def test_birth_dates_are_dates_that_are_not_in_the_future() -> None:
    on = date(2026, 1, 1)
    assert facts(born=["2020-02-29"]).days("born", not_after=on) == (date(2020, 2, 29),)
    for wrong in (["2021-02-29"], ["2026-01-02"], "2020-01-01", [20200101]):
        with pytest.raises(BadFact):
            facts(born=wrong).days("born", not_after=on)  # type: ignore[arg-type]
    with pytest.raises(FactGap):
        facts().days("born", not_after=on)


def test_an_hour_is_written_as_date_and_time() -> None:
    assert facts(at="2026-11-26T23:30").instant("at") == datetime.fromisoformat("2026-11-26T23:30")
    for wrong in ("2026-11-26", "2026-11-31T10:00", "23:30", 5):
        with pytest.raises(BadFact):
            facts(at=wrong).instant("at")
    with pytest.raises(FactGap, match="the hour of the event"):
        facts().instant("at")


def test_a_zone_is_one_that_exists() -> None:
    assert facts().zone() is None
    assert facts(zone="America/Phoenix").zone() == "America/Phoenix"
    for wrong in ("Mountain", "../etc/passwd", ""):
        with pytest.raises(BadFact):
            facts(zone=wrong).zone()


@pytest.mark.parametrize("text", ["2026-02-30", "20260201", "02/03/2026", " 2026-02-01", None])
def test_a_date_is_iso(text: str | None) -> None:
    with pytest.raises(BadFact):
        iso_day(text, fact="day")
