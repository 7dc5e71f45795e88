"""Every column of the office that holds what a person typed: for promises that plant something in all of them."""

from django.apps import apps
from django.db import models

from posada.office.access.models import User

ROOMS = "posada.office."
NOT_TEXT = ("access", "audit")
"""Rooms whose short texts are words of the program; of people's accounts the name that is shown is planted."""
CODES = frozenset({"policy", "rule_id"})
"""Columns that the program alone writes, and by which pages look something up."""


def free_texts(*, shortest: int) -> dict[type[models.Model], list[str]]:
    """Table → texts with room for so many letters, and no list of choices."""
    found = {User: ["display_name"]}
    for config in apps.get_app_configs():
        if not config.name.startswith(ROOMS) or config.label in NOT_TEXT:
            continue
        for model in config.get_models():
            kept = {name for each in model._meta.constraints for name in getattr(each, "fields", ())}
            names = [
                field.name
                for field in model._meta.concrete_fields
                if type(field) in (models.CharField, models.TextField)
                and not (field.choices or field.unique or field.name in kept | CODES)
                and (field.max_length or 9_999) >= shortest
            ]
            if names:
                found[model] = names
    return found
