"""Notes, wishes and written names: added, answered, and voided with a reason; never rewritten."""

import pytest

from posada.office.access import doors
from posada.office.access.actor import actor_of
from posada.office.access.roles import Role
from posada.office.audit.history import revisions_of
from posada.office.casefile.remarks import add_note, add_wish, answer_wish, void_of_file, write_name
from posada.office.casefile.search import find_children
from posada.office.intake.models import Child
from posada.office.refusals import FieldsRefused, NotThere, Refusal
from tests.office.people import acting, assign, group_of, home_of, person


def _child() -> Child:
    return group_of().children.get()


def test_a_note_is_seen_by_those_who_work_on_the_group() -> None:
    child, actor = _child(), acting(Role.INTAKE_WORKER)
    note = add_note(actor, " Sleeps badly. ", child=child)
    assert note.text == "Sleeps badly."
    assert list(doors.notes(acting(Role.PLACEMENT_WORKER))) == [note]
    assert not doors.notes(acting(Role.ATTORNEY)).exists()
    with pytest.raises(FieldsRefused):
        add_note(actor, "  ", child=child)


def test_a_foster_parent_reads_only_own_notes() -> None:
    user, home, child = person(Role.FOSTER_PARENT), home_of(), _child()
    assign(user, Role.FOSTER_PARENT, home=home)
    child.placements.create(home=home, from_date="2026-01-01")
    add_note(acting(Role.INTAKE_WORKER), "For the office.", child=child)
    own = add_note(actor_of(user), "Likes to cook.", child=child)
    assert list(doors.notes(actor_of(user))) == [own]


def test_a_wish_says_who_wished_what_and_is_answered_in_words() -> None:
    child, worker = _child(), acting(Role.PLACEMENT_WORKER)
    wish = add_wish(
        acting(Role.INTAKE_WORKER), "Near Hyattsville", wished_by="child", kind="town", child=child
    )
    with pytest.raises(Refusal):
        answer_wish(worker, wish, " ", version=1)
    answered = answer_wish(worker, wish, "No home there with two beds.", version=1)
    assert answered.answered_at is not None
    with pytest.raises(NotThere):
        answer_wish(acting(Role.INTAKE_WORKER), wish, "Yes.", version=2)
    with pytest.raises(FieldsRefused):
        add_wish(worker, "x", wished_by="nobody", kind="town", child=child)


def test_a_name_is_kept_as_the_court_writes_it_and_no_letter_is_lost() -> None:
    child, actor = _child(), acting(Role.INTAKE_WORKER)
    long = "PEREZ-LOPEZ DE LA O " * 10 + "JOSÉ  (A/K/A YOSE)"
    written = write_name(actor, child, authority="court", name=long)
    assert written.name == long
    with pytest.raises(FieldsRefused):
        write_name(actor, child, authority="court", name="Other")
    void_of_file(actor, written, version=1, reason="Misread.")
    assert not find_children(actor, "yose").exists()
    write_name(actor, child, authority="court", name="Other")


def test_a_mistake_is_voided_by_its_writer_or_the_desk_with_a_reason_and_stays_in_history() -> None:
    child, writer = _child(), acting(Role.PLACEMENT_WORKER)
    note = add_note(writer, "Wrong child.", child=child)
    with pytest.raises(Refusal):
        void_of_file(writer, note, version=1, reason="")
    with pytest.raises(Refusal, match="Only who wrote it"):
        void_of_file(acting(Role.PLACEMENT_WORKER), note, version=1, reason="Not mine.")
    void_of_file(acting(Role.INTAKE_WORKER), note, version=1, reason="Wrong child.")
    assert not doors.notes(writer).exists()
    assert [each.act for each in revisions_of(note)] == ["casefile.note.void", "note.add"]
