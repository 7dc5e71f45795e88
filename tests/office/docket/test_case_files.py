"""Cases as the core reads them: one of each child, one of the hearings of each group."""

from datetime import date

from posada.office.docket.case_files import cases_of
from posada.office.docket.rules import of_birth
from posada.office.intake.models import Child
from tests.office.docket.cases import LATE_NOVEMBER, child_of, coordinator, hearing_of, record
from tests.office.people import group_of


def test_a_child_has_a_case_and_the_hearings_of_the_group_one_of_their_own() -> None:
    group = group_of(date(2012, 1, 1), date(2014, 1, 1))
    hearing_of(group, date(2027, 1, 5), kind="master")
    cases = cases_of([group.pk], on=LATE_NOVEMBER, birth_rules=of_birth())
    assert [case.child_id is None for case in cases] == [False, False, True]
    assert [event.name for event in cases[-1].file.events] == ["master_hearing"]


def test_a_hearing_that_was_over_before_anybody_knew_starts_nothing() -> None:
    group = group_of()
    hearing_of(group, date(2026, 10, 5), kind="master")
    cases = cases_of([group.pk], on=LATE_NOVEMBER, birth_rules=of_birth())
    assert [case.child_id for case in cases] == [child_of(group).pk]


def test_the_case_of_a_child_that_was_a_mistake_starts_nothing_more() -> None:
    group = group_of()
    child = child_of(group)
    record(coordinator(), child, "nta_served", date(2026, 11, 2))
    Child.objects.filter(pk=child.pk).update(voided_at="2026-11-24T12:00Z", voided_reason="not a child")
    (case,) = cases_of([group.pk], on=LATE_NOVEMBER, birth_rules=of_birth())
    assert not any(event.is_live for event in case.file.events)
    assert case.gaps == ()
