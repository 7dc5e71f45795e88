"""A deadline is never erased, and closed only with what closes it."""

from dataclasses import replace
from datetime import date

import pytest

from posada.docket.deadlines import (
    DeadlineClosed,
    deadline_id,
    excuse,
    meet,
    recomputed,
    supersede,
)
from posada.docket.events import NotEnoughRecorded
from tests.docket.made import TODAY, case, day, event, only

APPEAL = only(case(event("ij_decision", "2026-11-02")), "eoir.bia_appeal")


def met(on: str = "2026-11-10", proof: str = "portal receipt") -> object:
    return meet(APPEAL, on=day(on), proof=proof, by="counsel", entered_on=TODAY)


def test_it_is_met_with_its_proof_in_time_or_late() -> None:
    in_time = meet(APPEAL, on=day("2026-11-12"), proof="portal receipt", by="counsel", entered_on=TODAY)
    late = meet(APPEAL, on=day("2026-11-13"), proof="portal receipt", by="counsel", entered_on=TODAY)
    assert (in_time.state, in_time.was_late, in_time.is_open) == ("met", False, False)
    assert late.was_late
    assert not APPEAL.was_late


@pytest.mark.parametrize(
    ("on", "proof", "by"),
    [("2026-11-10", " ", "counsel"), ("2026-11-26", "receipt", "counsel"), ("2026-11-10", "receipt", "")],
)
def test_it_is_not_met_without_proof_without_a_name_or_tomorrow(on: str, proof: str, by: str) -> None:
    with pytest.raises(NotEnoughRecorded):
        meet(APPEAL, on=day(on), proof=proof, by=by, entered_on=TODAY)


def test_it_is_excused_for_a_reason_and_superseded_by_an_event() -> None:
    excused = excuse(APPEAL, on=TODAY, by="A. Lawyer", why="appeal was waived", entered_on=TODAY)
    assert (excused.state, excused.resolution and excused.resolution.because) == (
        "excused",
        "appeal was waived",
    )
    superseded = supersede(APPEAL, by_event="e2", on=TODAY, by="A. Lawyer", entered_on=TODAY)
    assert superseded.state == "superseded"
    with pytest.raises(NotEnoughRecorded):
        excuse(APPEAL, on=TODAY, by="A. Lawyer", why="", entered_on=TODAY)
    with pytest.raises(NotEnoughRecorded):
        supersede(APPEAL, by_event="", on=TODAY, by="A. Lawyer", entered_on=TODAY)


def test_the_same_act_saved_again_changes_nothing_and_another_is_refused() -> None:
    once = meet(APPEAL, on=day("2026-11-10"), proof="receipt", by="counsel", entered_on=TODAY)
    assert (
        meet(once, on=day("2026-11-10"), proof="receipt", by="counsel", entered_on=date(2026, 12, 1)) is once
    )
    with pytest.raises(DeadlineClosed, match="met since 2026-11-10"):
        excuse(once, on=TODAY, by="counsel", why="a reason", entered_on=TODAY)


def test_a_new_computation_keeps_the_old_one_and_a_closed_deadline_keeps_its_date() -> None:
    later = replace(APPEAL.computed, day=day("2026-12-02"), as_of=date(2027, 1, 1))
    moved = recomputed(APPEAL, later)
    assert (moved.day, moved.before) == (day("2026-12-02"), (APPEAL.computed,))
    assert recomputed(APPEAL, replace(APPEAL.computed, as_of=date(2027, 1, 1))) is APPEAL
    closed = excuse(APPEAL, on=TODAY, by="counsel", why="a reason", entered_on=TODAY)
    assert recomputed(closed, later) is closed


def test_ids_differ_by_case_rule_event_and_occurrence_and_tell_nothing() -> None:
    ids = {
        deadline_id(case_id, rule, happened, occurrence=n)
        for case_id in ("c1", "c2")
        for rule in ("a", "b")
        for happened in ("e1", "e2")
        for n in (1, 2)
    }
    assert len(ids) == 16
    assert all(len(each) == 24 and "c1" not in each.split("-") for each in ids)
