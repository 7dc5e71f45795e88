"""Forms of sharing a case. Tests: tests/office/packets/test_share_views.py."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.office.counsel.models import Engagement
from posada.office.packets.shares import MOST_DAYS


class ShareForm(forms.Form):
    """Who is given the case, why, and for how long."""

    engagement = forms.ModelChoiceField(
        label=_("Counsel of this child"),
        queryset=Engagement.objects.none(),
        required=False,
        empty_label="—",
    )
    outside_name = forms.CharField(
        label=_("Or outside counsel, by name"),
        max_length=120,
        required=False,
        help_text=_("A legal coordinator agrees first."),
    )
    outside_firm = forms.CharField(label=_("Firm or organization"), max_length=120, required=False)
    consent = forms.CharField(
        label=_("What shows that the child agrees"),
        max_length=300,
        required=False,
        help_text=_(
            "For outside counsel: information on asylum leaves only with written consent (8 CFR 208.6)."
        ),
    )
    purpose = forms.CharField(label=_("Why"), max_length=300)
    days = forms.IntegerField(
        label=_("For how many days the link holds"), min_value=1, max_value=MOST_DAYS, initial=3
    )

    def __init__(self, *arguments: Any, engagements: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["engagement"]
        field.queryset = engagements
        field.label_from_instance = lambda each: each.counsel.display_name or each.counsel.counsel_id
