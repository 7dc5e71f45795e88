"""Roles and assignments: given by one person; by two, where a role reaches children or answers others' requests.

An assignment names a group or home by its opaque id, so that whoever gives it need not see a name.
Source: NIST SP 800-53 AC-3(2), AC-6. Docs: docs/reference/roles.md, docs/explanation/two-persons.md.
Tests: tests/office/access/test_grants.py.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access import two_persons
from posada.office.access.actor import Actor
from posada.office.access.models import Approval, Assignment, RoleGrant, User
from posada.office.access.roles import MAY_HOLD_WHOLE_PROGRAM, SEE_CHILDREN, Role
from posada.office.audit.chain import append
from posada.office.intake.models import SiblingGroup
from posada.office.licensing.models import Home
from posada.office.refusals import NeedsSecondPerson, NotThere, Refusal

TAKES_TWO = SEE_CHILDREN | {Role.ADMINISTRATOR, Role.LICENSING_WORKER}
"""Roles that see a child, or by which a person could answer one's own requests from a second account."""
ASSIGNERS = (Role.ADMINISTRATOR, Role.PROGRAM_DIRECTOR)
SCOPES: dict[Role, tuple[str, ...]] = {
    **dict.fromkeys(MAY_HOLD_WHOLE_PROGRAM, ("program", "group", "home")),
    Role.LICENSING_WORKER: ("program", "home"),
    Role.PROGRAM_DIRECTOR: ("group",),
    Role.FOSTER_PARENT: ("home",),
}
"""What each role may be assigned to. An attorney sees by engagement, other roles by themselves."""


class NotToOneself(Refusal):
    """Nobody gives rights to oneself."""

    code = "not_to_oneself"


def scope_of(user: User, role: Role) -> dict[str, Any]:
    """Exactly what an approval of a role is for."""
    return {"user": str(user.pk), "role": str(role)}


def needs_two(role: Role) -> bool:
    """Whether this role takes two persons now. The office's second administrator has nobody yet to ask."""
    return role in TAKES_TWO and not (role == Role.ADMINISTRATOR and _answering_people() < 2)


def ask_for_role(actor: Actor, user: User, role: Role, *, reason: str) -> Approval:
    """Ask a second person to let somebody have a role. Raises NotThere, NotToOneself, Refusal."""
    _check_gift(actor, user, role)
    return two_persons.ask(actor, "role.grant", scope=scope_of(user, role), reason=reason)


def give_role(actor: Actor, user: User, role: Role, *, approval_id: UUID | None = None) -> RoleGrant:
    """Give a role, with the approval where the role takes two persons.

    Raises NotThere, NotToOneself, NeedsSecondPerson, two_persons.Expired, Refusal where the person has it.
    """
    _check_gift(actor, user, role)
    with transaction.atomic():
        approval = None
        if needs_two(role):
            if approval_id is None:
                raise NeedsSecondPerson(_("This role takes two persons: ask another to approve it first."))
            approval = two_persons.use(actor, approval_id, "role.grant", scope=scope_of(user, role))
            if approval.answered_by is not None and approval.answered_by.person_key == user.person_key:
                raise two_persons.NotYours(_("Nobody approves a role for themselves."))
        if _holding(user.grants).filter(role=role).exists():
            raise Refusal(_("The person has this role already."), code="has_role")
        now = timezone.now()
        user.grants.filter(role=role, until_at__isnull=True).update(until_at=now)
        made = RoleGrant.objects.create(
            user=user, role=role, from_at=now, given_by_id=actor.user_id, approval=approval
        )
        append(
            actor, "role.grant", subject=user, detail={"role": str(role), "two_persons": approval is not None}
        )
    return made


def end_role(actor: Actor, user: User, role: Role) -> None:
    """Take a role away, with its assignments; it is gone on the person's next request. Raises NotThere, Refusal."""
    if not actor.has(Role.ADMINISTRATOR):
        raise NotThere
    with transaction.atomic():
        if role == Role.ADMINISTRATOR and _administrators(without=user) == 0:
            raise Refusal(
                _("This is the only administrator. Give the role to another first."), code="last_one"
            )
        end_roles_of(actor, user, {role})


