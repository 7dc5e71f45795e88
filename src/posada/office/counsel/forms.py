"""Forms of the counsel desk. Columns of counsel.csv are read as an import reads them.

Docs: docs/how-to/match-counsel.md. Tests: tests/office/counsel/test_forms.py.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.office.counsel.engagements import END_KINDS
from posada.office.counsel.models import Counsel
from posada.office.counsel.people import COUNSEL_KINDS, RELATIONS
from posada.office.counsel.words import SCOPES
from posada.office.kept_form import ColumnField, KeptFormMixin
from posada.programme.tables import COUNSEL


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class CounselForm(KeptFormMixin, forms.ModelForm):
    """An attorney or accredited representative."""

    counsel_id = ColumnField(COUNSEL, "counsel_id", label=_("Id"), max_length=80)
    display_name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Attorney or accredited representative"), choices=list(COUNSEL_KINDS.items())
    )
    bar_number = forms.CharField(label=_("Bar or accreditation number"), max_length=40, required=False)
    bar_state = forms.CharField(label=_("State of the bar"), max_length=2, required=False)
    courts = ColumnField(
        COUNSEL, "courts", label=_("Courts"), help_text=_("Codes of courts, separated by semicolons.")
    )
    languages = ColumnField(
        COUNSEL, "languages", label=_("Languages"), help_text=_("Three-letter codes such as spa; eng.")
    )
    open_slots = forms.IntegerField(
        label=_("Open slots"),
        min_value=0,
        max_value=1_000,
        help_text=_("Sibling groups that this person can take on beyond those engaged now."),
    )
    case_types = ColumnField(COUNSEL, "case_types", label=_("Kinds of cases"), help_text=_("asylum; sij"))
    organisation = forms.CharField(label=_("Organization"), max_length=120, required=False)
    available_from = _day(_("Available from"), required=False)
    malpractice_until = _day(_("Malpractice cover until"), required=False)
    mentor = forms.ModelChoiceField(label=_("Mentor"), queryset=Counsel.objects.none(), required=False)

    class Meta:
        model = Counsel
        fields = (
            *("counsel_id", "display_name", "kind", "bar_number", "bar_state", "courts", "languages"),
            *("open_slots", "case_types", "organisation", "available_from", "malpractice_until", "mentor"),
        )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        mentors = Counsel.objects.filter(voided_at__isnull=True, is_active=True).exclude(pk=self.instance.pk)
        self.fields["mentor"].queryset = mentors.order_by("counsel_id")  # type: ignore[attr-defined]
        if self.is_change:
            del self.fields["counsel_id"]

    @property
    def kept_fields(self) -> list[str]:
        """Without the id, which never changes."""
        return [name for name in super().kept_fields if name in self.fields]


class EngageForm(forms.Form):
    """What was agreed. The reason is asked for where the check found something."""

    scope = forms.ChoiceField(label=_("How much the counsel takes on"), choices=[("", "—"), *SCOPES.items()])
    from_date = _day(_("From"))
    expected_until = _day(
        _("Expected until"), required=False, help_text=_("For a limited part: when it should be done.")
    )
    cleared_reason = forms.CharField(
        label=_("Why the hits are no conflict"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *arguments: Any, has_hits: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if not has_hits:
            del self.fields["cleared_reason"]


class EndForm(forms.Form):
    """Why and when an engagement ended."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    until_date = _day(_("Ended on"))
    kind = forms.ChoiceField(label=_("Why"), choices=[("", "—"), *END_KINDS.items()])
    words = forms.CharField(label=_("In a few words"), max_length=250, required=False)


class PartyForm(forms.Form):
    """A person in a group's case."""

    name = forms.CharField(
        label=_("Name"), max_length=160, help_text=_("Seen by the legal desk only; used for conflict checks.")
    )
    relation = forms.ChoiceField(
        label=_("What the person is in the case"), choices=[("", "—"), *RELATIONS.items()]
    )


class RelationForm(forms.Form):
    """What a person is in the case, changed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    relation = forms.ChoiceField(label=_("What the person is in the case"), choices=list(RELATIONS.items()))


class CoverForm(forms.Form):
    """Who stands in, and when."""

    covered_by = forms.ModelChoiceField(label=_("Who stands in"), queryset=Counsel.objects.none())
    from_date = _day(_("First day"))
    to_date = _day(_("Last day"))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *arguments: Any, counsel: Counsel, **named: Any) -> None:
        super().__init__(*arguments, **named)
        others = Counsel.objects.filter(voided_at__isnull=True, is_active=True).exclude(pk=counsel.pk)
        self.fields["covered_by"].queryset = others.order_by("counsel_id")  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """To whom everything goes."""

    to = forms.ModelChoiceField(
        label=_("New counsel"),
        queryset=Counsel.objects.none(),
        required=False,
        empty_label=_("the coordinator’s queue"),
        help_text=_("What this person can’t take (no slot, a conflict) goes into the coordinator’s queue."),
    )
    words = forms.CharField(label=_("Why, in a few words"), max_length=200)

    def __init__(self, *arguments: Any, counsel: Counsel, **named: Any) -> None:
        super().__init__(*arguments, **named)
        others = Counsel.objects.filter(voided_at__isnull=True, is_active=True).exclude(pk=counsel.pk)
        self.fields["to"].queryset = others.order_by("counsel_id")  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """A reason, for what is voided or switched off."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(label=_("Why, in a few words"), max_length=300)
