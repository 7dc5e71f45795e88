"""The roles of the program, and which of them see a child.

Docs: docs/reference/roles.md. Tests: tests/office/access/test_roles.py.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in the program; one person may have several."""

    ADMINISTRATOR = "administrator", _("Administrator")
    INTAKE_WORKER = "intake_worker", _("Intake worker")
    LICENSING_WORKER = "licensing_worker", _("Licensing worker")
    PLACEMENT_WORKER = "placement_worker", _("Placement worker")
    LEGAL_COORDINATOR = "legal_coordinator", _("Legal coordinator")
    ATTORNEY = "attorney", _("Attorney")
    FOSTER_PARENT = "foster_parent", _("Foster parent or sponsor")
    PROGRAM_DIRECTOR = "program_director", _("Program director")
    AUDITOR = "auditor", _("Auditor")
    NEWSROOM_EDITOR = "newsroom_editor", _("Newsroom editor")


SEE_CHILDREN = frozenset(
    {
        Role.INTAKE_WORKER,
        Role.PLACEMENT_WORKER,
        Role.LEGAL_COORDINATOR,
        Role.ATTORNEY,
        Role.FOSTER_PARENT,
        Role.PROGRAM_DIRECTOR,
    }
)
"""Roles that see a child; granting one takes two persons."""
NEED_SECOND_FACTOR = frozenset(Role) - {Role.NEWSROOM_EDITOR}
"""Roles whose doors open only after a second factor (a code or a passkey)."""
MAY_HOLD_WHOLE_PROGRAM = frozenset(
    {Role.INTAKE_WORKER, Role.LICENSING_WORKER, Role.PLACEMENT_WORKER, Role.LEGAL_COORDINATOR}
)
"""Roles that may be assigned to the whole program; all others see named groups or homes only."""
STAFF = frozenset(
    {
        Role.INTAKE_WORKER,
        Role.LICENSING_WORKER,
        Role.PLACEMENT_WORKER,
        Role.LEGAL_COORDINATOR,
        Role.PROGRAM_DIRECTOR,
    }
)
