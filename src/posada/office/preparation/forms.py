"""Forms of this room. What they cannot say, the services refuse in the same words.

Tests: tests/office/preparation/test_checklist_views.py.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.office.docket.forms import OfPapers, PaperField
from posada.office.docket.hearings import spoken
from posada.office.preparation.words import MARKS
from posada.preparation.interview import shipped_interviews


class MarkForm(OfPapers):
    """Where an item of a checklist stands."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    state = forms.ChoiceField(label=_("How it stands"), choices=MARKS.items())
    on = forms.DateField(
        label=_("Ready on"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    document = PaperField()
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("About the work, such as who was asked. Nothing that the child told: that is sealed."),
    )
    reason = forms.CharField(label=_("Why it is not needed"), max_length=300, required=False)


class DeclarationForm(forms.Form):
    """How a telling begins."""

    interview_id = forms.ChoiceField(label=_("What it is about"))
    language = forms.CharField(
        label=_("Language in which the child tells"),
        max_length=3,
        help_text=_(
            "The child’s best language, by its three letters (mam, quc, spa). Nothing defaults to Spanish."
        ),
    )
    variant = forms.CharField(label=_("Variant or town of the language"), max_length=80, required=False)
    interpreter = forms.CharField(label=_("Who interprets"), max_length=120, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["interview_id"]
        field.choices = [(each.interview_id, each.titles[spoken()]) for each in shipped_interviews().sets]


class AnswerForm(forms.Form):
    """What the child told to one question."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    told = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 8}))
    english = forms.CharField(
        label=_("The same in English"), required=False, widget=forms.Textarea(attrs={"rows": 8, "lang": "en"})
    )

    def __init__(self, *arguments: Any, in_english: bool, language: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["told"].label = _("What the child says, in her own words (%(language)s)") % {
            "language": language
        }
        if in_english:
            del self.fields["english"]


class ExhibitForm(forms.Form):
    """A report for the library."""

    country = forms.CharField(
        label=_("Country"), max_length=3, help_text=_("By its three capital letters, such as GTM or HND.")
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.CharField(label=_("Who published it, and where"), max_length=200)
    published_on = forms.DateField(
        label=_("Published on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    language = forms.CharField(label=_("Language of the text"), max_length=3, initial="eng")
    tags = forms.CharField(
        label=_("Words to find it by"), max_length=200, required=False, help_text=_("Separated by commas.")
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("A public paper. Nothing that names or points to a child belongs here."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.heic"}),
    )


class BlankForm(forms.Form):
    """A blank official form."""

    name = forms.CharField(
        label=_("Name and edition of the form"),
        max_length=120,
        help_text=_("Such as I-589, edition 01/20/25."),
    )
    file = forms.FileField(
        label=_("The blank PDF"),
        help_text=_("From the agency itself. It is kept in this child’s file alone."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
    )
