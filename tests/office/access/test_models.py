"""What the tables of access refuse by themselves."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from posada.office.access.models import Assignment, RoleGrant, User
from posada.office.access.roles import Role
from tests.office.people import group_of, home_of, person


def test_an_account_without_a_password_cannot_be_entered() -> None:
    user = User.objects.create_user("pat")
    assert not user.has_usable_password()
    assert str(user) == "pat"


def test_there_is_no_superuser() -> None:
    names = {field.name for field in User._meta.get_fields()}
    assert not names & {"is_superuser", "is_staff", "groups", "user_permissions"}


def test_a_role_is_held_once_at_a_time() -> None:
    user = person(Role.AUDITOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=user, role=Role.AUDITOR, from_at=timezone.now())


def test_an_assignment_names_exactly_what_it_covers() -> None:
    user, now = person(Role.INTAKE_WORKER), timezone.now()
    for wrong in (
        {"scope": "program", "group": group_of()},
        {"scope": "group"},
        {"scope": "home", "group": group_of(), "home": home_of()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.create(user=user, role=Role.INTAKE_WORKER, from_at=now, **wrong)
