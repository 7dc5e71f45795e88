"""Synthetic people and records for tests of the office; nobody here exists."""

import itertools
import time
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from posada.office.access.actor import Actor, actor_of
from posada.office.access.models import Assignment, RoleGrant, User
from posada.office.access.roles import MAY_HOLD_WHOLE_PROGRAM, Role
from posada.office.counsel.models import Counsel
from posada.office.intake.models import Child, SiblingGroup
from posada.office.licensing.models import Home
from posada.office.placement.models import Placement

_numbers = itertools.count(1)
TODAY = date(2026, 11, 24)


def person(*roles: Role, whole_program: bool = True, **fields: Any) -> User:
    """Somebody with roles (assigned to the whole program where a role may be) and a second factor."""
    number = next(_numbers)
    made = {"display_name": f"Person {number}", "person_key": f"P{number}", **fields}
    user = User.objects.create_user(f"person-{number}", "correct horse battery", **made)
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, from_at=timezone.now())
        if whole_program and role in MAY_HOLD_WHOLE_PROGRAM:
            Assignment.objects.create(user=user, role=role, scope="program", from_at=timezone.now())
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    return user


def acting(*roles: Role, **fields: Any) -> Actor:
    """A new person with these roles, as an actor."""
    return actor_of(person(*roles, **fields))


def browser_of(user: User, *, language: str = "en") -> Client:
    """A client in which this person has signed in, with the second factor."""
    client = Client(headers={"accept-language": language})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def assign(
    user: User, role: Role, *, group: SiblingGroup | None = None, home: Home | None = None
) -> Assignment:
    """Assign a person to one group or one home."""
    scope = "group" if group else "home"
    return Assignment.objects.create(
        user=user, role=role, scope=scope, group=group, home=home, from_at=timezone.now()
    )


def group_of(*birth_dates: date, **fields: Any) -> SiblingGroup:
    """A sibling group with a child for each birth date; one of 2014 if none is given."""
    number = next(_numbers)
    group = SiblingGroup.objects.create(sibling_group_id=f"G-{number:04}")
    for place, birth in enumerate(birth_dates or (date(2014, 5, 1),), 1):
        given = {"given_name": f"Given{number}-{place}", "family_name": f"Family{number}", "sex": "F"}
        Child.objects.create(
            child_id=f"C-{number:04}-{place}", group=group, birth_date=birth, **{**given, **fields}
        )
    return group


def home_of(**fields: Any) -> Home:
    """An open foster home with four beds and everything clear through 2027."""
    number = next(_numbers)
    made: dict[str, Any] = {
        "home_id": f"H-{number:04}",
        "kind": "foster",
        "state": "open",
        "county_fips": "24031",
        "licensed_capacity": 4,
        "license_from": date(2025, 1, 1),
        "license_to": date(2027, 12, 31),
        "checks_clear_until": date(2027, 12, 31),
        "beds_girls": 0,
        "beds_boys": 0,
        "beds_any": 4,
    }
    return Home.objects.create(**{**made, **fields})


def counsel_of(**fields: Any) -> Counsel:
    """A counsel at Baltimore with two open slots."""
    number = next(_numbers)
    made: dict[str, Any] = {"counsel_id": f"K-{number:04}", "courts": ["BAL"], "open_slots": 2}
    return Counsel.objects.create(**{**made, **fields})


def assign_placement(
    group: SiblingGroup, home: Home, *, from_date: date = date(2026, 11, 1)
) -> list[Placement]:
    """Every child of a group lives in a home."""
    return [
        Placement.objects.create(child=child, home=home, from_date=from_date)
        for child in group.children.all()
    ]
