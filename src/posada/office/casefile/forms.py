"""Forms of the child's file. What they refuse, an import refuses in the same words.

Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_forms.py.
"""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.office.casefile.children import CHANGEABLE
from posada.office.casefile.kinds import AUTHORITIES, DOCUMENT_KINDS, WISH_KINDS, WISHED_BY
from posada.office.intake.models import Child
from posada.office.kept_form import ColumnField, KeptFormMixin
from posada.programme.tables import CHILDREN

SEXES = (("F", _("Girl")), ("M", _("Boy")), ("X", _("X")))
SPANISH = (("", _("not asked")), ("no", _("no")), ("some", _("some")), ("well", _("well")))
BASES = (
    ("document", _("from a document")),
    ("stated", _("as stated")),
    ("estimated", _("estimated")),
    ("disputed", _("disputed")),
)


class ChildForm(KeptFormMixin, forms.ModelForm):
    """The record of one child."""

    birth_date = ColumnField(CHILDREN, "birth_date", label=_("Born on"))
    birth_date_basis = forms.ChoiceField(label=_("How the birth date is known"), choices=BASES)
    birth_date_latest = forms.DateField(
        label=_("Latest possible birth date"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("For an estimate or a dispute: the other bound. Rules use the one that is worse for us."),
    )
    sex = forms.ChoiceField(label=_("Girl or boy"), choices=SEXES)
    languages = ColumnField(
        CHILDREN,
        "languages",
        label=_("Languages, best first"),
        help_text=_("Three-letter codes such as mam; spa. Separate them with semicolons."),
    )
    understands_spanish = forms.ChoiceField(label=_("Understands Spanish"), choices=SPANISH, required=False)
    arrived_on = ColumnField(CHILDREN, "arrived_on", label=_("Arrived on"))
    needs = ColumnField(
        CHILDREN, "needs", label=_("Needs"), help_text=_("Words that homes use too, separated by semicolons.")
    )

    class Meta:
        model = Child
        fields = CHANGEABLE
        labels: ClassVar = {"given_name": _("Given names"), "family_name": _("Family names")}
        help_texts: ClassVar = {
            "given_name": _("As the child says it. How an authority writes it is kept beside it."),
        }


class DocumentForm(forms.Form):
    """A file and what it is."""

    kind = forms.ChoiceField(label=_("What it is"), choices=[("", "—"), *DOCUMENT_KINDS.items()])
    title = forms.CharField(label=_("Short title"), max_length=160, required=False)
    language = forms.CharField(
        label=_("Language of the text"), max_length=8, required=False, help_text=_("A code such as spa.")
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG, PNG, TIFF or HEIC, up to 25 MB. The name of the file is not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.heic"}),
    )


class NoteForm(forms.Form):
    """A note."""

    text = forms.CharField(
        label=_("Note"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "A note is never changed later. No addresses, phone numbers or A-numbers: those are sealed."
        ),
    )


class WishForm(forms.Form):
    """What somebody wishes."""

    wished_by = forms.ChoiceField(label=_("Who wishes it"), choices=[("", "—"), *WISHED_BY.items()])
    kind = forms.ChoiceField(label=_("What it is about"), choices=[("", "—"), *WISH_KINDS.items()])
    text = forms.CharField(label=_("The wish, in their words"), max_length=300)


class AnswerForm(forms.Form):
    """What came of a wish."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    answer = forms.CharField(label=_("What came of it"), max_length=300)


class WrittenNameForm(forms.Form):
    """A name as one authority writes it."""

    authority = forms.ChoiceField(label=_("Who writes it so"), choices=[("", "—"), *AUTHORITIES.items()])
    name = forms.CharField(
        label=_("The name, letter by letter"),
        max_length=300,
        strip=False,
        help_text=_("Capitals, hyphens and mistakes included; nothing is mended or cut."),
    )


class VoidForm(forms.Form):
    """Why a record was a mistake."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(label=_("Why it was a mistake"), max_length=300)
