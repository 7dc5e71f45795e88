"""Forms of this room. Amounts are typed in dollars, hours as hours; what they cannot say, the services refuse.

Tests: tests/office/ledger/test_cost_views.py.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.office.ledger.words import KIND_WORDS, PAYER_WORDS

MOST_DOLLARS = 100_000


def _day(label: Any, **named: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **named
    )


class RateForm(forms.Form):
    """A new dated rate."""

    kind = forms.ChoiceField(label=_("What it is for"), choices=KIND_WORDS.items())
    since = _day(_("Holds from"))
    dollars = forms.DecimalField(
        label=_("Dollars a day (counsel: an hour)"),
        min_value=Decimal(0),
        max_value=MOST_DOLLARS,
        decimal_places=2,
    )
    payer = forms.ChoiceField(label=_("Who pays"), choices=PAYER_WORDS.items())
    source = forms.CharField(
        label=_("Where it was read"), max_length=300, help_text=_("The paper or page, and its date.")
    )

    @property
    def given(self) -> dict[str, Any]:
        """What the service takes; whole cents."""
        told = dict(self.cleaned_data)
        told["cents"] = int((told.pop("dollars") * 100).to_integral_value(ROUND_HALF_UP))
        return told


class HoursForm(forms.Form):
    """Hours that a counsel gave on a day."""

    counsel = forms.ChoiceField(label=_("Counsel"))
    given_on = _day(_("Day"))
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=Decimal("0.02"),
        max_value=24,
        decimal_places=2,
        help_text=_("Such as 1.5. For whom they were given is not written here."),
    )

    def __init__(self, *arguments: Any, counsel: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["counsel"]
        field.choices = [(str(each.pk), each.display_name or each.counsel_id) for each in counsel]

    @property
    def given(self) -> dict[str, Any]:
        """What the service takes; whole minutes."""
        told = dict(self.cleaned_data)
        told["minutes"] = int((told.pop("hours") * 60).to_integral_value(ROUND_HALF_UP))
        return told


class WhatIfForm(forms.Form):
    """What should change."""

    kin = forms.IntegerField(label=_("More kin homes"), min_value=0, max_value=10_000, initial=10)
    each = forms.IntegerField(label=_("Children in each"), min_value=1, max_value=8, initial=2)
    no_group = forms.BooleanField(label=_("No group care: its children live in foster homes"), required=False)
