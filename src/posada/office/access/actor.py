"""Who acts: a person with the roles and assignments that hold at this moment, or the machine itself.

Read from the database once for each request, so that a role that was taken away is gone on the next one.
Docs: docs/reference/roles.md. Tests: tests/office/access/test_actor.py.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from posada.office.access.models import Assignment, RoleGrant, User
from posada.office.access.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts. `user_id` None: the machine (a job or the command line), named by `acting_as`."""

    user_id: UUID | None
    roles: frozenset[Role]
    whole_program: frozenset[Role]  # roles assigned to the whole program
    groups: frozenset[UUID]  # sibling groups assigned by name
    homes: frozenset[UUID]  # homes assigned by name
    acting_as: str = ""
    person_key: str = ""

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of these roles now."""
        return bool(self.roles.intersection(roles))

    def sees_whole_program(self, *roles: Role) -> bool:
        """Whether one of these roles is assigned to the whole program."""
        return bool(self.whole_program.intersection(roles))

    @property
    def user(self) -> User | None:
        """The person's account; None for the machine."""
        return None if self.user_id is None else User.objects.get(pk=self.user_id)


NOBODY = Actor(None, frozenset(), frozenset(), frozenset(), frozenset())


def machine(doing: str) -> Actor:
    """The machine itself, in a job or a command; it acts for no role and opens no sealed field."""
    return Actor(None, frozenset(), frozenset(), frozenset(), frozenset(), acting_as=doing)


def actor_of(user: User, *, at: datetime | None = None) -> Actor:
    """The person with what holds at an instant (now if None). An account that is off has no role."""
    at = at or timezone.now()
    if not user.is_active:
        return NOBODY
    roles = frozenset(
        Role(each)
        for each in _holding(RoleGrant.objects.filter(user=user), at).values_list("role", flat=True)
    )
    assigned = list(
        _holding(Assignment.objects.filter(user=user, role__in=roles), at).values_list(
            "role", "scope", "group_id", "home_id"
        )
    )
    return Actor(
        user_id=user.pk,
        roles=roles,
        whole_program=frozenset(Role(role) for role, scope, _, _ in assigned if scope == "program"),
        groups=frozenset(group for _, _, group, _ in assigned if group),
        homes=frozenset(home for _, _, _, home in assigned if home),
        acting_as=",".join(sorted(roles)),
        person_key=user.person_key,
    )


def _holding(rows: "QuerySet", at: datetime) -> "QuerySet":
    return rows.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), from_at__lte=at)
