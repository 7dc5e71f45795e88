"""A child's checklist holds the nearest deadline of the docket; a tick says who and when, and none is lost."""

from datetime import date
from typing import Any

import pytest

from posada.office.access.actor import Actor, actor_of
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.audit.models import Entry
from posada.office.casefile.documents import NewDocument, add_document
from posada.office.docket.models import Deadline
from posada.office.intake.models import Child
from posada.office.preparation import checklists
from posada.office.preparation.checklists import NewMark, mark_item
from posada.office.preparation.models import ChecklistMark
from posada.office.refusals import FieldsRefused, NotThere, SomebodySavedFirst
from posada.preparation.checklist import Checklist
from posada.preparation.readiness import DONE, LATE, UNDATED
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, child_of, coordinator, record
from tests.office.people import acting, assign, assign_placement, group_of, home_of, person

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def named(checklist_id: str) -> Checklist:
    return checklists.checklist_named(checklist_id)


def appeal_of(actor: Actor, child: Child) -> Deadline:
    """A decision of last week starts the days to appeal."""
    record(actor, child, "ij_decision", date(2026, 11, 16))
    return Deadline.objects.get(child=child, rule_id="eoir.bia_appeal")


def test_days_are_counted_back_from_the_deadline_on_the_docket(child: Child, lawyer: tuple) -> None:
    deadline = appeal_of(lawyer[1], child)
    shown = checklists.checklist_of(child, named("appeal"))
    assert shown.deadline == deadline
    filing = next(each.line for each in shown.lines if each.line.item.item_id == "filing")
    assert filing.ready_by == deadline.day
    assert shown.lines[0].line.ready_by is not None
    assert shown.lines[0].line.ready_by < deadline.day


def test_without_a_date_on_the_docket_no_day_is_guessed(child: Child) -> None:
    shown = checklists.checklist_of(child, named("stay"))
    assert shown.deadline is None
    assert {each.line.state for each in shown.lines} == {UNDATED}


def test_a_deadline_that_passed_leaves_the_open_items_late_and_first(child: Child, lawyer: tuple) -> None:
    deadline = appeal_of(lawyer[1], child)
    Deadline.objects.filter(pk=deadline.pk).update(day=date(2026, 11, 20))
    mark_item(lawyer[1], child, named("appeal"), "fee", NewMark("done", LATE_NOVEMBER), version=0)
    shown = checklists.checklist_of(child, named("appeal"))
    assert [each.line.state for each in shown.lines] == [LATE] * 5 + [DONE]
    assert (shown.late, shown.left) == (5, 5)
    assert checklists.all_of(child)[0].checklist.checklist_id == "appeal"


def test_a_tick_says_who_when_and_on_what_paper(child: Child, lawyer: tuple) -> None:
    actor = lawyer[1]
    paper = add_document(actor, NewDocument(PDF, "court_order", "Decision", child=child))
    new = NewMark("done", date(2026, 11, 23), document=paper, note="from the clerk")
    mark = mark_item(actor, child, named("appeal"), "decision", new, version=0)
    assert (mark.by_id, mark.on, mark.document, mark.version) == (actor.user_id, date(2026, 11, 23), paper, 1)
    assert mark_item(actor, child, named("appeal"), "decision", new, version=0).version == 1, "the same again"
    undone = mark_item(actor, child, named("appeal"), "decision", NewMark("open"), version=1)
    assert (undone.state, undone.on, undone.document) == ("open", None, None)


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewMark("done"), "on"),
        (NewMark("done", date(2026, 11, 25)), "on"),
        (NewMark("not_needed", reason="  "), "reason"),
        (NewMark("perhaps"), "state"),
    ],
)
def test_a_tick_that_does_not_say_when_or_why_is_refused(
    child: Child, lawyer: tuple, new: NewMark, field: str
) -> None:
    with pytest.raises(FieldsRefused) as refused:
        mark_item(lawyer[1], child, named("appeal"), "fee", new, version=0)
    assert list(refused.value.faults) == [field]
    assert not ChecklistMark.objects.exists()


def test_who_saw_an_older_tick_is_told_and_nothing_is_lost(child: Child, lawyer: tuple) -> None:
    first = NewMark("not_needed", reason="waived by the judge")
    mark_item(lawyer[1], child, named("appeal"), "fee", first, version=0)
    with pytest.raises(SomebodySavedFirst) as told:
        mark_item(coordinator(), child, named("appeal"), "fee", NewMark("done", LATE_NOVEMBER), version=0)
    assert told.value.theirs["reason"] == "waived by the judge"
    assert ChecklistMark.objects.get().state == "not_needed"


def test_a_paper_of_another_case_proves_nothing(child: Child, lawyer: tuple) -> None:
    other = child_of(group_of())
    paper = add_document(coordinator(), NewDocument(PDF, "court_order", "Decision", child=other))
    with pytest.raises(NotThere):
        mark_item(
            lawyer[1],
            child,
            named("appeal"),
            "fee",
            NewMark("done", LATE_NOVEMBER, document=paper),
            version=0,
        )


def who(kind: str, child: Child) -> Actor:
    """Somebody who does not prepare this child's case."""
    if kind == "attorney of another":
        return attorney_of(group_of())[1]
    if kind == "intake worker":
        return acting(Role.INTAKE_WORKER)
    if kind == "attorney of another who takes in arrivals":
        user: User = person(Role.ATTORNEY, Role.INTAKE_WORKER)
        assign(user, Role.INTAKE_WORKER, group=child.group)
        return actor_of(user)
    user, home = person(Role.FOSTER_PARENT), home_of()
    assign(user, Role.FOSTER_PARENT, home=home)
    assign_placement(child.group, home)
    return actor_of(user)


@pytest.mark.parametrize(
    "kind",
    ["attorney of another", "intake worker", "attorney of another who takes in arrivals", "foster parent"],
)
def test_nobody_else_sees_or_ticks(child: Child, kind: str) -> None:
    actor = who(kind, child)
    with pytest.raises(NotThere):
        checklists.child_of(actor, child.pk)
    with pytest.raises(NotThere):
        mark_item(actor, child, named("appeal"), "fee", NewMark("done", LATE_NOVEMBER), version=0)
    with pytest.raises(NotThere):
        checklists.checklist_named("magic")


def test_the_log_has_the_act_and_no_word_of_the_note(child: Child, lawyer: tuple) -> None:
    new = NewMark("done", LATE_NOVEMBER, note="Zqxnote")
    mark_item(lawyer[1], child, named("appeal"), "fee", new, version=0)
    entry: Any = Entry.objects.filter(act="checklist.mark").get()
    assert "Zqxnote" not in str(entry.detail)
