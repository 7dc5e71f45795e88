"""A record of any kind, with the least that its table asks for: for promises about every record of the office."""

import itertools
import uuid
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from posada.office.access.models import User
from posada.office.counsel.models import Counsel
from posada.office.day import today
from posada.office.intake.models import Child, Hearing, SiblingGroup
from posada.office.kept import Kept
from posada.office.licensing.models import Home
from tests.office.people import counsel_of, group_of, home_of, person

_numbers = itertools.count(1)
ALSO: dict[str, Any] = {
    "casefile.Document": lambda: {"group": group_of()},
    "desk.Confirmation": lambda: {"home": home_of()},
    "ledger.ClosedMonth": lambda: {"month": today() - timedelta(days=next(_numbers))},
    "docket.CaseOutcome": lambda: {"kind": "relief"},
}
"""What the constraints of some tables ask for beside their required columns."""
NAMED: dict[type[models.Model], Any] = {
    User: person,
    SiblingGroup: group_of,
    Child: lambda: group_of().children.get(),
    Home: home_of,
    Counsel: counsel_of,
    Hearing: lambda: plain(Hearing),
}


def plain(kind: type[Kept], /, **given: Any) -> Kept:
    """A new record of a kind, saved, with something in every column that must have something, and what is given."""
    asked_for = [
        each for each in kind._meta.concrete_fields if _is_asked_for(each) and each.name not in given
    ]
    values = {field.name: _value(field) for field in asked_for}
    more = {} if given else ALSO.get(kind._meta.label, dict)()
    made: Kept = kind._default_manager.create(**{**values, **more, **given})
    return made


def _is_asked_for(field: Any) -> bool:
    has_something = (
        field.null or field.has_default() or field.primary_key or getattr(field, "auto_now", False)
    )
    return not has_something and not getattr(field, "auto_now_add", False)


def _value(field: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        return NAMED.get(field.related_model, lambda: plain(field.related_model))()
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return today()
    if isinstance(field, models.IntegerField):
        return next(_numbers) if field.unique else 1
    return f"x{next(_numbers)}"[: field.max_length]
