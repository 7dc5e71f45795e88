"""Accounts of people: made, given a new way in, turned off. An administrator never chooses or sees a password.

A way in is a link that works once, for three days, and lets its bearer choose a password; the second factor is the
owner's own. Taking a lost second factor away ends every role that takes two persons, until two give it again.
Docs: docs/reference/roles.md. Tests: tests/office/access/test_persons.py.
"""

import uuid
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import Actor
from posada.office.access.devices import end_sessions_of
from posada.office.access.grants import TAKES_TWO, end_roles_of, standing_roles
from posada.office.access.leaving import Held, held_by
from posada.office.access.models import Assignment, User
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.refusals import FieldsRefused, NotThere, Refusal


class StillHolds(Refusal):
    """Something would be left to nobody."""

    code = "still_holds"
    status = 409

    def __init__(self, held: Iterable[Held]) -> None:
        told = ", ".join(f"{each.count} {each.what}" for each in held)
        super().__init__(
            _("Not yet: %(held)s still stand with this person. Hand them over first.") % {"held": told}
        )


class WayIn(PasswordResetTokenGenerator):
    """Links by which a person chooses a password: each dies with its use, with the next link, and with time."""

    key_salt = "posada.office.access.persons.WayIn"


_ways_in = WayIn()


def make_person(
    actor: Actor,
    *,
    username: str,
    display_name: str,
    email: str = "",
    language: str = "en",
    same_as: str = "",
) -> User:
    """An account that has no role and no password yet. `same_as`: user name of another account of the same person.

    Raises NotThere, FieldsRefused.
    """
    if not actor.has(Role.ADMINISTRATOR):
        raise NotThere
    key = f"person-{uuid.uuid4().hex}"
    if same_as:
        other = User.objects.filter(username=same_as).first()
        if other is None:
            raise FieldsRefused({"same_as": _("There is no account of that name.")})
        key = other.person_key
    try:
        with transaction.atomic():
            made = User.objects.create_user(
                username, display_name=display_name, email=email, language=language, person_key=key
            )
            append(actor, "account.make", subject=made)
    except IntegrityError:
        raise FieldsRefused({"username": _("An account of that name is there already.")}) from None
    return made


def new_way_in(actor: Actor, user: User) -> str:
    """A new link; whatever password there was is gone, and every device is signed out.

    Returns the path of the link. It is shown once and kept nowhere. Raises NotThere, Refusal.
    """
    if not actor.has(Role.ADMINISTRATOR):
        raise NotThere
    if not user.is_active:
        raise Refusal(_("This account is off."), code="account_off")
    with transaction.atomic():
        user.set_unusable_password()
        user.password_is_temporary = False
        user.save(update_fields=["password", "password_is_temporary"])
        end_sessions_of(user)
        append(actor, "account.way_in", subject=user)
    return reverse("account_set_up", args=[user.pk, _ways_in.make_token(user)])


def person_of_way_in(pk: uuid.UUID, token: str) -> User:
    """Whose link this is. Raises NotThere if it was used, is too old, or never was."""
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or not _ways_in.check_token(user, token):
        raise NotThere
    return user


def take_factor_away(actor: Actor, user: User, *, reason: str) -> int:
    """For a lost phone: the second factor goes, and with it every role that takes two persons.

    Returns how many roles have to be given again. Raises NotThere, Refusal.
    """
    if not actor.has(Role.ADMINISTRATOR):
        raise NotThere
    if user.pk == actor.user_id or user.person_key == actor.person_key:
        raise Refusal(_("Ask another administrator."), code="not_to_oneself")
    if len(reason.strip()) < 5:
        raise Refusal(_("Say in a few words why."), code="no_reason")
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        ended = end_roles_of(actor, user, TAKES_TWO)
        end_sessions_of(user)
        append(actor, "account.factor_taken_away", subject=user, detail={"roles_ended": ended})
    return ended


def turn_off(actor: Actor, user: User) -> None:
    """Turn an account off: roles, assignments and devices end with it. Raises NotThere, StillHolds, Refusal."""
    if not actor.has(Role.ADMINISTRATOR):
        raise NotThere
    if user.pk == actor.user_id:
        raise Refusal(_("Nobody turns off their own account."), code="not_to_oneself")
    with transaction.atomic():
        if held := held_by(user):
            raise StillHolds(held)
        end_roles_of(actor, user, {Role(each.role) for each in standing_roles(user)})
        Assignment.objects.filter(user=user, until_at__isnull=True).update(until_at=timezone.now())
        User.objects.filter(pk=user.pk).update(is_active=False)
        end_sessions_of(user)
        append(actor, "account.turn_off", subject=user)


def turn_on(actor: Actor, user: User) -> None:
    """Turn an account on again; it comes back without roles. Raises NotThere."""
    if not actor.has(Role.ADMINISTRATOR):
        raise NotThere
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=True)
        append(actor, "account.turn_on", subject=user)
