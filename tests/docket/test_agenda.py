"""The agenda and its lights."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from posada.docket.agenda import AgendaLine, agenda, by_day
from posada.docket.deadlines import Deadline, meet
from posada.docket.hearings import Hearing, InterpreterNeed
from posada.docket.practice import shipped_practice
from tests.docket.made import BOOK, TODAY, case, day, event, only, refreshed

APPEAL = only(case(event("ij_decision", "2026-11-16")), "eoir.bia_appeal")  # due Friday 27 November 2026


def lines(*deadlines: Deadline, today: date = TODAY, **more: object) -> tuple[AgendaLine, ...]:
    return agenda(deadlines, today=today, book=BOOK, practice=shipped_practice(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "light", "left"),
    [
        ("2026-11-17", "due", 7),
        ("2026-11-20", "due", 4),
        ("2026-11-23", "at_risk", 3),
        ("2026-11-26", "at_risk", 1),
        ("2026-11-27", "due_today", 0),
        ("2026-11-28", "overdue", 0),
    ],
)
def test_a_light_compares_the_working_days_left_with_those_that_are_needed(
    today: str, light: str, left: int
) -> None:
    (line,) = lines(APPEAL, today=day(today))
    assert (line.light, line.working_days_left, line.working_days_needed) == (light, left, 4)


def test_finished_steps_take_a_deadline_out_of_risk() -> None:
    (line,) = lines(APPEAL, today=day("2026-11-24"), steps_done={APPEAL.deadline_id: {"interview", "filing"}})
    assert (line.light, line.steps_missing) == ("due", ("service",))


def test_a_line_carries_rule_citation_standing_other_reading_and_that_nobody_signed_it_off() -> None:
    (line,) = lines(APPEAL)
    assert line.citation.startswith("8 CFR 1003.38(b)")
    assert (line.status, line.alternative) == ("uncertain", day("2026-12-16"))
    assert not line.is_signed_off
    assert line.target == day("2026-11-24")


def test_the_target_of_a_limit_that_rolled_toward_a_hearing_lies_before_its_raw_day() -> None:
    filing = only(case(event("individual_hearing", "2026-08-03")), "eoir.individual_filing")
    (line,) = lines(filing, today=day("2026-06-01"))
    assert (line.day, line.target) == (day("2026-07-06"), day("2026-07-01"))


def test_a_closed_deadline_leaves_the_agenda_and_a_missed_one_stays() -> None:
    closed = meet(APPEAL, on=day("2026-11-20"), proof="receipt", by="counsel", entered_on=TODAY)
    assert lines(closed) == ()
    assert lines(APPEAL, today=date(2030, 1, 1))[0].light == "overdue"


def test_what_has_no_date_is_urgent_and_comes_first() -> None:
    found = refreshed(case(event("in_absentia_order", "2026-11-02"), event("nta_served", "2026-11-20")))
    listed = list(by_day(lines(*found.deadlines)))
    assert [(on, [line.light for line in group]) for on, group in listed] == [
        (None, ["urgent"]),
        (day("2026-11-30"), ["opens"]),
        (day("2027-05-03"), ["due"]),
    ]


def test_an_agenda_is_that_of_a_child_an_attorney_or_the_program() -> None:
    other = replace(APPEAL, case_id="c2", deadline_id="x")
    assert len(lines(APPEAL, other)) == 2
    assert [line.case_id for line in lines(APPEAL, other, cases={"c2"})] == ["c2"]
    assert lines(APPEAL, until=day("2026-11-26")) == ()


def test_a_hearing_without_its_interpreter_or_unconfirmed_is_at_risk() -> None:
    at = datetime.fromisoformat("2026-12-10T08:30")
    made = Hearing("h1", "c1", "master", "BAL", at, "America/New_York", "Room")
    need = (InterpreterNeed("mam", "", "eng"),)
    made_lights = [
        lines(hearings=[each], until=day("2026-12-31"))[0].light
        for each in (made, replace(made, interpreters=need), replace(made, is_confirmed=False))
    ]
    assert made_lights == ["due", "at_risk", "at_risk"]
    assert lines(hearings=[replace(made, is_cancelled=True)]) == ()
    assert lines(hearings=[made], today=day("2026-12-10"))[0].light == "due_today"
    assert lines(hearings=[made], today=day("2026-12-11")) == ()
    assert lines(hearings=[made], cases={"c2"}) == ()
