"""People who sign in, their roles and assignments, sealed values, and acts that take two persons.

Tables and constraints only. Docs: docs/reference/roles.md. Tests: tests/office/access/test_models.py.
"""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from posada.office.access.roles import Role


class UserManager(BaseUserManager["User"]):
    """Makes people; allauth and Django ask for this name."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A person with a password, or one who cannot sign in yet."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. `person_key`: the same for all accounts of one human being.

    There is no superuser: what a person may do follows from roles and assignments alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=80, unique=True)
    display_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="en")
    person_key = models.CharField(max_length=80, db_index=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    password_is_temporary = models.BooleanField(default=False)  # printed for the person, who must change it
    wants_reminders = models.BooleanField(default=True)  # of hearings to which the person brings a child
    keys_off = models.BooleanField(default=False)  # single-key shortcuts, WCAG 2.1.4

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.display_name or self.username


class Interval(models.Model):
    """Something that holds from an instant until it is ended."""

    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class RoleGrant(Interval):
    """A person has a role; roles that see a child need an approval by a second person."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=Role)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    approval = models.ForeignKey("Approval", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(until_at__isnull=True), name="one_open_grant"
            )
        ]


class Assignment(Interval):
    """A person in a role works on the whole program, on one sibling group, or on one home."""

    class Scope(models.TextChoices):
        """What the assignment covers."""

        PROGRAM = "program"
        GROUP = "group"
        HOME = "home"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=30, choices=Role)
    scope = models.CharField(max_length=10, choices=Scope)
    group = models.ForeignKey(
        "intake.SiblingGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    home = models.ForeignKey(
        "licensing.Home", null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "role", "scope"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="assignment_names_what_it_covers",
                condition=Q(scope="program", group__isnull=True, home__isnull=True)
                | Q(scope="group", group__isnull=False, home__isnull=True)
                | Q(scope="home", group__isnull=True, home__isnull=False),
            )
        ]


class SealedValue(models.Model):
    """One sealed field of one record, encrypted (AES-256-GCM; the place it stands in is authenticated too).

    `owner_kind` is a model label such as `intake.child`; `lookup`: keyed hash of the folded value, for finding
    the same value again without opening it (empty where the field is never looked up).
    Read and written only by posada.office.access.sealed, which only posada.office.access.doors may import.
    """

    owner_kind = models.CharField(max_length=40)
    owner_id = models.UUIDField()
    field = models.CharField(max_length=40)
    sealed = models.BinaryField()
    key_number = models.CharField(max_length=16)
    lookup = models.CharField(max_length=64, blank=True, db_index=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner_kind", "owner_id", "field"], name="one_sealed_value")
        ]


class Approval(models.Model):
    """An act that takes two persons: asked by one, approved by another, for one exact scope, for a short time."""

    class State(models.TextChoices):
        """Where the request stands."""

        ASKED = "asked"
        APPROVED = "approved"
        REFUSED = "refused"
        USED = "used"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    act = models.CharField(max_length=40)  # one of two_persons.ACTS
    scope = models.JSONField(default=dict)  # exactly what was asked for; opaque ids only
    scope_digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="approvals_asked")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="approvals_answered"
    )
    answered_at = models.DateTimeField(null=True)
    answer_reason = models.CharField(max_length=500, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class KeptForm(models.Model):
    """What somebody had typed when the session ended, sealed, for that person and that page alone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    sealed = models.BinaryField()
    key_number = models.CharField(max_length=16)
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "path"], name="one_kept_form")]
