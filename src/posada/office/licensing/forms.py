"""Forms of licensing. What they refuse, the services refuse too. Tests: tests/office/licensing/test_home_views.py."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from posada.licensing.enquiry import Ending
from posada.licensing.wording import words
from posada.office.casefile.models import Document
from posada.office.intake.forms import codes_of
from posada.office.licensing.facts import rules_today
from posada.office.licensing.models import Check, Enquiry, Home, HouseholdMember
from posada.office.licensing.selectors import told
from posada.reference.counties import county_names, county_state

KINDS = (("foster", _("Foster home")), ("kin", _("Kin home")), ("group", _("Group home")))
SOURCES = (
    ("web", _("The public site")),
    ("phone", _("A phone call")),
    ("event", _("An event")),
    ("friend", _("A friend or a congregation")),
    ("other", _("Something else")),
)


class Day(forms.DateInput):
    """A day, never an instant; the browser's own picker where it has one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def counties_of(state: str) -> list[tuple[str, str]]:
    """The counties of a state, by name; all of the country where the state is not known."""
    states = county_state()
    found = [(fips, name) for fips, name in county_names().items() if not state or states[fips] == state]
    return sorted(found, key=lambda each: each[1])


class LongSelect(forms.Select):
    """A choice among thousands, without a template of its own for each: the same marks as Django's, much sooner."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The whole element."""
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) == chosen else "", words)
                for key, words in self.choices
            ),
        )
        marks = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(marks), options)


class Languages(forms.CharField):
    """Languages in any spelling or as ISO 639-3 codes, with commas between them."""

    widget = forms.TextInput(attrs={"list": "languages"})

    def clean(self, value: Any) -> list[str]:
        """The codes. Raises ValidationError naming the first that no language or that several have."""
        codes, unknown = codes_of(super().clean(value))
        if unknown:
            raise forms.ValidationError(
                _("No language is called “%(name)s”, or several are. Put commas between languages."),
                params={"name": unknown[0]},
            )
        return codes


