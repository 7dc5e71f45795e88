"""A form sends only what the person changed, knows what was seen, and reads cells as an import does."""

from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory

from posada.office.audit.history import save_change
from posada.office.intake.models import Child
from posada.office.kept_form import ColumnField, KeptFormMixin, save_kept, version_of
from posada.programme.tables import CHILDREN
from tests.office.people import acting, group_of


class _ChildForm(KeptFormMixin, forms.ModelForm):
    languages = ColumnField(CHILDREN, "languages")
    birth_date = ColumnField(CHILDREN, "birth_date")

    class Meta:
        model = Child
        fields = ("given_name", "family_name", "birth_date", "sex", "languages")


def test_a_version_is_one_to_nine_plain_digits() -> None:
    assert [version_of(each) for each in ("7", "0", "9" * 9)] == [7, 0, 999_999_999]
    assert {version_of(each) for each in ("", "-1", "²", "٣", "1.0", " 7", "9" * 10, "9" * 5_000)} == {0}


def _opened(child: Child) -> dict[str, Any]:
    """What a browser would send back from the form as it was opened."""
    form = _ChildForm(instance=child)
    sent: dict[str, Any] = {"version": child.version}
    for name in form.kept_fields:
        value = form[name].value()
        sent[name] = sent[f"initial-{name}"] = "" if value is None else str(value)
    return sent


def _posted(sent: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(sent)
    return data


def _send(child: Child, sent: dict[str, Any], actor: Any) -> HttpResponse:
    request: Any = RequestFactory().post("/here/", sent)
    request.actor, request.user = actor, None
    form = _ChildForm(_posted(sent), instance=Child.objects.get(pk=child.pk))
    request._messages = _Nowhere()
    return save_kept(
        request,
        form,
        lambda f: save_change(
            child, version=f.seen_version, changes=f.changes, actor=actor, act="child.change"
        ),
        template="office/refused.html",
        done="/done/",
    )


class _Nowhere:
    def add(self, *_: object) -> None:
        """Messages of these tests go nowhere."""


@pytest.fixture
def child() -> Child:
    return group_of(given_name="Ana", family_name="Ruiz", languages=["mam", "spa"]).children.get()


@pytest.fixture(autouse=True)
def _plain_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page around a form needs a signed-in browser; its own journeys test it."""

    def plain(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        answer = HttpResponse(template, status=status)
        answer.shown = context  # type: ignore[attr-defined]
        return answer

    monkeypatch.setattr("posada.office.kept_form.render", plain)


def test_an_untouched_form_changes_nothing(child: Child) -> None:
    form = _ChildForm(_posted(_opened(child)), instance=child)
    assert form.is_valid(), form.errors
    assert form.changes == {}


def test_a_form_sends_only_what_was_changed(child: Child) -> None:
    form = _ChildForm(_posted({**_opened(child), "languages": "spa, mam"}), instance=child)
    assert form.is_valid()
    assert form.changes == {"languages": ["spa", "mam"]}


@pytest.mark.parametrize(
    ("name", "typed"), [("languages", "spanish"), ("birth_date", "5/1/2014"), ("birth_date", "")]
)
def test_a_cell_is_refused_as_an_import_refuses_it(child: Child, name: str, typed: str) -> None:
    form = _ChildForm(_posted({**_opened(child), name: typed}), instance=child)
    assert not form.is_valid()
    assert list(form.errors) == [name]


def test_the_second_person_sees_both_versions_and_nothing_is_written(child: Child) -> None:
    actor, sent = acting(), _opened(child)
    save_change(child, version=1, changes={"given_name": "Anna", "sex": "X"}, actor=actor, act="child.change")
    answer: Any = _send(child, {**sent, "given_name": "Anita"}, actor)
    assert answer.status_code == 409
    (line,) = answer.shown["lines"]
    assert (line.theirs, line.yours) == ("Anna", "Anita")
    assert [value for _, value in answer.shown["also"]] == ["X"]
    assert Child.objects.get(pk=child.pk).given_name == "Anna"


@pytest.mark.parametrize(("chosen", "kept"), [("theirs", "Anna"), ("yours", "Anita")])
def test_the_person_chooses_for_each_field_and_untouched_fields_stay_theirs(
    child: Child, chosen: str, kept: str
) -> None:
    actor, sent = acting(), _opened(child)
    save_change(child, version=1, changes={"given_name": "Anna", "sex": "X"}, actor=actor, act="child.change")
    again = {**sent, "given_name": "Anita", "version": 2, "both": "given_name", "choose-given_name": chosen}
    assert _send(child, again, actor).status_code == 302
    now = Child.objects.get(pk=child.pk)
    assert (now.given_name, now.sex) == (kept, "X")


def test_without_a_choice_nothing_is_written(child: Child) -> None:
    actor, sent = acting(), _opened(child)
    save_change(child, version=1, changes={"given_name": "Anna"}, actor=actor, act="child.change")
    answer: Any = _send(child, {**sent, "given_name": "Anita", "version": 2, "both": "given_name"}, actor)
    assert (answer.status_code, answer.shown["unchosen"]) == (409, True)
    assert Child.objects.get(pk=child.pk).given_name == "Anna"


def test_a_third_person_who_saves_meanwhile_is_shown_too(child: Child) -> None:
    actor, sent = acting(), _opened(child)
    for version, name in ((1, "Anna"), (2, "Hanna")):
        save_change(child, version=version, changes={"given_name": name}, actor=actor, act="child.change")
    again = {**sent, "given_name": "Anita", "version": 2, "both": "given_name", "choose-given_name": "yours"}
    answer: Any = _send(child, again, actor)
    assert (answer.status_code, answer.shown["lines"][0].theirs) == (409, "Hanna")


def test_a_form_without_a_version_overwrites_nothing(child: Child) -> None:
    answer = _send(child, {**_opened(child), "given_name": "Anita", "version": ""}, acting())
    assert answer.status_code == 409
