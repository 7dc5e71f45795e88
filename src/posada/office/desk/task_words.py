"""Tasks in words. Each room brings its own in `task_words.py`: kind → `Words`.

Comes in: a task (a code with values). Goes out: a sentence, what to do next, and the page where it is done.
Docs: docs/explanation/tasks-and-digests.md. Tests: tests/office/desk/test_task_words.py.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posada.office.desk.models import Task
from posada.office.shown_names import day_words

ROOMS = (
    "intake",
    "licensing",
    "placement",
    "counsel",
    "casefile",
    "docket",
    "packets",
    "access",
    "retention",
    "audit",
)


@dataclass(frozen=True, slots=True)
class Words:
    """`title` and `next_step` are lazy texts with %(name)s for values; `route`: the page where it is done.

    `about`: whose id the page takes: group, home, counsel, or a name among the task's values; empty for none.
    `short`: the kind without values, for lists of kinds and digests; the title where it has none.
    """

    title: Any
    next_step: Any = ""
    route: str = ""
    about: str = ""
    short: Any = ""


WORDS: dict[str, Words] = {
    "list_differs": Words(
        gettext_lazy("A list was looked through, and something in it is not right"),
        gettext_lazy("Call and ask what differs, then correct it."),
    ),
    "mail_not_delivered": Words(
        gettext_lazy("Mail to a person came back"),
        gettext_lazy("Ask for the right address and correct the account."),
    ),
}


@lru_cache
def all_words() -> dict[str, Words]:
    """Every kind of task that a room has put into words."""
    known = dict(WORDS)
    for room in ROOMS:
        name = f"posada.office.{room}.task_words"
        if find_spec(name) is not None:
            known.update(import_module(name).WORDS)
    return known


def title_of(task: Task) -> str:
    """What is to be done, as a sentence; an unknown kind says its code."""
    words = all_words().get(task.kind)
    return _filled(words.title, task.values) if words else _unknown(task.kind)


def kind_words(kind: str) -> str:
    """A kind of task without its values, for a list of kinds or a digest."""
    words = all_words().get(kind)
    if words is None:
        return _unknown(kind)
    return str(words.short) or str(words.title).split("%(", maxsplit=1)[0].strip(" :–-")


def next_step_of(task: Task) -> str:
    """What to do, or empty."""
    words = all_words().get(task.kind)
    return _filled(words.next_step, task.values) if words else ""


def page_of(task: Task) -> str:
    """The address where the task is done, or empty. It holds an opaque id at most."""
    words = all_words().get(task.kind)
    if words is None or not words.route:
        return ""
    ids = {"group": task.group_id, "home": task.home_id, "counsel": task.counsel_id}
    one = ids.get(words.about) or task.values.get(words.about)
    try:
        return reverse(words.route, args=[one] if words.about else [])
    except NoReverseMatch:
        return ""


def _unknown(kind: str) -> str:
    return _(kind.replace("_", " ").capitalize())


def _filled(text: Any, values: dict[str, Any]) -> str:
    return str(text) % _Shown({name: _shown(value) for name, value in values.items()})


class _Shown(dict[str, str]):
    """A value that the task does not have is told as not known."""

    def __missing__(self, name: str) -> str:
        return _("not known")


def _shown(value: Any) -> str:
    try:
        return day_words(date.fromisoformat(value))
    except (TypeError, ValueError):
        return str(value)
