"""Forms of kept records: they know what the person saw, and show both versions where somebody saved first.

Comes in: a form class with `KeptFormMixin`, and a service that takes changes and a version. Goes out: a page.
Only fields that the person changed are sent on, so that an untouched field never undoes another's change.
Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/test_kept_form.py.

    class HomeForm(KeptFormMixin, forms.ModelForm): ...

    def change(request, pk):
        home = doors.one(doors.homes(request.actor), pk)
        form = HomeForm(request.POST or None, instance=home)
        return save_kept(request, form, lambda f: change_home(request.actor, home, version=f.seen_version,
                         changes=f.changes), template="licensing/change.html", done=address)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from posada.office.access.request import OfficeRequest
from posada.office.audit.models import Revision
from posada.office.casefile.kinds import EMPTY, NO, SAVED, WANTED, YES
from posada.office.day import today
from posada.office.kept import Kept
from posada.office.refusals import FieldsRefused, Refusal, SomebodySavedFirst
from posada.office.shown_names import day_words
from posada.programme.cells import BadCell, cell_parser
from posada.programme.tables import Kind, Table

CHOICE = "choose-"  # before a field's name: which of two versions the person keeps
BOTH = "office/both_versions.html"
SHOWN = "both"  # names of the fields whose two versions were shown


def version_of(text: str) -> int:
    """The version that a form names; 0, which no record has, for anything but one to nine plain digits."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One field of which two versions stand."""

    name: str
    label: Any
    theirs: str
    yours: str


class KeptFormMixin(forms.Form):
    """Carries the version, and the values that the form was opened with. Put it before forms.ModelForm."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        record = getattr(self, "instance", None)
        self.is_change = record is not None and not record._state.adding
        if record is None or not self.is_change:
            return
        self.initial["version"] = record.version
        for name, field in self.fields.items():
            field.show_hidden_initial = name in self.kept_fields
            if isinstance(field, ColumnField):
                field.standing = getattr(record, name)

    @property
    def kept_fields(self) -> list[str]:
        """The fields that belong to the record."""
        return list(self._meta.fields or ())  # type: ignore[attr-defined]

    @property
    def seen_version(self) -> int:
        """The version that the person saw; 0, which no record has, where the form brought none."""
        return self.cleaned_data.get("version") or 0

    @property
    def changes(self) -> dict[str, Any]:
        """Field → value, of what the person changed and did not give up for somebody else's version."""
        names = (
            self.kept_fields
            if not self.is_change
            else [n for n in self.changed_data if n in self.kept_fields]
        )
        return {name: self.cleaned_data[name] for name in names if self.data.get(CHOICE + name) != "theirs"}

    @property
    def unchosen(self) -> list[str]:
        """Fields whose two versions were shown and of which the person chose neither."""
        shown = self.data.getlist(SHOWN) if hasattr(self.data, "getlist") else ()
        return [name for name in shown if self.data.get(CHOICE + name) not in {"theirs", "yours"}]


class ColumnField(forms.CharField):
    """A cell of the program folder typed into a form: read by the same reader as an import, refused alike.

    Lists are typed with semicolons or commas. `table` and `name` say which column.
    """

    def __init__(self, table: Table, name: str, **named: Any) -> None:
        self.column = next(each for each in table.columns if each.name == name)
        self.standing: Any = (
            None  # what the record holds; it is never refused for a rule that came to bear later
        )
        super().__init__(**{"required": self.column.filled, "max_length": 2_000, **named})
        if self.column.kind in {Kind.DATE, Kind.BIRTH_DATE}:
            self.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def prepare_value(self, value: Any) -> Any:
        """A list as a person types it."""
        return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """The value as the record holds it."""
        text = super().clean(value)
        if text and text == str(self.prepare_value(self.standing)):
            return self.standing
        text = text.replace(",", ";").strip(" ;") if self.column.kind.is_list else text
        try:
            read = cell_parser(self.column, plan_date=today())(text)
        except BadCell as bad:
            wanted = WANTED % {"what": bad.wanted}
            raise forms.ValidationError(wanted, code="bad_cell") from None
        return (
            list(read) if isinstance(read, tuple) else read if read is not None or self._may_be_null() else ""
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as text, since the hidden value of the opened form is text too."""
        return self.prepare_value(initial if initial is not None else "") != (data or "").strip()

    def _may_be_null(self) -> bool:
        return self.column.kind in {Kind.DATE, Kind.COUNT}


def save_kept(
    request: OfficeRequest,
    form: Any,
    save: Callable[[Any], Kept | None],
    *,
    template: str,
    done: str | Callable[[Kept | None], str],
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form, or save it: on success go to `done`; on somebody else's save show both versions (409).

    A form of something new needs no mixin. `save` is given the valid form and calls the service. FieldsRefused
    stands at its fields; any other Refusal with status 422 stands above the form; the rest goes to the gate.
    """
    shown = {"form": form, "back": request.path, **(context or {})}
    if request.method != "POST" or not form.is_valid():
        return render(request, template, shown, status=422 if form.is_bound else 200)
    if getattr(form, "unchosen", ()):
        return render(request, BOTH, {**shown, **_both(form), "unchosen": True}, status=409)
    try:
        saved = save(form)
    except SomebodySavedFirst:
        if not isinstance(form, KeptFormMixin):
            raise  # one line or none differs: the gate's page says what
        return render(request, BOTH, {**shown, **_both(form)}, status=409)
    except FieldsRefused as refused:
        for name, sentence in refused.faults.items():
            form.add_error(name if name in form.fields else None, sentence)
        return render(request, template, shown, status=422)
    except Refusal as refused:
        if refused.status != 422:
            raise
        form.add_error(None, refused.message)
        return render(request, template, shown, status=422)
    messages.success(request, SAVED)
    return redirect(done if isinstance(done, str) else done(saved))


def _both(form: Any) -> dict[str, Any]:
    current = type(form.instance)._base_manager.get(pk=form.instance.pk)
    mine = form.changes
    lines = [
        Line(name, form.fields[name].label, told(form, name, getattr(current, name)), told(form, name, value))
        for name, value in mine.items()
        if getattr(current, name) != value
    ]
    also = [
        (form.fields[name].label, told(form, name, getattr(current, name)))
        for name in form.kept_fields
        if name not in mine and _texts(form, name, getattr(current, name)) != _opened_with(form, name)
    ]
    last = Revision.objects.filter(record_kind=current._meta.label_lower, record_id=current.pk)
    return {
        "lines": lines,
        "also": also,
        "fresh_version": current.version,
        "opened_with": [
            (form.add_initial_prefix(name), text)
            for name in form.kept_fields
            for text in _opened_with(form, name)
        ],
        "last": last.select_related("by").order_by("-version", "-pk").first(),
    }


def told(form: Any, name: str, value: Any) -> str:
    """A value as a person reads it."""
    field = form.fields[name]
    if value in (None, "", [], ()):
        return str(EMPTY)
    if value is True or value is False:
        return str(YES if value else NO)
    if hasattr(value, "isoformat") and hasattr(value, "year"):
        return day_words(value)
    labels = dict(getattr(field, "choices", None) or ())
    if isinstance(value, list | tuple):
        return ", ".join(str(labels.get(each, each)) for each in value)
    return str(labels.get(value, value))


def _opened_with(form: Any, name: str) -> list[str]:
    return list(form.data.getlist(form.add_initial_prefix(name)))


def _texts(form: Any, name: str, value: Any) -> list[str]:
    prepared = form.fields[name].prepare_value(value)
    several = prepared if isinstance(prepared, list | tuple) else ["" if prepared is None else prepared]
    return [str(each) for each in several]
