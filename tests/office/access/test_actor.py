"""An actor has what holds at this moment, and nothing that has ended or not begun."""

from datetime import timedelta

from django.utils import timezone

from posada.office.access.actor import NOBODY, actor_of, machine
from posada.office.access.models import Assignment, RoleGrant, User
from posada.office.access.roles import Role
from tests.office.people import assign, group_of, home_of, person


def test_a_person_has_roles_groups_homes_and_the_whole_program() -> None:
    user, group, home = person(Role.INTAKE_WORKER, Role.LICENSING_WORKER), group_of(), home_of()
    assign(user, Role.INTAKE_WORKER, group=group)
    assign(user, Role.LICENSING_WORKER, home=home)
    actor = actor_of(user)
    assert actor.roles == actor.whole_program == {Role.INTAKE_WORKER, Role.LICENSING_WORKER}
    assert (actor.groups, actor.homes) == ({group.pk}, {home.pk})
    assert actor.acting_as == "intake_worker,licensing_worker"
    assert actor.user == user
    assert actor.has(Role.AUDITOR, Role.INTAKE_WORKER)
    assert not actor.has()


def test_what_has_ended_or_not_begun_does_not_hold() -> None:
    now = timezone.now()
    for from_at, until_at in ((now - timedelta(2), now - timedelta(1)), (now + timedelta(1), None)):
        user = person(Role.INTAKE_WORKER)
        RoleGrant.objects.filter(user=user).update(from_at=from_at, until_at=until_at)
        assert actor_of(user).roles == actor_of(user).whole_program == frozenset()


def test_an_assignment_in_a_role_that_has_ended_opens_nothing() -> None:
    user, group = person(Role.INTAKE_WORKER, Role.AUDITOR, whole_program=False), group_of()
    assign(user, Role.INTAKE_WORKER, group=group)
    RoleGrant.objects.filter(user=user, role=Role.INTAKE_WORKER).update(until_at=timezone.now())
    assert actor_of(user).groups == frozenset()
    assert Assignment.objects.filter(user=user, until_at__isnull=True).exists()


def test_what_holds_is_asked_for_an_instant() -> None:
    user, later = person(Role.AUDITOR), timezone.now() + timedelta(days=1)
    RoleGrant.objects.filter(user=user).update(until_at=later)
    assert actor_of(user).roles == {Role.AUDITOR}
    assert actor_of(user, at=later + timedelta(seconds=1)).roles == frozenset()


def test_an_account_that_is_off_is_nobody() -> None:
    user = person(Role.AUDITOR)
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    assert actor_of(user) == NOBODY


def test_the_machine_has_no_role() -> None:
    assert machine("posada import").roles == frozenset()
    assert machine("posada import").user is None
