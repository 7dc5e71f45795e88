"""The first administrator of an office, made on the command line because nobody can approve it yet.

Docs: docs/how-to/run-the-office.md. Tests: tests/web/operating/test_first_administrator.py.
"""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import machine
from posada.office.access.models import RoleGrant, User
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.refusals import Refusal


class OneIsThere(Refusal):
    """An administrator exists: further accounts are made in the office, by persons who sign in."""

    code = "administrator_exists"


def make_first_administrator(name: str) -> str:
    """An account with the role and a drawn password, which is given back and kept nowhere. Raises OneIsThere."""
    password = secrets.token_urlsafe(15)
    with transaction.atomic():
        actor = machine("posada accounts")
        append(
            actor, "account.first_administrator"
        )  # takes the lock of the log: two at once wait for each other
        if RoleGrant.objects.filter(role=Role.ADMINISTRATOR, until_at__isnull=True).exists():
            raise OneIsThere(_("There is an administrator already; further accounts are made in the office."))
        user = User.objects.create_user(
            name, password, display_name=name, person_key=name, password_is_temporary=True
        )
        RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR, from_at=timezone.now())
    return password
