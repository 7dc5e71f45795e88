"""What stays removal by itself."""

import pytest

from posada.docket.stays import StayOfRemoval, stay_nothing, stays_of_removal
from tests.docket.made import BOOK, TODAY, case, day, event


def stays(*events: object) -> tuple[StayOfRemoval, ...]:
    return stays_of_removal(case(*events), book=BOOK, as_of=TODAY)  # type: ignore[arg-type]


def test_the_appeal_period_stays_removal_and_is_uncertain_after_the_tenth_day() -> None:
    certain, doubtful = stays(event("ij_decision", "2026-11-02"))
    assert (certain.until, certain.status) == (day("2026-11-12"), "in_force")
    assert (doubtful.until, doubtful.status) == (day("2026-12-02"), "uncertain")
    assert certain.holds_on(day("2026-11-12"))
    assert not certain.holds_on(day("2026-11-13"))


def test_under_the_older_rule_it_lasts_thirty_days() -> None:
    (stay,) = stays(event("ij_decision", "2026-02-27"))
    assert (stay.until, stay.status) == (day("2026-03-30"), "in_force")


def test_a_waiver_ends_it_before_it_begins() -> None:
    assert stays(event("ij_decision", "2026-11-02"), event("appeal_waived", "2026-11-02")) == ()


@pytest.mark.parametrize(
    ("filed", "status"), [("2026-11-12", "in_force"), ("2026-12-02", "uncertain"), ("2026-12-03", None)]
)
def test_a_timely_appeal_stays_removal_until_the_board_decides(filed: str, status: str | None) -> None:
    found = stays(event("ij_decision", "2026-11-02"), event("appeal_filed", filed))
    assert [each.status for each in found] == ([status] if status else [])
    if found:
        assert found[0].until is None
        ended = stays(
            event("ij_decision", "2026-11-02"),
            event("appeal_filed", filed),
            event("board_decision", "2027-05-01"),
        )
        assert ended[0].until == day("2027-05-01")


def test_a_motion_to_rescind_stays_removal_until_it_is_ruled_on_and_during_an_appeal_of_a_denial() -> None:
    motion = event("motion_to_rescind_filed", "2026-11-02")
    (pending,) = stays(motion)
    assert (pending.until, pending.rule_id) == (None, "eoir.in_absentia_exceptional")
    ruled, appealed = stays(
        motion,
        event("motion_to_rescind_ruled", "2026-11-20"),
        event("rescind_denial_appealed", "2026-11-24"),
    )
    assert (ruled.until, appealed.until) == (day("2026-11-20"), None)


def test_a_petition_for_review_and_a_pending_i246_stay_nothing() -> None:
    filed = (event("petition_for_review_filed", "2026-11-02"), event("i246_filed", "2026-11-02"))
    assert stays(*filed) == ()
    assert [rule for _, rule in stay_nothing(case(*filed))] == ["us.petition_for_review", "dhs.stay_i246"]
