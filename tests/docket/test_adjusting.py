"""Recorded adjustments, told step by step."""

from dataclasses import replace

import pytest

from posada.docket.adjusting import adjusted, start_of_next
from posada.docket.arithmetic import told
from posada.docket.counting import BEFORE, count
from posada.rulebook.legal_rule import Period
from tests.docket.made import BOOK, adjustment, day

RULE = BOOK.rule("eoir.bia_appeal")
SATURDAY = count(day("2025-03-06"), period=Period(30, "calendar_days"), roll="next_business_day")


def made(kind: str, **more: object) -> object:
    return adjustment(kind, RULE.rule_id, "e1", **more)


def test_without_adjustments_nothing_moves() -> None:
    assert adjusted(SATURDAY, (), rule=RULE) is SATURDAY


@pytest.mark.parametrize(("starts_from", "expected"), [("raw", "2025-04-28"), ("rolled", "2025-04-29")])
def test_an_extension_counts_from_the_raw_or_the_rolled_date_as_the_rule_says(
    starts_from: str, expected: str
) -> None:
    rule = replace(RULE, starts_from=starts_from)
    extension = adjustment("extension", RULE.rule_id, "e1", days=22)
    assert adjusted(SATURDAY, (extension,), rule=rule).end == day(expected)


@pytest.mark.parametrize(
    ("appeal_ends", "raw", "rolled"),
    [
        ("2025-04-05", "2025-07-07", "2025-07-07"),  # Saturday; 90 days: Fri 4 July and Sun 6 July roll alike
        ("2025-11-27", "2026-02-25", "2026-02-26"),  # Thanksgiving
        ("2025-12-25", "2026-03-25", "2026-03-26"),  # Christmas
    ],
)
def test_a_chained_rule_starts_from_the_raw_or_the_rolled_date(
    appeal_ends: str, raw: str, rolled: str
) -> None:
    motion = BOOK.rule("eoir.ij_motion_reopen")
    ninety = motion.versions[0].period
    assert ninety is not None
    ended = count(day(appeal_ends), period=Period(0, "calendar_days"), roll="next_business_day")
    found = [
        count(
            start_of_next(ended, rule=replace(motion, starts_from=way)),
            period=ninety,
            roll="next_business_day",
        ).end
        for way in ("raw", "rolled")
    ]
    assert found == [day(raw), day(rolled)]


def test_the_shipped_rules_start_from_the_raw_date_the_earlier_one() -> None:
    assert {rule.starts_from for rule in BOOK.rules.values()} == {"raw"}


def test_a_stopped_clock_and_days_for_mail_move_the_raw_date_which_rolls_again() -> None:
    stopped = adjustment(
        "tolling", RULE.rule_id, "e1", start=day("2025-03-10"), end=day("2025-03-13"), adjustment_id="a1"
    )
    mailed = adjustment("addition", RULE.rule_id, "e1", days=3, adjustment_id="a2")
    found = adjusted(SATURDAY, (mailed, stopped), rule=RULE)
    assert (found.raw, found.end) == (day("2025-04-12"), day("2025-04-14"))
    assert told(found) == (
        "6 March 2025 + 30 days = Saturday 5 April 2025 → Monday 7 April 2025; "
        "4 days on which the clock stood still; 3 days for mail or service; "
        "so: Saturday 12 April 2025 → Monday 14 April 2025"
    )


def test_a_judges_order_governs_even_when_it_is_earlier_and_a_grace_period_is_never_earlier() -> None:
    order = adjustment("order", RULE.rule_id, "e1", end=day("2025-03-20"))
    assert adjusted(SATURDAY, (order,), rule=RULE).end == day("2025-03-20")
    early = adjustment("grace", RULE.rule_id, "e1", end=day("2025-04-01"))
    assert adjusted(SATURDAY, (early,), rule=RULE) is SATURDAY
    grace = adjusted(SATURDAY, (adjustment("grace", RULE.rule_id, "e1", end=day("2025-04-10")),), rule=RULE)
    assert (grace.end, start_of_next(grace, rule=RULE)) == (day("2025-04-10"), day("2025-04-05"))
    assert "a grace period runs through Thursday 10 April 2025" in told(grace)


def test_the_clock_of_a_hearing_cannot_stand_still() -> None:
    before = count(
        day("2026-08-03"), period=Period(30, "calendar_days"), roll="next_business_day", direction=BEFORE
    )
    stopped = adjustment("tolling", RULE.rule_id, "e1", start=day("2026-07-01"), end=day("2026-07-02"))
    assert adjusted(before, (stopped,), rule=RULE) is before
    served = adjusted(before, (adjustment("addition", RULE.rule_id, "e1", days=3),), rule=RULE)
    assert served.end == day("2026-07-01")
