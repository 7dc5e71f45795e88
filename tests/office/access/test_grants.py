"""Roles that reach children take two human beings; assignments are given by opaque id; nobody gives to oneself."""

import uuid

import pytest

from posada.office.access import grants, two_persons
from posada.office.access.actor import Actor, actor_of
from posada.office.access.models import Assignment, User
from posada.office.access.roles import SEE_CHILDREN, Role
from posada.office.audit.models import Entry
from posada.office.refusals import NeedsSecondPerson, NotThere, Refusal
from tests.office.people import acting, group_of, home_of, person


@pytest.fixture
def ada() -> Actor:
    return acting(Role.ADMINISTRATOR)


@pytest.fixture
def abel() -> Actor:
    return acting(Role.ADMINISTRATOR)


def roles_of(user: User) -> set[str]:
    return set(actor_of(user).roles)


@pytest.mark.parametrize("role", sorted(SEE_CHILDREN))
def test_a_role_that_sees_a_child_takes_two_persons(ada: Actor, abel: Actor, role: Role) -> None:
    user = person()
    with pytest.raises(NeedsSecondPerson):
        grants.give_role(ada, user, role)
    asked = grants.ask_for_role(ada, user, role, reason="she begins on Monday")
    with pytest.raises(two_persons.Expired):
        grants.give_role(ada, user, role, approval_id=asked.pk)
    with pytest.raises(two_persons.NotYours):
        two_persons.answer(ada, asked.pk, approve=True)
    two_persons.answer(abel, asked.pk, approve=True)
    grants.give_role(ada, user, role, approval_id=asked.pk)
    assert roles_of(user) == {role}
    with pytest.raises(two_persons.Expired):
        grants.give_role(ada, user, role, approval_id=asked.pk)


def test_an_approval_holds_for_that_person_and_that_role_alone(ada: Actor, abel: Actor) -> None:
    user, other = person(), person()
    asked = grants.ask_for_role(ada, user, Role.ATTORNEY, reason="she begins on Monday")
    two_persons.answer(abel, asked.pk, approve=True)
    for who, role in ((other, Role.ATTORNEY), (user, Role.INTAKE_WORKER)):
        with pytest.raises(two_persons.Expired):
            grants.give_role(ada, who, role, approval_id=asked.pk)
    assert roles_of(user) == roles_of(other) == set()


def test_whoever_gets_a_role_does_not_approve_it(ada: Actor) -> None:
    director = person(Role.PROGRAM_DIRECTOR)
    asked = grants.ask_for_role(ada, director, Role.INTAKE_WORKER, reason="she helps tonight")
    two_persons.answer(actor_of(director), asked.pk, approve=True)
    with pytest.raises(two_persons.NotYours):
        grants.give_role(ada, director, Role.INTAKE_WORKER, approval_id=asked.pk)
    assert roles_of(director) == {Role.PROGRAM_DIRECTOR}


def test_nobody_gives_to_oneself_from_either_of_two_accounts(ada: Actor) -> None:
    twin = person(person_key=ada.person_key)
    assert ada.user is not None
    for user in (ada.user, twin):
        with pytest.raises(grants.NotToOneself):
            grants.give_role(ada, user, Role.AUDITOR)
        with pytest.raises(grants.NotToOneself):
            grants.ask_for_role(ada, user, Role.INTAKE_WORKER, reason="I could do that")


def test_one_administrator_makes_the_second_alone_and_the_third_with_another(ada: Actor) -> None:
    second, third = person(), person()
    grants.give_role(ada, second, Role.ADMINISTRATOR)
    with pytest.raises(NeedsSecondPerson):
        grants.give_role(ada, third, Role.ADMINISTRATOR)


def test_a_second_account_of_the_same_human_is_not_the_second_administrator(ada: Actor) -> None:
    person(Role.ADMINISTRATOR, person_key=ada.person_key)
    assert not grants.needs_two(Role.ADMINISTRATOR)


def test_roles_without_children_are_given_at_once(ada: Actor) -> None:
    user = person()
    grants.give_role(ada, user, Role.AUDITOR)
    assert roles_of(user) == {Role.AUDITOR}
    with pytest.raises(Refusal, match="already"):
        grants.give_role(ada, user, Role.AUDITOR)


@pytest.mark.parametrize("role", [each for each in Role if each != Role.ADMINISTRATOR])
def test_only_an_administrator_gives_and_ends_roles(role: Role) -> None:
    user = person(Role.AUDITOR)
    for act in (
        lambda: grants.give_role(acting(role), user, Role.AUDITOR),
        lambda: grants.ask_for_role(acting(role), user, Role.ATTORNEY, reason="she begins"),
        lambda: grants.end_role(acting(role), user, Role.AUDITOR),
    ):
        with pytest.raises(NotThere):
            act()


def test_an_ended_role_takes_its_assignments_with_it(ada: Actor) -> None:
    user = person(Role.INTAKE_WORKER)
    grants.end_role(ada, user, Role.INTAKE_WORKER)
    assert roles_of(user) == set()
    assert not Assignment.objects.filter(user=user, until_at__isnull=True).exists()
    assert Entry.objects.get(act="role.end").detail == {"role": "intake_worker", "assignments": 1}


def test_the_last_administrator_stays(ada: Actor) -> None:
    assert ada.user is not None
    with pytest.raises(Refusal, match="only administrator"):
        grants.end_role(ada, ada.user, Role.ADMINISTRATOR)


def test_assignments_name_a_group_or_home_by_its_opaque_id(ada: Actor) -> None:
    user, group = person(Role.INTAKE_WORKER, whole_program=False), group_of()
    made = grants.assign(ada, user, Role.INTAKE_WORKER, scope="group", to=group.pk, reason="takes this case")
    assert actor_of(user).groups == {group.pk}
    with pytest.raises(Refusal, match="already"):
        grants.assign(ada, user, Role.INTAKE_WORKER, scope="group", to=group.pk, reason="takes this case")
    grants.end_assignment(acting(Role.PROGRAM_DIRECTOR), made)
    assert actor_of(user).groups == frozenset()


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.FOSTER_PARENT, "program"),
        (Role.FOSTER_PARENT, "group"),
        (Role.PROGRAM_DIRECTOR, "program"),
        (Role.ATTORNEY, "group"),
        (Role.AUDITOR, "program"),
    ],
)
def test_who_may_not_hold_so_much_does_not_get_it(ada: Actor, role: Role, scope: str) -> None:
    with pytest.raises(Refusal, match="cannot be assigned"):
        grants.assign(ada, person(role), role, scope=scope, to=group_of().pk, reason="takes this case")


def test_an_assignment_needs_the_role_a_reason_and_something_that_is_there(ada: Actor) -> None:
    user, home = person(Role.FOSTER_PARENT), home_of()
    for role, to, reason in (
        (Role.INTAKE_WORKER, home.pk, "takes this case"),
        (Role.FOSTER_PARENT, home.pk, " "),
        (Role.FOSTER_PARENT, uuid.uuid4(), "it is her home"),
        (Role.FOSTER_PARENT, None, "it is her home"),
    ):
        with pytest.raises(Refusal):
            grants.assign(ada, user, role, scope="home", to=to, reason=reason)
    assert actor_of(user).homes == frozenset()
