"""The questions of the two forms, step by step. Nothing is asked that no rule or person needs.

Tests: tests/newsroom/test_forms.py.
"""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from posada.reference.counties import county_names, county_state

LANGUAGES = (
    ("en", "English"),
    ("es", "Español"),
    ("mam", "Mam"),
    ("quc", "K’iche’"),
    ("kek", "Q’eqchi’"),
    ("ixl", "Ixil"),
    ("kjb", "Q’anjob’al"),
    ("ht", "Kreyòl ayisyen"),
    ("pt", "Português"),
)
"""Each in its own name."""
HELP = (("attorney", _("Lawyer")), ("interpreter", _("Interpreter")), ("mentor", _("Mentor")))


class Step(forms.Form):
    """A step of a form."""

    heading: Any = ""

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        if "county" in self.fields:
            choices = [("", _("Choose …")), *counties_of(state)]  # nobody lives in the first by mistake
            self.fields["county"].choices = choices  # type: ignore[attr-defined]
        if "best_language" in self.fields:
            self.initial.setdefault("best_language", get_language())


class Where(Step):
    """Where the person lives, and which language suits."""

    heading = _("Your county")
    county = forms.ChoiceField(label=_("County where you live"))
    best_language = forms.ChoiceField(label=_("Which language shall we call in?"), choices=LANGUAGES)


class Household(Step):
    """What the home could offer."""

    heading = _("Your home")
    beds = forms.TypedChoiceField(
        label=_("How many children could sleep here?"),
        help_text=_("Siblings come together. A sofa doesn’t count; a bunk bed does."),
        choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4+")],
        coerce=int,
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken at home"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )


class Hours(Step):
    """What the person could give."""

    heading = _("Your hours")
    kind = forms.ChoiceField(label=_("How could you help?"), choices=HELP, widget=forms.RadioSelect)
    hours = forms.IntegerField(label=_("Hours a month"), min_value=1, max_value=200)
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )


class Reach(Step):
    """How to reach the person."""

    heading = _("Reach you")
    contact_name = forms.CharField(label=_("Your name"), max_length=120)
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, help_text=_("Phone or e-mail is enough.")
    )
    email = forms.EmailField(label=_("E-mail"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """One way to reach the person."""
        cleaned = super().clean() or {}
        if not cleaned.get("phone") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("phone", _("We need one way to reach you."))
        return cleaned


STEPS: dict[str, tuple[type[Step], ...]] = {"home": (Where, Household, Reach), "hours": (Where, Hours, Reach)}


def counties_of(state: str) -> list[tuple[str, str]]:
    """Counties of a state by name; of every state, with its letters, where the state is not known."""
    names, states = county_names(), county_state()
    if state in states.values():
        chosen = [(fips, name) for fips, name in names.items() if states.get(fips) == state]
    else:
        chosen = [(fips, f"{name}, {states.get(fips, '')}") for fips, name in names.items()]
    return sorted(chosen, key=lambda each: each[1])
