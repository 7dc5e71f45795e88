"""Forms of offers and placements. Days are days of the office; instants are in its zone.

Tests: tests/office/placement/test_offer_forms.py.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.day import today
from posada.office.licensing.models import Home
from posada.office.placement.endings import CAUSES, FINAL
from posada.office.placement.incidents import KINDS
from posada.office.placement.offers import LENGTH_DAYS
from posada.office.placement.placed_selectors import OUTCOMES

NO_CHOICE = ("", _("Choose"))


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A day, in the browser's own date control; its text is ISO."""
    control = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=control)


class SendForm(forms.Form):
    """Until when homes may answer, and how long the children would stay."""

    expires_at = forms.DateTimeField(
        label=_("Homes may answer until"),
        help_text=_("Their beds are held until then."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    length_days = forms.IntegerField(
        label=_("For how many days"), min_value=1, max_value=3_650, required=False, initial=LENGTH_DAYS
    )


class SeenForm(forms.Form):
    """What a form was made from, so that nothing else is changed than what was seen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=2_000)


class ArrivalForm(SeenForm):
    """The day they came."""

    on = day_field(_("They came on"), _("The day it happened, even if you write it down later."))


class EndForm(SeenForm):
    """How a stay ended."""

    on = day_field(_("Last day in the home"))
    kind = forms.ChoiceField(label=_("How it ended"), choices=[NO_CHOICE, *FINAL.items()])


class BrokeOffForm(SeenForm):
    """Why a stay broke off."""

    on = day_field(_("The day they must leave"))
    cause = forms.ChoiceField(label=_("Why"), choices=[NO_CHOICE, *CAUSES.items()])


class MoveForm(SeenForm):
    """Where to and from which day: open homes that the person may see, except those where they live (`here`)."""

    to = forms.ModelChoiceField(Home.objects.none(), label=_("New home"), empty_label=_("Choose"))
    on = day_field(_("First day in the new home"))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, actor: Actor, here: Iterable[UUID] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)  # noqa: S101
        to.queryset = (
            doors.homes(actor).filter(state=Home.State.OPEN).exclude(pk__in=list(here)).order_by("home_id")
        )


class IncidentForm(forms.Form):
    """What happened and when."""

    happened_on = day_field(_("It happened on"))
    kind = forms.ChoiceField(label=_("What it was"), choices=[NO_CHOICE, *KINDS.items()])
    text = forms.CharField(
        label=_("What happened"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 5})
    )


class CheckInForm(forms.Form):
    """What came of a check-in."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[NO_CHOICE, *((code, words) for code, (_b, words) in OUTCOMES.items() if code)],
    )
    on = day_field(_("On which day"))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who was seen, who was spoken to. Read by those who work with these children."),
    )
    address_confirmed = forms.BooleanField(
        label=_("The family says that the address is right"), required=False
    )


class NoteForm(forms.Form):
    """A reason in a few words."""

    reason = forms.CharField(label=_("Why"), max_length=60)


def first_values(**more: Any) -> dict[str, Any]:
    """What a form shows first: today, and what the caller adds."""
    return {"on": today(), "happened_on": today(), **more}
