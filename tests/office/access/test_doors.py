"""A door shows what a person works on, is engaged for or lives with; all else is not there. Sealed ones log first."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from posada.office.access import doors, two_persons
from posada.office.access.actor import Actor, actor_of, machine
from posada.office.access.models import SealedValue, User
from posada.office.access.roles import Role
from posada.office.audit.models import Entry, Revision
from posada.office.counsel.models import Cover, Engagement
from posada.office.day import today
from posada.office.intake.models import Hearing, SiblingGroup
from posada.office.placement.models import Placement
from posada.office.refusals import NotThere
from tests.office.people import (
    acting,
    assign,
    assign_placement,
    counsel_of,
    group_of,
    home_of,
    person,
)

DAY = timedelta(days=1)


def seen(user: User) -> set[SiblingGroup]:
    return set(doors.groups(actor_of(user)))


@pytest.mark.parametrize("whole_program", [True, False])
def test_rows_of_a_group_are_narrowed_as_groups_are(whole_program: bool) -> None:
    mine, other, gone = group_of(), group_of(), group_of()
    user = person(Role.PLACEMENT_WORKER, whole_program=whole_program)
    assign(user, Role.PLACEMENT_WORKER, group=mine)
    SiblingGroup.objects.filter(pk=gone.pk).update(voided_at=timezone.now())
    for group in (mine, other, gone):
        Hearing.objects.create(group=group, court_code="BAL", hearing_date=today())
    found = Hearing.objects.filter(doors.in_groups(actor_of(user)))
    assert {each.group for each in found} == seen(user) == ({mine, other} if whole_program else {mine})


@pytest.mark.parametrize("role", [Role.INTAKE_WORKER, Role.PLACEMENT_WORKER, Role.LEGAL_COORDINATOR])
def test_who_holds_the_whole_program_sees_every_group_and_who_is_assigned_one_sees_one(role: Role) -> None:
    mine, other = group_of(), group_of()
    assert seen(person(role)) == {mine, other}
    narrow = person(role, whole_program=False)
    assert seen(narrow) == set()
    assign(narrow, role, group=mine)
    assert seen(narrow) == {mine}
    assert {child.group for child in doors.children(actor_of(narrow))} == {mine}


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.LICENSING_WORKER, Role.AUDITOR, Role.NEWSROOM_EDITOR]
)
def test_other_roles_see_no_child(role: Role) -> None:
    group_of()
    assert seen(person(role)) == set()


def test_an_attorney_sees_engagements_from_their_first_day_to_the_day_before_they_end() -> None:
    user, group = person(Role.ATTORNEY), group_of()
    made = Engagement.objects.create(
        counsel=counsel_of(user=user), group=group, from_date=today(), end_reason="done"
    )
    assert seen(user) == {group}
    for from_date, until, wanted in (
        (today() + DAY, None, set()),
        (today() - DAY, today() + DAY, {group}),
        (today() - DAY, today(), set()),
    ):
        Engagement.objects.filter(pk=made.pk).update(from_date=from_date, until_date=until)
        assert seen(user) == wanted


def test_whoever_stands_in_sees_on_those_days_only() -> None:
    covered, user, group = counsel_of(), person(Role.ATTORNEY), group_of()
    Engagement.objects.create(counsel=covered, group=group, from_date=today() - DAY)
    mine = counsel_of(user=user)
    cover = Cover.objects.create(counsel=covered, covered_by=mine, from_date=today(), to_date=today())
    assert seen(user) == {group}
    Cover.objects.filter(pk=cover.pk).update(from_date=today() + DAY, to_date=today() + DAY)
    assert seen(user) == set()


def test_a_foster_parent_sees_children_who_live_there_through_their_last_day() -> None:
    user, home, group = person(Role.FOSTER_PARENT), home_of(), group_of()
    assign(user, Role.FOSTER_PARENT, home=home)
    assert seen(user) == set()
    assign_placement(group, home)
    assert seen(user) == {group}
    Placement.objects.update(to_date=today())
    assert seen(user) == {group}
    Placement.objects.update(to_date=today() - DAY)
    assert seen(user) == set()


def test_homes_and_enquiries_are_licensings() -> None:
    home = home_of()
    assert set(doors.homes(acting(Role.LICENSING_WORKER))) == {home}
    for role in (Role.INTAKE_WORKER, Role.ATTORNEY, Role.AUDITOR, Role.PROGRAM_DIRECTOR):
        assert not doors.homes(acting(role)).exists()
        assert not doors.enquiries(acting(role)).exists()


def test_what_a_door_does_not_show_is_not_there() -> None:
    home = home_of()
    assert doors.one(doors.homes(acting(Role.LICENSING_WORKER)), home.pk) == home
    with pytest.raises(NotThere):
        doors.one(doors.homes(acting(Role.AUDITOR)), home.pk)


@pytest.fixture
def worker() -> Actor:
    return acting(Role.LICENSING_WORKER)


def test_an_opening_is_in_the_log_and_in_the_history_without_the_value(worker: Actor) -> None:
    home = home_of()
    doors.seal_fields(home, {"phone": "301 555 0142"})
    opened = doors.open_sealed(worker, home, "phone", reason="to call about tonight")
    assert opened.text == "301 555 0142"
    assert "301" not in repr(opened)
    assert Entry.objects.get(act="sealed.open").detail == {"field": "phone"}
    kept = Revision.objects.get(act="sealed.open")
    assert kept.reason == "to call about tonight"
    assert "301" not in str(kept.changed)


def test_nobody_opens_without_reason_right_or_name(worker: Actor) -> None:
    home = home_of()
    doors.seal_fields(home, {"phone": "301 555 0142"})
    with pytest.raises(doors.NoReason):
        doors.open_sealed(worker, home, "phone", reason=" ")
    for actor, field in (
        (machine("job"), "phone"),
        (acting(Role.PROGRAM_DIRECTOR), "phone"),
        (worker, "licensed_capacity"),
    ):
        with pytest.raises(NotThere):
            doors.open_sealed(actor, home, field, reason="to call about tonight")
    assert not Entry.objects.filter(act="sealed.open").exists()


def test_a_log_that_cannot_be_written_opens_nothing(worker: Actor) -> None:
    home = home_of()
    doors.seal_fields(home, {"phone": "301 555 0142"})
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_head RENAME TO audit_head_gone")
    with pytest.raises(Exception, match="audit_head"):
        doors.open_sealed(worker, home, "phone", reason="to call about tonight")


def test_sealing_again_replaces_and_an_empty_text_takes_away() -> None:
    home = home_of()
    doors.seal_fields(home, {"phone": "1", "email": "a@example.org"})
    doors.seal_fields(home, {"phone": "2", "email": ""})
    assert doors.has_sealed(home) == {"phone"}
    assert SealedValue.objects.count() == 1
    with pytest.raises(ValueError, match="licensed_capacity"):
        doors.seal_fields(home, {"licensed_capacity": "4"})


def test_the_same_value_is_found_without_opening_it() -> None:
    one, other, third = home_of(), home_of(), home_of()
    for home, phone in ((one, "301-555-0100"), (other, "(301) 555 0100"), (third, "301 555 0199")):
        doors.seal_fields(home, {"phone": phone})
    assert set(doors.same_sealed("licensing.home", "phone", "3015550100")) == {one.pk, other.pk}
    assert doors.same_sealed("licensing.home", "city", "Baltimore") == []


def test_what_differs_is_said_without_being_shown() -> None:
    home = home_of()
    doors.seal_fields(home, {"phone": "301-555-0100"})
    asked = {"phone": "301-555-0100", "email": "a@example.org", "city": ""}
    assert doors.differing_sealed("licensing.home", [(home.pk, asked)]) == {home.pk: {"email": False}}
    assert doors.differing_sealed("licensing.home", [(home.pk, {"phone": "2"})]) == {home.pk: {"phone": True}}


def test_sealed_fields_go_over_to_another_record_unseen() -> None:
    one, other = home_of(), home_of()
    doors.seal_fields(one, {"phone": "301-555-0100"})
    doors.copy_sealed(one, other)
    opened = doors.open_sealed(acting(Role.LICENSING_WORKER), other, "phone", reason="to call tonight")
    assert opened.text == "301-555-0100"


def test_without_the_role_of_a_home_a_person_sees_what_the_other_roles_open() -> None:
    home, group = home_of(), group_of()
    user = person(Role.FOSTER_PARENT)
    assign(user, Role.FOSTER_PARENT, home=home)
    assign_placement(group, home)
    assert not doors.groups(doors.without_home(actor_of(user))).exists()
    assert doors.without_home(acting(Role.AUDITOR)).roles == {Role.AUDITOR}


def test_an_export_opens_what_two_persons_agreed_to_within_the_hour_and_is_in_the_log() -> None:
    home = home_of()
    doors.seal_fields(home, {"phone": "301-555-0100"})
    dora, dan = acting(Role.PROGRAM_DIRECTOR), acting(Role.ADMINISTRATOR)
    for sealed in (False, True):
        scope = {"sealed": sealed}
        asked = two_persons.ask(dora, "export.program", scope=scope, reason="for the state's audit")
        with pytest.raises(NotThere):
            list(doors.open_for_export("licensing.home", asked))
        two_persons.answer(dan, asked.pk, approve=True)
        used = two_persons.use(dora, asked.pk, "export.program", scope=scope)
        if not sealed:
            with pytest.raises(NotThere):
                list(doors.open_for_export("licensing.home", used))
    assert list(doors.open_for_export("licensing.home", used)) == [(home.pk, "phone", "301-555-0100")]
    assert Entry.objects.get(act="sealed.export").detail == {"kind": "licensing.home"}
    type(used).objects.update(used_at="2020-01-01T00:00Z")
    with pytest.raises(NotThere):
        list(doors.open_for_export("licensing.home", used))
