"""Forms of the docket. What they cannot say, the services refuse in the same words.

Tests: tests/office/docket/test_views.py.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.docket.events import ADDITION, EXTENSION, GRACE, ORDER, TOLLING
from posada.office.casefile.models import Document
from posada.office.docket.event_kinds import EVENTS, HEARING_WORDS, NEEDS_HOUR, SERVICE
from posada.office.docket.events import NewEvent
from posada.office.docket.hearings import ZONES
from posada.office.docket.models import Deadline, DocketEvent
from posada.office.docket.notices import KINDS
from posada.office.docket.orders_found import ASKED, QUESTIONS
from posada.office.docket.register import STATES
from posada.office.intake.models import Court

YES_NO = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
MOVES = {
    EXTENSION: _("The other side or the judge gave more days"),
    ORDER: _("A judge or a schedule set the day"),
    TOLLING: _("The clock stood still between two days"),
    ADDITION: _("Days are added for mail or service"),
    GRACE: _("The office was closed: a grace period"),
}


def _day(label: Any, **named: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **named)


class PaperField(forms.ModelChoiceField):
    """One of the papers of the case, by its title."""

    def __init__(self, **named: Any) -> None:
        given = {"label": _("Paper in the file"), "required": False, "empty_label": "—", **named}
        super().__init__(queryset=Document.objects.none(), **given)

    def label_from_instance(self, obj: Any) -> str:
        """The title and the day on which it was brought."""
        return f"{obj.title} ({obj.entered_at:%Y-%m-%d})"


class OfPapers(forms.Form):
    """A form that can name a paper: `papers` are those that a door shows."""

    def __init__(self, *arguments: Any, papers: Any = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if papers is not None:
            field: Any = self.fields["document"]
            field.queryset = papers


class EventForm(OfPapers):
    """What happened."""

    name = forms.ChoiceField(label=_("What happened"), choices=[("", "—"), *EVENTS.items()])
    on = _day(_("On which day"))
    earliest = _day(
        _("The earliest day it may have been"),
        required=False,
        help_text=_("Only where the day is not certain: the dates are then counted from the earliest."),
    )
    hour = forms.TimeField(
        label=_("At which hour"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Only for the hours of custody: the wall time of the place."),
    )
    evidence = forms.CharField(label=_("What shows it"), max_length=300, required=False)
    document = PaperField()
    service_method = forms.ChoiceField(label=_("How it was served"), choices=SERVICE.items(), required=False)
    court_code = forms.CharField(label=_("Court"), max_length=40, required=False)
    state = forms.CharField(label=_("State"), max_length=2, required=False)
    uac_on_filing_date = forms.BooleanField(
        label=_("An unaccompanied child on the day of filing"), required=False
    )
    prior_uac_determination = forms.BooleanField(
        label=_("Determined to be an unaccompanied child before"), required=False
    )
    applicant_delay_days = forms.IntegerField(
        label=_("Days on which the asylum clock stood still"), min_value=0, max_value=36_500, required=False
    )
    replaces = forms.ModelChoiceField(
        label=_("It corrects"), queryset=DocketEvent.objects.none(), required=False, empty_label="—"
    )
    siblings = forms.BooleanField(
        label=_("The same for every brother and sister of the group"), required=False
    )

    def __init__(self, *arguments: Any, events: Any = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if events is not None:
            field: Any = self.fields["replaces"]
            field.queryset = events
            field.label_from_instance = lambda each: f"{EVENTS.get(each.name, each.name)}, {each.on}"

    def new_event(self) -> NewEvent:
        """What the form says."""
        given = self.cleaned_data
        facts: dict[str, Any] = {
            name: True for name in ("uac_on_filing_date", "prior_uac_determination") if given[name]
        }
        if given["applicant_delay_days"]:
            facts["applicant_delay_days"] = given["applicant_delay_days"]
        if given["name"] in NEEDS_HOUR and given["hour"] is not None:
            facts["datetime"] = datetime.combine(given["on"], given["hour"]).isoformat(timespec="minutes")
        same = ("name", "on", "earliest", "evidence", "document", "service_method", "court_code", "state")
        told = {name: given[name] for name in (*same, "replaces", "siblings")}
        return NewEvent(facts=facts, **told)


class VoidForm(forms.Form):
    """Why something was a mistake."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(label=_("Why it was a mistake"), max_length=300)


