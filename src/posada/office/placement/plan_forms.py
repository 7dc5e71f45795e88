"""Forms of the plan's pages. Tests: tests/office/placement/test_plan_views.py."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.office.kept_form import version_of
from posada.office.placement.plan_overrides import FORBID, PIN


class DecisionForm(forms.Form):
    """Pin or forbid, with the reason for the record."""

    action = forms.ChoiceField(choices=[(PIN, _("Pin")), (FORBID, _("Forbid"))])
    home = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason, for the record"),
        help_text=_("Seen by whoever approves and by the auditor. No names."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a reason: a choice without one is not kept.")},
    )


def answers_in(posted: Any) -> dict[UUID, str]:
    """Answers to wishes, out of fields called wish-<id>; a field with another name is not one."""
    found: dict[UUID, str] = {}
    for name, text in posted.items():
        kind, _dash, key = name.partition("-")
        try:
            found |= {UUID(key): text} if kind == "wish" else {}
        except ValueError:
            continue
    return found


def version_in(posted: Any) -> int:
    """The version that a form carries; 0, which no record has, where it carries none."""
    return version_of(posted.get("version", ""))
