"""Promise 11: a deadline is never silently wrong: one value or a named gap, and the value is the one counted apart.

All worked legal cases; then every rule on the dates of 2000 to 2040, with the facts of its worked cases and with
none, as known on that day and today: each answer is compared with the oracle of tests/docket, which takes its
holidays from the words of the statute. Then the clocks that run in hours, at every change of the clock. Every date
and hour in the long run (`POSADA_EVERY_DATE=1`); ends of years, 29 February and each 23rd date in the suite.
What is lost or not over many acts stands in test_11b_no_step_loses_a_deadline.py.
"""

import csv
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from dateutil import tz

from posada.docket.answer import Answer, answer
from posada.docket.cases import GAPS, checked
from posada.docket.counting import BEFORE, count_hours
from posada.docket.facts import BadFact
from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.legal_rule import LegalRule, Period
from tests.docket import oracle

BOOK = load_legal_rules()
FIXTURES = Path(__file__).parent.parent / "fixtures" / "legal"
FILES = ("worked_cases.csv", "more_cases.csv")
EVERY = bool(os.environ.get("POSADA_EVERY_DATE"))
FIRST, LAST, TODAY = date(2000, 1, 1), date(2040, 12, 31), date(2026, 11, 25)
ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"),
    *("America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam"),
)
WAYS = {"next_business_day": "forward", "previous_business_day": "backward", "none": "none"}
HOURS = sorted(
    {
        v.period.number
        for rule in BOOK.rules.values()
        for v in rule.versions
        if v.period and v.period.unit == "hours"
    }
)


def dates() -> list[date]:
    """Every date; in the suite those at the ends of months, of February above all, and each 23rd."""
    every = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    if EVERY:
        return every
    return [
        day
        for n, day in enumerate(every)
        if n % 23 == 0 or (day.month, day.day) in ((1, 1), (2, 29), (12, 31))
    ]


def facts_of_rules() -> dict[str, list[dict[str, Any]]]:
    """What was recorded in the worked cases of each rule, each once, and nothing at all."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(lambda: [{}])
    for name in FILES:
        for row in csv.DictReader((FIXTURES / name).read_text(encoding="utf-8").splitlines()):
            facts = json.loads(row["facts_json"] or "{}")
            if facts not in found[row["rule_id"]]:
                found[row["rule_id"]].append(facts)
    return found


def on_day(facts: dict[str, Any], day: date) -> dict[str, Any]:
    """The same facts with an hour of this day, where they hold an hour."""
    return {**facts, "datetime": f"{day}T23:30"} if "datetime" in facts else facts


def counted_apart(found: Answer) -> date:
    """The date of an answer by the oracle, from its trigger, its length and its rule's roll."""
    assert found.counted is not None and found.version is not None and found.version.period is not None
    counted, period = found.counted, found.version.period
    way = -1 if found.rule.kind == "deadline_before" else 1
    number = way * period.number
    if period.unit == "business_days":
        raw = oracle.business_days(counted.start, number)
    elif period.unit == "calendar_days":
        raw = counted.start + timedelta(days=number)
    else:
        raw = (oracle.years if period.unit == "years" else oracle.months)(counted.start, number)
    raw += timedelta(days=counted.added_days - found.version.minus_days)
    return oracle.rolled(raw, WAYS[found.version.roll])


def told(rule: LegalRule, day: date, as_of: date, facts: dict[str, Any]) -> str:
    """What kind of answer there is: a date, a word without one, or the kind of the gap. A wrong date stops here."""
    recorded = on_day(facts, day)
    try:
        found = answer(rule, trigger_date=day, as_of=as_of, recorded=recorded)
    except (*GAPS, BadFact) as gap:
        assert any(
            name in str(gap) for name in (rule.rule_id, str(day.year), getattr(gap, "fact", rule.rule_id))
        )
        return type(gap).__name__
    assert found == answer(rule, trigger_date=day, as_of=as_of, recorded=recorded)
    assert found.status
    if found.counted is None:
        return "word"
    assert found.day == found.counted.end
    assert found.counted.start == day
    if found.counted.start_at is None:
        assert found.day == counted_apart(found), f"{rule.rule_id} {day} as of {as_of}: {facts}"
        assert (
            found.alternative is None or found.day <= found.alternative or found.counted.direction == BEFORE
        )
    return "date"


def test_every_worked_case_has_its_date() -> None:
    done = 0
    for name in FILES:
        compared, answers, refused = checked((FIXTURES / name).read_bytes(), book=BOOK, file=name)
        assert [each for each in compared if not each.passed] == []
        assert (refused, [each.gap for each in answers if each.gap]) == ((), [])
        done += len(compared)
    print(f"\n{done} rows of worked cases, every date and standing as expected")
    assert done >= 192


def test_every_date_gives_one_value_or_a_named_gap() -> None:
    facts, days = facts_of_rules(), dates()
    kinds: Counter[str] = Counter()
    for rule_id, rule in BOOK.rules.items():
        for recorded in facts[rule_id]:
            for day in days:
                for as_of in {day, max(day, TODAY)}:
                    kinds[told(rule, day, as_of, recorded)] += 1
    gaps = {name: n for name, n in kinds.items() if name not in ("date", "word")}
    print(
        f"\n{kinds.total():,} tries: {len(BOOK.rules)} rules on {len(days):,} days, {kinds['date']:,} dates as the "
        f"oracle counts them, {kinds['word']:,} without a date, {sum(gaps.values()):,} named gaps"
    )
    assert min(kinds["date"], kinds["word"], gaps.get("RuleGap", 0), gaps.get("FactGap", 0)) > 0


def changes_of_the_clock(zone: str) -> Iterator[datetime]:
    """Midnight before each change from 2000 to 2040, by the offsets of another library than the docket's."""
    there = tz.gettz(zone)
    nights = [datetime.combine(FIRST, time()) + timedelta(days=n) for n in range(41 * 366)]
    for night, after in pairwise(nights):
        if night.replace(tzinfo=there).utcoffset() != after.replace(tzinfo=there).utcoffset():
            yield night


@pytest.mark.parametrize("zone", ZONES)
def test_hours_run_straight_through_every_change_of_the_clock(zone: str) -> None:
    there, tried, unreal = tz.gettz(zone), 0, 0
    starts = [
        *changes_of_the_clock(zone),
        *(datetime.combine(date(year, 12, 31), time()) for year in range(2000, 2041)),
    ]
    for at in (start + timedelta(hours=n) for start in starts for n in range(-72, 30, 1 if EVERY else 7)):
        for hours in HOURS:
            end = count_hours(at, period=Period(hours, "hours"), zone=zone).end_at
            if not tz.datetime_exists(at, there):
                unreal += 1
                continue
            began = at.replace(tzinfo=there).astimezone(UTC)
            wanted = (began + timedelta(hours=hours)).astimezone(there).replace(tzinfo=None)
            assert end == wanted, f"{at} + {hours} h in {zone}"
            tried += 1
    print(f"\n{tried:,} tries in {zone}, {unreal} hours that no clock there shows")
    assert tried > 0
