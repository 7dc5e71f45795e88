"""All rows that belong to a subject: found by following every foreign key of the tables themselves.

A new table that points to a child is found without being named here. What only may point (a home's check whose proof
was this paper) is kept, and points nowhere afterwards. Docs: docs/explanation/retention.md.
Tests: tests/office/retention/test_belonging.py.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models

from posada.office.counsel.models import HoursOffer
from posada.office.intake.models import Child, Import, SiblingGroup
from posada.office.licensing.models import Enquiry, Home
from posada.office.placement.models import Offer

Rows = dict[type[models.Model], set[Any]]
ABOUT = (SiblingGroup, Child, Home, Offer, Enquiry, HoursOffer, Import)
"""Whatever points to one of these is about it, also where it may point nowhere."""
SOME = 500


def belonging(roots: Mapping[type[models.Model], set[Any]]) -> Rows:
    """The rows themselves and all that belong to them: model → primary keys."""
    found: Rows = {model: set(keys) for model, keys in roots.items()}
    waiting = [(model, set(keys)) for model, keys in roots.items()]
    while waiting:
        model, keys = waiting.pop()
        for field in pointing_to(model):
            if field.null and model not in ABOUT:
                continue
            known = found.setdefault(field.model, set())
            fresh = set()
            for some in pieces(keys):
                rows = field.model._base_manager.filter(**{f"{field.name}__in": some})
                fresh |= set(rows.values_list("pk", flat=True)) - known
            if fresh:
                known |= fresh
                waiting.append((field.model, fresh))
    return {model: keys for model, keys in found.items() if keys}


def let_go(rows: Rows) -> None:
    """Delete the rows; others that may point to them point nowhere. Call it in a transaction."""
    for model, keys in rows.items():  # foreign keys are checked at the end of the transaction
        for some in pieces(keys):
            chosen = model._base_manager.filter(pk__in=some)
            chosen._raw_delete(chosen.db)
    for model, keys in rows.items():
        for field in pointing_to(model):
            if field.null:
                for some in pieces(keys):
                    field.model._base_manager.filter(**{f"{field.name}__in": some}).update(
                        **{field.name: None}
                    )


def pointing_to(model: type[models.Model]) -> Iterator[Any]:
    """Every foreign key to a table, also those without a way back."""
    for each in model._meta.get_fields(include_hidden=True):
        if each.auto_created and not each.concrete and (each.one_to_many or each.one_to_one):
            yield each.field  # type: ignore[union-attr]


def pieces(keys: set[Any]) -> Iterator[list[Any]]:
    """Keys in lists that every database takes."""
    listed = list(keys)
    for start in range(0, len(listed), SOME):
        yield listed[start : start + SOME]