class _Closing(OfPapers):
    """What every closing of a deadline carries: the version, and brothers and sisters with the same date."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    also = forms.ModelMultipleChoiceField(
        label=_("The same for"),
        queryset=Deadline.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *arguments: Any, alike: list[Deadline], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["also"]
        field.queryset = Deadline.objects.filter(pk__in=[each.pk for each in alike]).select_related("child")
        field.label_from_instance = lambda each: each.child.name if each.child else ""
        if not alike:
            del self.fields["also"]


class MetForm(_Closing):
    """It was done."""

    on = _day(_("On which day it was done"))
    words = forms.CharField(
        label=_("What proves it"), max_length=300, help_text=_("A receipt, a stamped copy, a portal entry.")
    )
    document = PaperField()
    field_order = ("version", "on", "words", "document", "also")


class ExcusedForm(_Closing):
    """It need not be done."""

    words = forms.CharField(label=_("Why it need not be kept"), max_length=300)
    document = None
    field_order = ("version", "words", "also")


class AdjustForm(forms.Form):
    """What moves the date."""

    kind = forms.ChoiceField(label=_("What moves it"), choices=[("", "—"), *MOVES.items()])
    authority = forms.CharField(label=_("By which authority"), max_length=300)
    evidence = forms.CharField(label=_("What shows it"), max_length=300)
    days = forms.IntegerField(label=_("Days"), min_value=0, max_value=3_650, required=False)
    start = _day(_("First day"), required=False)
    end = _day(_("Last day, or the day that was set"), required=False)


class HearingForm(forms.Form):
    """What is known of a hearing."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    kind = forms.ChoiceField(label=_("Kind of hearing"), choices=HEARING_WORDS.items(), required=False)
    hearing_time = forms.TimeField(
        label=_("Hour on the court’s wall"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    zone = forms.ChoiceField(
        label=_("Time zone of the court"),
        choices=[("", _("as the court’s place says")), *ZONES.items()],
        required=False,
    )
    place = forms.CharField(label=_("Room or place"), max_length=160, required=False)
    child_zone = forms.ChoiceField(
        label=_("By video: time zone where the child sits"),
        choices=[("", _("not by video")), *ZONES.items()],
        required=False,
    )
    transport = forms.CharField(
        label=_("Who brings the child"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty until it is confirmed. No phone numbers."),
    )
    is_confirmed = forms.BooleanField(label=_("Nothing about this hearing is in doubt"), required=False)
    language = forms.CharField(label=_("Interpreter: from the language"), max_length=8, required=False)
    variant = forms.CharField(label=_("Variant or town"), max_length=60, required=False)
    into = forms.CharField(label=_("into"), max_length=8, required=False)
    is_booked = forms.BooleanField(label=_("This interpreter is booked"), required=False)
    relay_into = forms.CharField(
        label=_("Relay: a second person goes on into"),
        max_length=8,
        required=False,
        help_text=_("Mam to Spanish and Spanish to English are two people."),
    )
    relay_is_booked = forms.BooleanField(label=_("The second interpreter is booked"), required=False)

    def changes(self) -> dict[str, Any]:
        """Field → value, as `hearings.change_hearing` takes them."""
        given = self.cleaned_data
        plain = ("kind", "hearing_time", "zone", "place", "child_zone", "transport", "is_confirmed")
        needs = []
        if given["language"] and given["into"]:
            needs.append({name: given[name] for name in ("language", "variant", "into", "is_booked")})
            if given["relay_into"]:
                relay = {"language": given["into"], "variant": "", "into": given["relay_into"]}
                needs.append({**relay, "is_booked": given["relay_is_booked"]})
        return {**{name: given[name] for name in plain}, "interpreters": needs}


class NoticePaperForm(OfPapers):
    """The paper that a notice is read from."""

    file = forms.FileField(
        label=_("The notice as a PDF"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
        help_text=_("It is kept in the child’s file. Leave it empty to type everything in."),
    )
    document = PaperField(label=_("Or a paper that is in the file already"))


class NoticeForm(OfPapers):
    """A hearing notice; each field is compared with the paper and ticked."""

    kind = forms.ChoiceField(
        label=_("Kind of hearing"), choices=[("", "—"), *((each, HEARING_WORDS[each]) for each in KINDS)]
    )
    day_typed = forms.CharField(
        label=_("Day of the hearing, exactly as the paper has it"),
        max_length=10,
        help_text=_("YYYY-MM-DD, even of a day that no calendar has, such as 2026-11-31."),
    )
    time_typed = forms.CharField(
        label=_("Hour"), max_length=5, required=False, help_text=_("HH:MM, as the paper has it.")
    )
    court_code = forms.ChoiceField(label=_("Court"), choices=[])
    served_on = _day(_("Day on which the notice was served"))
    source = forms.CharField(label=_("Which paper or portal entry this is"), max_length=200)
    document = PaperField()
    confirmed = forms.MultipleChoiceField(
        label=_("I compared with the paper"),
        choices=[
            ("kind", _("the kind of hearing")),
            ("day_typed", _("the day")),
            ("time_typed", _("the hour")),
            ("court_code", _("the court")),
            ("served_on", _("the day of service")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    read = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        courts = Court.objects.order_by("court_code").values_list("court_code", "name")
        field: Any = self.fields["court_code"]
        field.choices = [("", "—"), *((code, f"{code} · {name}" if name else code) for code, name in courts)]


class CourtLineForm(forms.Form):
    """What the court's own line said."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    answer = forms.CharField(label=_("What the court’s line said"), max_length=300)
    confirms = forms.BooleanField(label=_("It confirms the day, the hour and the place"), required=False)


class RemedyForm(OfPapers):
    """How a remedy stands."""

    state = forms.ChoiceField(
        label=_("How it stands"),
        choices=[("", "—"), *((code, words) for code, words in STATES.items() if code != "unexamined")],
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where counsel says that it is not available."),
    )
    evidence = forms.CharField(label=_("What shows it"), max_length=300, required=False)
    document = PaperField()

    def __init__(self, *arguments: Any, facts: tuple[tuple[str, Any], ...] = (), **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fact_names = [name for name, _words in facts]
        for name, words in facts:
            self.fields[f"fact_{name}"] = forms.CharField(label=words, max_length=120, required=False)

    def facts(self) -> dict[str, str]:
        """Fact → what was written of it."""
        return {name: self.cleaned_data[f"fact_{name}"] for name in self.fact_names}


class OrderForm(OfPapers):
    """What is known of an order of removal."""

    on = _day(_("Day of the order"))
    evidence = forms.CharField(label=_("What shows it"), max_length=300, required=False)
    document = PaperField()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in ASKED:
            self.fields[name] = forms.ChoiceField(label=QUESTIONS[name], choices=YES_NO, required=False)

    def facts(self) -> dict[str, bool | None]:
        """Fact → yes, no, or not known."""
        said = {"yes": True, "no": False, "": None}
        return {name: said[self.cleaned_data[name]] for name in ASKED}


class RemovalForm(forms.Form):
    """What has to be said before a second person is asked."""

    on = _day(_("Day of the removal order"))
    reason = forms.CharField(label=_("Why nothing else is left"), max_length=500)
    explained_by = forms.CharField(label=_("Who explained the result to the child"), max_length=160)
    explained_language = forms.CharField(
        label=_("In which language"), max_length=8, help_text=_("A code such as mam, as in the child’s file.")
    )
    explained_on = _day(_("On which day"))


class AnswerForm(forms.Form):
    """What the second person says."""

    reason = forms.CharField(label=_("In a few words"), max_length=500, required=False)
