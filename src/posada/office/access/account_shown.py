"""What the pages of accounts show: people, their roles and what they work on; no case and no name of a child.

Tests: tests/office/access/test_account_views.py.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from posada.office.access import grants
from posada.office.access.account_forms import AssignmentForm, RoleForm
from posada.office.access.actor import Actor
from posada.office.access.leaving import held_by
from posada.office.access.models import Approval, Assignment, RoleGrant, User
from posada.office.access.roles import NEED_SECOND_FACTOR, Role
from posada.office.access.second_factor import FACTORS, has_second_factor
from posada.office.refusals import NotThere


@dataclass(frozen=True, slots=True)
class Line:
    """One account in the list. `standing`: ok, warn or plain, with its word in the template."""

    user: User
    roles: list[Any]
    is_ready: bool


def listed(*, role: str = "", off: bool = False) -> QuerySet[User]:
    """The accounts that are on, or those that are off; of one role where one is named."""
    rows = User.objects.filter(is_active=not off).order_by("display_name", "username")
    if role in Role.values:
        rows = rows.filter(Exists(_standing_now(RoleGrant.objects.filter(user=OuterRef("pk"), role=role))))
    return rows


def lines(page: Any) -> list[Line]:
    """A page of the list, by three queries."""
    from allauth.mfa.models import Authenticator

    users = list(page)
    roles: dict[UUID, list[Role]] = defaultdict(list)
    for user_id, role in (
        _standing_now(RoleGrant.objects.filter(user__in=users))
        .order_by("role")
        .values_list("user_id", "role")
    ):
        roles[user_id].append(Role(role))
    with_factor = set(
        Authenticator.objects.filter(user__in=users, type__in=FACTORS).values_list("user_id", flat=True)
    )
    return [
        Line(
            user=user,
            roles=[each.label for each in roles[user.pk]],
            is_ready=user.has_usable_password()
            and (user.pk in with_factor or not NEED_SECOND_FACTOR.intersection(roles[user.pk])),
        )
        for user in users
    ]


def shown(
    actor: Actor,
    user: User,
    *,
    role_form: RoleForm | None = None,
    assignment_form: AssignmentForm | None = None,
) -> dict[str, Any]:
    """The page of one account."""
    standing = grants.standing_roles(user)
    return {
        "user_shown": user,
        "is_self": user.pk == actor.user_id or user.person_key == actor.person_key,
        "is_administrator": actor.has(Role.ADMINISTRATOR),
        "has_factor": has_second_factor(user),
        "roles": [(Role(each.role).label, each.role.replace("_", "-"), each) for each in standing],
        "assignments": [(Role(each.role).label, each) for each in grants.standing_assignments(user)],
        "ended": [
            (Role(each.role).label, each)
            for each in Assignment.objects.filter(user=user, until_at__lte=timezone.now()).order_by(
                "-until_at"
            )[:10]
        ],
        "asked": [(Role(each.scope["role"]).label, each) for each in _asked(actor, user.pk)],
        "held": held_by(user),
        "role_form": role_form or RoleForm(),
        "assignment_form": assignment_form or AssignmentForm(),
    }


def approval_of(actor: Actor, user_pk: UUID, approval_pk: UUID) -> Approval:
    """A role that this administrator asked for, for this account. Raises NotThere."""
    for each in _asked(actor, user_pk):
        if each.pk == approval_pk:
            return each
    raise NotThere


def _asked(actor: Actor, user_pk: UUID) -> list[Approval]:
    rows = Approval.objects.filter(
        act="role.grant",
        asked_by_id=actor.user_id,
        scope__user=str(user_pk),
        state__in=(Approval.State.ASKED, Approval.State.APPROVED),
        expires_at__gt=timezone.now(),
    )
    return list(rows.order_by("asked_at"))


def _standing_now(rows: QuerySet[RoleGrant]) -> QuerySet[RoleGrant]:
    now = timezone.now()
    return rows.filter(Q(until_at__isnull=True) | Q(until_at__gt=now), from_at__lte=now)
