"""What every page knows of the person who looks at it. Tests: tests/office/access/test_shown.py."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from posada.office.access.actor import NOBODY
from posada.office.access.kept_forms import WAITING, kept_form
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.desk.menu import menu_of


def signed_in(request: HttpRequest) -> dict[str, Any]:
    """`actor`, the names of the person's roles, and the menu of what those roles open."""
    actor = getattr(request, "actor", NOBODY)
    is_kept = actor.user_id is not None and request.path in request.session.get(WAITING, {})
    return {
        "actor": actor,
        "role_names": [Role(each).label for each in sorted(actor.roles)],
        "menu": menu_of(actor),
        "is_demonstration": settings.DEPLOYMENT.demonstration,
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "kept": kept_form(cast(User, request.user), request.path) if is_kept else None,
    }
