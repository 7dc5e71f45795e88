"""Only counsel examines a remedy; the questionnaire proposes and decides nothing; nothing is taken out."""

import pytest

from posada.docket.remedies import remedy_table
from posada.office.access.roles import Role
from posada.office.docket.models import RemedyEntry, Screening
from posada.office.docket.register import (
    NewEntry,
    digest_of,
    proposals_for,
    record_entry,
    register_of,
    screen,
    screenings_of,
    statement_of,
)
from posada.office.refusals import FieldsRefused, NotThere
from tests.office.docket.cases import LATE_NOVEMBER, attorney_of, child_of, coordinator, record
from tests.office.people import acting, group_of


def test_counsel_examines_and_a_coordinator_s_entry_is_a_note() -> None:
    group = group_of()
    _user, actor = attorney_of(group)
    child = child_of(group)
    record_entry(coordinator(), child, NewEntry("cat", "open"))
    assert register_of(child).state("cat") == "unexamined"
    record_entry(actor, child, NewEntry("cat", "open", facts={"torture_feared": "yes"}))
    assert register_of(child).state("cat") == "open"
    entry = RemedyEntry.objects.latest("entered_at")
    assert (entry.author_name, entry.author_role, entry.on) == ("Dana Example", "attorney", LATE_NOVEMBER)
    with pytest.raises(FieldsRefused):
        record_entry(coordinator(), child, NewEntry("cat", "not_available", reason="no fear"))


def test_an_entry_without_what_makes_it_one_is_refused() -> None:
    group = group_of()
    _user, actor = attorney_of(group)
    child = child_of(group)
    for state, field in (("filed", "evidence"), ("not_available", "reason"), ("maybe", "state")):
        with pytest.raises(FieldsRefused) as refused:
            record_entry(actor, child, NewEntry("cat", state))
        assert field in refused.value.faults
    with pytest.raises(NotThere):
        record_entry(actor, child, NewEntry("magic", "open"))
    with pytest.raises(NotThere):
        record_entry(acting(Role.INTAKE_WORKER), child, NewEntry("cat", "open"))
    assert not RemedyEntry.objects.exists()


def test_the_same_entry_again_changes_nothing_and_a_change_of_mind_is_kept() -> None:
    group = group_of()
    _user, actor = attorney_of(group)
    child = child_of(group)
    for _ in range(2):
        record_entry(actor, child, NewEntry("cat", "not_available", reason="no fear"))
    assert RemedyEntry.objects.count() == 1
    before = digest_of(register_of(child))
    record_entry(actor, child, NewEntry("cat", "open"))
    record_entry(actor, child, NewEntry("cat", "not_available", reason="no fear"))
    assert RemedyEntry.objects.count() == 3
    assert digest_of(register_of(child)) != before


def test_the_statement_names_every_remedy_and_its_next_date() -> None:
    group = group_of()
    _user, actor = attorney_of(group)
    child = child_of(group)
    record(actor, child, "last_arrival", LATE_NOVEMBER.replace(month=10))
    for language in ("en", "es"):
        lines = statement_of(child, language=language)
        assert len(lines) == len(remedy_table())
        dates = {line.remedy_id: line.next_date for line in lines}
        assert dates["asylum_court"] is not None
        assert dates["habeas"] is None


def test_answers_are_kept_point_to_remedies_and_leave_the_register_alone() -> None:
    child, actor = child_of(), acting(Role.INTAKE_WORKER)
    screen(actor, child, {"afraid_to_return": "yes"}, language="es")
    screen(actor, child, {"afraid_to_return": "yes"}, language="es")
    assert Screening.objects.count() == 1
    assert screenings_of(child).get().by_id == actor.user_id
    says = {each.remedy_id: each.says for each in proposals_for({"afraid_to_return": "yes"})}
    assert says["asylum_uscis"] == "look"
    assert set(says) == {each.remedy_id for each in remedy_table()}
    assert not RemedyEntry.objects.exists()
    with pytest.raises(FieldsRefused):
        screen(actor, child, {"afraid_to_return": "perhaps"}, language="es")
    with pytest.raises(NotThere):
        screen(acting(Role.PLACEMENT_WORKER), child, {}, language="en")
