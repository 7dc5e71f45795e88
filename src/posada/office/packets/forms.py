"""Forms of packets. What they cannot say, the services refuse in the same words.

Tests: tests/office/packets/test_views.py.
"""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.office.casefile.models import Document
from posada.office.docket.event_kinds import title_of
from posada.office.docket.forms import PaperField
from posada.office.docket.hearings import shown
from posada.office.kept_form import KeptFormMixin
from posada.office.packets.models import Exhibit, Packet
from posada.office.packets.packet_words import FORUMS, METHODS
from posada.office.shown_names import day_words

OF_PACKET = (
    *("forum", "court", "title", "is_detained", "with_siblings", "hearing", "judge", "deadline"),
    *("filing_date", "filer_name", "filer_eoir_id", "filer_firm", "filer_street", "filer_city"),
    *("filer_phone", "filer_email", "service_method", "service_on", "service_date", "service_address"),
)
OF_EXHIBIT = (
    *("title", "language", "translation", "translator_name", "translator_address", "translator_phone"),
    "translator_languages",
)


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PacketForm(KeptFormMixin, forms.ModelForm):
    """The facts of a packet."""

    forum = forms.ChoiceField(label=_("Where it goes"), choices=[("", "—"), *FORUMS.items()])
    service_method = forms.ChoiceField(
        label=_("How the other side is served"), choices=[("", "—"), *METHODS.items()], required=False
    )

    class Meta:
        model = Packet
        fields = OF_PACKET
        labels: ClassVar = {
            "court": _("Court, by its place"),
            "title": _("Title of the filing"),
            "is_detained": _("The child is detained"),
            "with_siblings": _("Joined cases: brothers and sisters stand on the cover too"),
            "hearing": _("The hearing it is for"),
            "judge": _("Judge"),
            "deadline": _("The date it serves"),
            "filing_date": _("Day of filing"),
            "filer_name": _("Who files it"),
            "filer_eoir_id": _("EOIR ID"),
            "filer_firm": _("Firm or organization"),
            "filer_street": _("Street of the office"),
            "filer_city": _("City, state and ZIP"),
            "filer_phone": _("Telephone"),
            "filer_email": _("E-mail"),
            "service_on": _("On whom it is served"),
            "service_date": _("Day of service"),
            "service_address": _("Address of service"),
        }
        help_texts: ClassVar = {
            "title": _("As it stands on the cover, such as RESPONDENT’S EXHIBIT LIST AND EVIDENCE."),
            "deadline": _("Filing the packet closes this date, with the packet’s proof."),
            "service_address": _("Not needed for the portal."),
        }
        widgets: ClassVar = {"filing_date": _day(), "service_date": _day()}

    def __init__(self, *arguments: Any, hearings: Any, deadlines: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        heard: Any = self.fields["hearing"]
        heard.queryset = hearings
        words = {each.row.pk: f"{each.words}, {each.when}" for each in shown(hearings)}
        heard.label_from_instance = lambda row: words.get(row.pk, "")
        dates: Any = self.fields["deadline"]
        dates.queryset = deadlines
        dates.label_from_instance = deadline_label


def deadline_label(row: Any) -> str:
    """A date by what must be done, and its last day."""
    last = day_words(row.day) if row.day else "–"
    return f"{title_of(row.rule_id)}, {last}"


class ExhibitForm(KeptFormMixin, forms.ModelForm):
    """The facts of one exhibit."""

    translation = PaperField(label=_("English translation, a paper of the file"))

    class Meta:
        model = Exhibit
        fields = OF_EXHIBIT
        labels: ClassVar = {
            "title": _("Title, as the table of contents names it"),
            "language": _("Language of the paper"),
            "translator_name": _("Translator"),
            "translator_address": _("Address of the translator"),
            "translator_phone": _("Telephone of the translator"),
            "translator_languages": _("Languages that the translator knows"),
        }
        help_texts: ClassVar = {
            "language": _("A code of three letters: eng, spa, mam."),
            "translator_name": _("Signs the certificate that stands behind the translation."),
            "translator_languages": _("Codes with semicolons, such as spa; eng."),
        }

    def __init__(self, *arguments: Any, papers: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["translation"]
        field.queryset = papers


class PapersForm(forms.Form):
    """Papers of the file that go behind tabs."""

    papers = forms.ModelMultipleChoiceField(
        label=_("Papers of the file"),
        queryset=Document.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *arguments: Any, papers: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["papers"]
        field.queryset = papers
        field.label_from_instance = lambda each: f"{each.title} ({each.entered_at:%Y-%m-%d})"


class FiledForm(forms.Form):
    """That it was filed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    on = forms.DateField(label=_("On which day it was filed"), widget=_day())
    words = forms.CharField(
        label=_("What proves it"), max_length=300, help_text=_("A receipt, a stamped copy, a portal entry.")
    )
    proof = PaperField()

    def __init__(self, *arguments: Any, papers: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["proof"]
        field.queryset = papers


class VoidForm(forms.Form):
    """Why a packet was a mistake."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(label=_("Why it was a mistake"), max_length=300)