def end_roles_of(actor: Actor, user: User, roles: "set[Role] | frozenset[Role]") -> int:
    """End these roles of a person with the assignments in them. Returns how many roles that were."""
    now = timezone.now()
    ended = 0
    for role in sorted(roles):
        done = _holding(user.grants).filter(role=role).update(until_at=now)
        if done:
            gone = _holding(user.assignments).filter(role=role).update(until_at=now)
            append(actor, "role.end", subject=user, detail={"role": str(role), "assignments": gone})
            ended += 1
    return ended


def assign(
    actor: Actor, user: User, role: Role, *, scope: str, to: UUID | None = None, reason: str
) -> Assignment:
    """Let a person work on the program, a group or a home in a role the person has. `to`: its opaque id.

    Raises NotThere, NotToOneself, Refusal where the role cannot be assigned so, or nothing has that id.
    """
    if not actor.has(*ASSIGNERS):
        raise NotThere
    _not_oneself(actor, user)
    if not _holding(user.grants).filter(role=role).exists():
        raise Refusal(_("The person does not have this role."), code="no_role")
    if scope not in SCOPES.get(role, ()):
        raise Refusal(_("This role cannot be assigned like that."), code="no_such_scope")
    if len(reason.strip()) < 5:
        raise Refusal(_("Say in a few words why."), code="no_reason")
    named = {"group": None, "home": None, **_named(scope, to)}
    with transaction.atomic():
        if _holding(user.assignments).filter(role=role, scope=scope, **named).exists():
            raise Refusal(_("The person works on this already."), code="has_assignment")
        made = Assignment.objects.create(
            user=user,
            role=role,
            scope=scope,
            from_at=timezone.now(),
            given_by_id=actor.user_id,
            reason=reason.strip()[:300],
            **named,
        )
        append(
            actor,
            "assignment.give",
            subject=user,
            detail={"role": str(role), "scope": scope, "to": str(to or "")},
        )
    return made


def end_assignment(actor: Actor, assignment: Assignment) -> None:
    """End an assignment; what it opened is closed on the person's next request. Raises NotThere."""
    if not actor.has(*ASSIGNERS):
        raise NotThere
    with transaction.atomic():
        done = _holding(Assignment.objects.filter(pk=assignment.pk)).update(until_at=timezone.now())
        if done:
            detail = {"role": assignment.role, "scope": assignment.scope}
            append(actor, "assignment.end", subject=assignment.user, detail=detail)


def standing_roles(user: User) -> list[RoleGrant]:
    """The roles that a person has now."""
    return list(_holding(user.grants).select_related("given_by").order_by("role"))


def standing_assignments(user: User) -> list[Assignment]:
    """What a person works on now."""
    return list(_holding(user.assignments).select_related("given_by").order_by("role", "scope", "from_at"))


def _named(scope: str, to: UUID | None) -> dict[str, Any]:
    if scope == "program":
        return {}
    rows: Any = SiblingGroup.objects if scope == "group" else Home.objects
    found = rows.filter(pk=to, voided_at__isnull=True).first() if to else None
    if found is None:
        raise Refusal(_("Nothing has that id. Copy it from the address of its page."), code="no_such_id")
    return {scope: found}


def _check_gift(actor: Actor, user: User, role: Role) -> None:
    if not actor.has(Role.ADMINISTRATOR):
        raise NotThere
    _not_oneself(actor, user)
    if not user.is_active:
        raise Refusal(_("This account is off."), code="account_off")
    if role not in Role:
        raise Refusal(_("There is no such role."), code="no_such_role")


def _not_oneself(actor: Actor, user: User) -> None:
    if user.pk == actor.user_id or user.person_key == actor.person_key:
        raise NotToOneself(_("Nobody gives rights to themselves. Ask another administrator."))


def _holding(rows: Any) -> Any:
    now = timezone.now()
    return rows.filter(Q(until_at__isnull=True) | Q(until_at__gt=now), from_at__lte=now)


def _answering_people() -> int:
    """How many human beings may answer a request for a role."""
    rows = _holding(RoleGrant.objects.filter(role__in=two_persons.ACTS["role.grant"], user__is_active=True))
    return int(rows.values("user__person_key").distinct().count())


def _administrators(*, without: User) -> int:
    rows = _holding(RoleGrant.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True)).exclude(
        user=without
    )
    return int(rows.count())
