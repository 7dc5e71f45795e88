"""Tasks say what to do, and never whom about."""

from posada.office.desk.models import Task
from posada.office.desk.task_words import Words, all_words, kind_words, next_step_of, page_of, title_of
from posada.office.licensing.models import Home


def test_a_known_kind_is_a_sentence_and_an_unknown_one_its_code() -> None:
    assert title_of(Task(kind="list_differs")).startswith("A list was looked through")
    assert title_of(Task(kind="some_other_thing")) == "Some other thing"
    assert next_step_of(Task(kind="some_other_thing")) == ""
    assert kind_words("some_other_thing") == "Some other thing"


def test_days_among_the_values_are_written_out_and_missing_ones_are_said(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setitem(all_words(), "x", Words("Due %(day)s at %(place)s", route="home"))
    task = Task(kind="x", values={"day": "2026-11-24"})
    assert title_of(task) == "Due Tue 24 Nov 2026 at not known"
    assert page_of(task) == "/"
    assert kind_words("x") == "Due"


def test_a_page_that_is_not_there_is_no_link(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setitem(all_words(), "y", Words("Y", route="no_such_route", about="home"))
    assert page_of(Task(kind="y", home=Home())) == ""
