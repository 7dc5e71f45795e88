"""Sealed fields in pages: their names, and where they open. Tests: tests/office/access/test_sealed_views.py."""

from typing import Any

from django import template
from django.db import models
from django.urls import reverse

from posada.office.access.doors import OPENERS
from posada.office.access.sealed_words import KINDS, name_of

register = template.Library()
register.filter("sealed_name", name_of)


@register.filter
def sealed_address(record: models.Model, field: str) -> str:
    """The address of the page that opens a sealed field of a record."""
    kind = next(slug for slug, label in KINDS.items() if label == record._meta.label_lower)
    return reverse("sealed_field", args=[kind, record.pk, field.replace("_", "-")])


@register.filter
def opens_for(record: models.Model, actor: Any) -> bool:
    """Whether the person's roles may open sealed fields of such a record at all."""
    return bool(actor and actor.has(*OPENERS.get(record._meta.label_lower, ())))
