"""When an order becomes final."""

from dataclasses import replace

from posada.docket.finality import Finality, final_on
from tests.docket.made import BOOK, TODAY, day, event

DECISION = event("ij_decision", "2025-03-06")
MOTION = BOOK.rule("eoir.ij_motion_reopen")


def test_a_waiver_or_a_dismissal_makes_it_final_and_a_pending_appeal_does_not() -> None:
    waived = final_on(DECISION, then=MOTION, book=BOOK, as_of=TODAY, waived_on=day("2025-03-06"))
    assert waived == Finality(day("2025-03-06"), "appeal_waived")
    appealed = day("2025-03-20")
    assert final_on(DECISION, then=MOTION, book=BOOK, as_of=TODAY, appealed_on=appealed) is None
    dismissed = final_on(
        DECISION, then=MOTION, book=BOOK, as_of=TODAY, appealed_on=appealed, dismissed_on=day("2026-01-05")
    )
    assert dismissed == Finality(day("2026-01-05"), "board_dismissed")


def test_the_end_of_the_appeal_period_is_the_raw_or_the_rolled_day_as_the_rule_says() -> None:
    found = final_on(DECISION, then=MOTION, book=BOOK, as_of=TODAY)
    assert found == Finality(day("2025-04-05"), "appeal_period_ended")
    rolled = final_on(DECISION, then=replace(MOTION, starts_from="rolled"), book=BOOK, as_of=TODAY)
    assert rolled == Finality(day("2025-04-07"), "appeal_period_ended")


def test_in_doubt_the_other_reading_stands_beside_it() -> None:
    found = final_on(event("ij_decision", "2026-04-20"), then=MOTION, book=BOOK, as_of=TODAY)
    assert found == Finality(day("2026-04-30"), "appeal_period_ended", day("2026-05-20"))
