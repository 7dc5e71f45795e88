"""Stages, lawful steps and coded endings."""

import itertools

import pytest

from posada.licensing.enquiry import (
    NEXT,
    PATH,
    Ending,
    EndingNeedsReason,
    Stage,
    StageNotReachable,
    check_move,
    may_move,
)


def test_the_path_leads_from_the_first_call_to_an_open_home_one_step_at_a_time() -> None:
    for stage, following in itertools.pairwise(PATH):
        check_move(stage, to=following)
    skipped = [(a, b) for i, a in enumerate(PATH) for b in PATH[i + 2 :] if may_move(a, to=b)]
    assert skipped == []


def test_only_a_decision_or_the_end_of_a_hold_opens_a_home() -> None:
    assert {stage for stage in Stage if may_move(stage, to=Stage.OPEN)} == {Stage.DECISION, Stage.ON_HOLD}


def test_a_refused_step_names_where_the_enquiry_can_go() -> None:
    with pytest.raises(StageNotReachable) as refused:
        check_move(Stage.ENQUIRY, to=Stage.OPEN)
    assert refused.value.may_go_to == NEXT[Stage.ENQUIRY]
    assert "triage" in str(refused.value)


def test_every_stage_can_be_closed_and_a_closed_one_taken_up_again() -> None:
    assert all(may_move(stage, to=Stage.CLOSED) for stage in Stage if stage is not Stage.CLOSED)
    assert NEXT[Stage.CLOSED] == (Stage.TRIAGE,)


@pytest.mark.parametrize("ending", ["", "because", "Not_Reached"])
def test_an_ending_without_a_listed_reason_is_refused(ending: str) -> None:
    with pytest.raises(EndingNeedsReason):
        check_move(Stage.CHECKS, to=Stage.CLOSED, ending=ending)


@pytest.mark.parametrize("ending", Ending)
def test_an_ending_with_a_listed_reason_is_taken(ending: Ending) -> None:
    check_move(Stage.CHECKS, to=Stage.CLOSED, ending=ending.value)