class EnquiryForm(forms.Form):
    """What somebody says in the first call. Contacts are sealed at once."""

    contact_name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    kind = forms.ChoiceField(label=_("Kind of home"), choices=KINDS)
    county_fips = forms.ChoiceField(label=_("County"), widget=LongSelect)
    languages = Languages(
        label=_("Languages spoken at home"),
        help_text=_("In any spelling, with commas: English, Mam, K’iche’"),
    )
    beds_offered = forms.IntegerField(label=_("Beds"), min_value=1, max_value=12)
    max_siblings = forms.IntegerField(
        label=_("Most brothers and sisters together"), min_value=1, max_value=12, required=False
    )
    source = forms.ChoiceField(label=_("How did they hear of it?"), choices=SOURCES)
    best_language = forms.ChoiceField(
        label=_("Language to call in"), choices=(("en", "English"), ("es", "Español"))
    )

    def __init__(self, *arguments: Any, state: str = "", **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["county_fips"].choices = counties_of(state)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A phone or an e-mail, so that somebody can answer."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("phone") or cleaned.get("email")):
            raise forms.ValidationError(_("Write down a phone number or an e-mail."))
        return cleaned


class MoveForm(forms.Form):
    """The next step of an enquiry."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("Next step"))
    ending = forms.ChoiceField(label=_("If it ends: why"), required=False)

    def __init__(self, *arguments: Any, enquiry: Enquiry, **named: Any) -> None:
        super().__init__(*arguments, **named)
        from posada.licensing.enquiry import NEXT, Stage

        steps = [each for each in NEXT[Stage(enquiry.stage)] if each is not Stage.OPEN]
        self.fields["to"].choices = [(each.value, words(f"stage.{each}", language=told())) for each in steps]  # type: ignore[attr-defined]
        ends = [("", "–"), *((each.value, words(f"ending.{each}", language=told())) for each in Ending)]
        self.fields["ending"].choices = ends  # type: ignore[attr-defined]
        self.initial.setdefault("version", enquiry.version)


class CheckForm(forms.Form):
    """One check of the home or of a person in it."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    check_type = forms.ChoiceField(label=_("Check"))
    member = forms.ModelChoiceField(
        label=_("Whose check"),
        queryset=HouseholdMember.objects.none(),
        required=False,
        empty_label=_("The home"),
    )
    result = forms.ChoiceField(label=_("Result"))
    requested_on = forms.DateField(label=_("Asked for on"), widget=Day(), required=False)
    issued_on = forms.DateField(label=_("Issued on"), widget=Day(), required=False)
    expires_on = forms.DateField(label=_("Expires on"), widget=Day(), required=False)
    document = forms.ModelChoiceField(
        label=_("Document"), queryset=Document.objects.none(), required=False, empty_label=_("none yet")
    )

    def __init__(self, *arguments: Any, home: Home, **named: Any) -> None:
        super().__init__(*arguments, **named)
        kinds = [
            (each.type_id, words(f"check.{each.type_id}", language=told())) for each in rules_today().types
        ]
        self.fields["check_type"].choices = kinds  # type: ignore[attr-defined]
        self.fields["member"].queryset = home.members.filter(voided_at__isnull=True)  # type: ignore[attr-defined]
        self.fields["member"].label_from_instance = lambda each: each.label  # type: ignore[attr-defined]
        papers = home.documents.filter(voided_at__isnull=True).order_by("-entered_at")
        self.fields["document"].queryset = papers  # type: ignore[attr-defined]
        self.fields["document"].label_from_instance = lambda each: each.title  # type: ignore[attr-defined]
        results = [(each.value, words(f"state.{each}", language=told())) for each in Check.Result]
        self.fields["result"].choices = results  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """Somebody who lives in the home."""

    label = forms.CharField(
        label=_("Called"), help_text=_("As you call the person: first carer, son"), max_length=60
    )
    birth_date = forms.DateField(label=_("Birth date"), widget=Day(), required=False)
    part = forms.ChoiceField(
        label=_("Part in the home"),
        choices=(
            ("carer", _("Cares for the children")),
            ("adult", _("Another adult")),
            ("own_child", _("Own child")),
        ),
    )
    moved_in_on = forms.DateField(label=_("Lives there since"), widget=Day())


class MovedOutForm(forms.Form):
    """A member left the home, or stopped caring."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    moved_out_on = forms.DateField(label=_("Left the home on"), widget=Day(), required=False)
    carer_until = forms.DateField(label=_("Last day as carer"), widget=Day(), required=False)


class StudyForm(forms.Form):
    """A home study."""

    written_on = forms.DateField(label=_("Written on"), widget=Day())
    recommends_capacity = forms.IntegerField(
        label=_("Children it recommends at most"), min_value=1, max_value=12
    )
    summary = forms.CharField(label=_("Summary"), widget=forms.Textarea, max_length=10_000, required=False)


class LicenseForm(forms.Form):
    """A license decision."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    license_from = forms.DateField(label=_("Valid from"), widget=Day())
    license_to = forms.DateField(label=_("Valid through"), widget=Day())
    licensed_capacity = forms.IntegerField(label=_("Children at most"), min_value=1, max_value=40)


class ExceptionForm(forms.Form):
    """A dated permission beyond a rule; another person approves it."""

    rule = forms.ChoiceField(
        label=_("Rule"),
        choices=(
            ("household.siblings_max", _("A sibling group of seven or eight, alone in the home")),
            ("unrelated_children", _("Several unrelated children in one place")),
            ("checks.pending", _("Go on while one check is pending")),
        ),
    )
    group_id = forms.CharField(label=_("Sibling group"), required=False, max_length=80)
    check_type = forms.ChoiceField(label=_("Check"), required=False)
    from_date = forms.DateField(label=_("From"), widget=Day())
    to_date = forms.DateField(label=_("Through"), widget=Day())
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        kinds = [
            (each.type_id, words(f"check.{each.type_id}", language=told()))
            for each in rules_today().types
            if each.may_wait
        ]
        self.fields["check_type"].choices = [("", "–"), *kinds]  # type: ignore[attr-defined]


class StateForm(forms.Form):
    """Open, hold or close a home."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=60, required=False)
