"""Forms of intake. What they refuse is what the reader of files refuses, in the same words.

Tests: tests/office/intake/test_child_views.py, tests/office/intake/test_group_views.py.
"""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from posada.intake.languages import find_languages
from posada.office.intake.models import Child

SEXES = (("F", _("girl")), ("M", _("boy")), ("X", _("another, or not known")))
SPANISH = (("", _("not asked")), ("no", _("no")), ("some", _("some")), ("well", _("well")))
BASES = (
    (Child.BirthDateBasis.STATED, _("as the child or family says")),
    (Child.BirthDateBasis.DOCUMENT, _("by a document")),
    (Child.BirthDateBasis.ESTIMATED, _("estimated")),
    (Child.BirthDateBasis.DISPUTED, _("disputed")),
)
CATEGORIES = (
    ("1", _("1: parent or legal guardian")),
    ("2A", _("2A: brother, sister, grandparent, or other close relative who cared for the child")),
    ("2B", _("2B: other close relative")),
    ("3", _("3: distant relative or unrelated adult")),
)
SEALED = ("a_number", "birth_name", "birth_country_document")


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def codes_of(text: str) -> tuple[list[str], list[str]]:
    """Languages in any spelling to codes, and the spellings that no language has or that several have.

    >>> codes_of("K’iche’, spa")
    (['quc', 'spa'], [])
    """
    codes, unknown = [], []
    for each in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        found = find_languages(each, limit=2)
        exact = [every for every in found if each.casefold() == every.code]
        if exact or (found and _is_name(each, found)):
            codes.append((exact or list(found))[0].code)
        else:
            unknown.append(each)
    return list(dict.fromkeys(codes)), unknown


def _is_name(text: str, found: Any) -> bool:
    from posada.intake.names import fold

    first = found[0]
    spellings = (first.english, first.spanish, first.own_name, *first.spellings)
    return len(found) == 1 or fold(text) in {fold(each) for each in spellings if each}


class LanguagesField(forms.CharField):
    """Languages, best first, under any spelling; their codes come out."""

    widget = forms.TextInput(attrs={"list": "languages", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        """Codes separated by semicolons. Raises ValidationError naming what no language is called."""
        codes, unknown = codes_of(super().clean(value) or "")
        if unknown:
            raise forms.ValidationError(
                _("No single language is called %(name)s. Choose one of the list."),
                params={"name": ", ".join(unknown)},
            )
        return ";".join(codes)


class ChildForm(forms.Form):
    """One child. One name is enough; nothing is invented for a part that is not known."""

    given_name = forms.CharField(label=_("Name, as the child says it"), max_length=120)
    family_name = forms.CharField(
        label=_("Family names"), required=False, max_length=120, help_text=_("Only if they are known apart.")
    )
    birth_date = forms.CharField(label=_("Birth date"), widget=_day())
    birth_date_basis = forms.ChoiceField(label=_("How it is known"), choices=BASES)
    birth_date_latest = forms.DateField(
        label=_("Latest possible birth date"),
        required=False,
        widget=_day(),
        help_text=_("For an estimate or a dispute. A rule that turns on age uses the worse of the two."),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=(("", "–"), *SEXES))
    languages = LanguagesField(
        label=_("Languages, best first"),
        required=False,
        help_text=_("In any spelling, separated by commas: Mam, K’iche’, spa. Nothing is assumed."),
    )
    understands_spanish = forms.ChoiceField(label=_("Understands Spanish"), choices=SPANISH, required=False)
    country = forms.CharField(label=_("Country, three letters"), required=False, max_length=3)
    arrived_on = forms.CharField(label=_("Arrived on"), required=False, widget=_day())
    needs = forms.CharField(label=_("Needs, separated by commas"), required=False, max_length=500)
    location_fips = forms.CharField(
        label=_("County where the child is, five digits"), required=False, max_length=5
    )
    a_number = forms.CharField(label=_("A-number (sealed)"), required=False, max_length=300)
    birth_name = forms.CharField(label=_("Name at birth (sealed)"), required=False, max_length=300)
    birth_country_document = forms.CharField(
        label=_("Birth document (sealed)"), required=False, max_length=300
    )
    group = forms.CharField(
        label=_("Sibling group"),
        required=False,
        max_length=80,
        help_text=_("The id of a group that the child belongs to; empty for a group of its own."),
    )
    child_id = forms.CharField(
        label=_("Id at another office"), required=False, max_length=80, help_text=_("Empty: one is made.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def cells(self) -> dict[str, str]:
        """The columns of children.csv, as text."""
        typed = self.cleaned_data
        names = ("birth_date", "sex", "languages", "country", "arrived_on", "location_fips")
        needs = ";".join(filter(None, (each.strip() for each in typed["needs"].replace(";", ",").split(","))))
        return {**{name: typed[name].strip() for name in names}, "needs": needs}


class KinForm(forms.Form):
    """Kin in a home."""

    home_id = forms.CharField(label=_("Home (its id)"), max_length=80)
    sponsor_category = forms.ChoiceField(label=_("Sponsor category"), choices=CATEGORIES)
    relationship = forms.CharField(label=_("Relationship, in words"), required=False, max_length=300)


class SeparationForm(forms.Form):
    """Whom or what the group is kept apart from; one of three."""

    other_group_id = forms.CharField(label=_("Another group (its id)"), required=False, max_length=80)
    home_id = forms.CharField(label=_("A home (its id)"), required=False, max_length=80)
    counsel_id = forms.CharField(label=_("A counsel (its id)"), required=False, max_length=80)
    reason = forms.CharField(label=_("Why"), max_length=2_000)


class HearingForm(forms.Form):
    """A hearing."""

    court_code = forms.CharField(label=_("Court (its code)"), max_length=40)
    hearing_date = forms.CharField(label=_("Day"), widget=_day())
    hearing_time = forms.TimeField(
        label=_("Hour in the court’s room"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )


class JoinForm(forms.Form):
    """A group that joins this one."""

    joins = forms.CharField(label=_("The group that joins (its id)"), max_length=80)
    reason = forms.CharField(label=_("How it is known that they belong together"), max_length=300)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ReasonForm(forms.Form):
    """A reason, and the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(label=_("Why"), min_length=5, max_length=300)


def language_names() -> list[tuple[str, str]]:
    """Languages for the picker's list: those of the program, in the page's language."""
    told = "es" if (get_language() or "en").startswith("es") else "en"
    return [(each.code, each.name(told)) for each in find_languages("", limit=60)]


shown_languages = lazy(language_names, list)
