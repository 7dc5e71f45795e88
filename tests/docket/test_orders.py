"""An order found on intake opens tasks."""

from dataclasses import replace

import pytest

from posada.docket.orders import OrderFound, OrderTask, order_tasks, task_in_words
from posada.docket.wording import words_in
from tests.docket.made import BOOK, TODAY, day

ABSENT = OrderFound(
    "c1",
    day("2026-09-01"),
    in_absentia=True,
    notice_address_was_right=True,
    notice_served_on_adult=True,
    age_at_order=15,
    had_counsel=True,
    in_custody_that_day=False,
    was_appealed=False,
    appeal_waived=False,
    moved_to_reopen_before=False,
)


def tasks(order: OrderFound) -> dict[str, OrderTask]:
    return {each.task: each for each in order_tasks(order, book=BOOK, as_of=TODAY)}


def test_an_order_in_absentia_has_its_motion_in_180_days_with_the_automatic_stay() -> None:
    found = tasks(ABSENT)
    assert found["motion_exceptional"].day == day("2027-03-01")
    assert "file_stay_with_motion" in found
    assert "motion_no_notice" not in found
    assert "appeal" not in found
    assert "find_out" not in found


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"notice_address_was_right": False}, ("address_wrong",)),
        ({"notice_address_was_right": None}, ("address_not_known",)),
        ({"in_custody_that_day": True}, ("in_custody",)),
        ({"notice_served_on_adult": False}, ("served_on_minor_alone",)),
        ({"notice_served_on_adult": None, "age_at_order": None}, ("served_on_minor_alone",)),
    ],
)
def test_a_notice_that_may_not_have_reached_the_child_opens_the_motion_without_a_deadline(
    change: dict[str, object], because: tuple[str, ...]
) -> None:
    found = tasks(replace(ABSENT, **change))["motion_no_notice"]  # type: ignore[arg-type]
    assert (found.because, found.day, found.rule_id) == (because, None, "eoir.in_absentia_no_notice")


def test_an_adult_who_was_served_alone_is_no_ground() -> None:
    assert "motion_no_notice" not in tasks(replace(ABSENT, age_at_order=18, notice_served_on_adult=False))


def test_an_order_in_presence_has_its_appeal_and_a_minor_without_counsel_is_named() -> None:
    order = replace(ABSENT, on=day("2026-11-20"), in_absentia=False, had_counsel=False)
    found = tasks(order)
    assert (found["appeal"].day, found["appeal"].alternative) == (day("2026-11-30"), day("2026-12-21"))
    assert found["motion_to_reopen"].because == ("minor_without_counsel",)
    assert found["motion_to_reopen"].day == day("2027-03-01")  # 90 days from the end of the appeal period
    assert "motion_exceptional" not in found


def test_an_order_in_absentia_is_final_at_once() -> None:
    assert tasks(ABSENT)["petition_for_review"].day == day("2026-10-01")
    assert tasks(ABSENT)["petition_for_review"].is_late


def test_an_appealed_order_asks_for_the_boards_decision() -> None:
    found = tasks(replace(ABSENT, in_absentia=False, was_appealed=True))
    assert "find_board_decision" in found
    assert "petition_for_review" not in found


def test_what_is_not_known_is_a_task_and_counts_as_perhaps() -> None:
    found = order_tasks(OrderFound("c1", day("2026-11-20")), book=BOOK, as_of=TODAY)
    asked = {each.because[0] for each in found if each.task == "find_out"}
    assert len(asked) == 9
    assert {"motion_no_notice", "motion_exceptional", "appeal"} <= {each.task for each in found}


def test_a_day_that_is_over_is_said_and_the_task_stays() -> None:
    late = tasks(replace(ABSENT, on=day("2025-01-01")))["motion_exceptional"]
    assert late.is_late
    assert task_in_words(late, language="en").endswith("overdue")


def test_an_order_before_the_rules_is_a_task_without_a_date() -> None:
    old = tasks(replace(ABSENT, on=day("1990-01-01")))["motion_exceptional"]
    assert (old.day, old.because[-1]) == (None, "date_not_known")


def test_every_task_and_fact_has_words_in_both_languages() -> None:
    unknown = OrderFound("c1", day("2026-11-20"))
    appealed = replace(ABSENT, in_absentia=False, was_appealed=True)
    for order in (unknown, ABSENT, appealed):
        for task in order_tasks(order, book=BOOK, as_of=TODAY):
            for language in ("en", "es"):
                assert f"task.{task.task}" in words_in(language)
                assert task_in_words(task, language=language)
