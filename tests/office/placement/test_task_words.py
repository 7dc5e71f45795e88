"""Every kind of task that this room opens is in words, in both languages, and leads somewhere."""

import re
from pathlib import Path

from django.urls import reverse

import posada.office.placement
from posada.office.desk.models import Task
from posada.office.desk.task_words import page_of, title_of
from posada.office.placement.task_words import WORDS

ROOM = Path(posada.office.placement.__path__[0])


def test_every_kind_that_is_opened_here_has_words() -> None:
    text = "".join(each.read_text("utf-8") for each in sorted(ROOM.glob("*.py")))
    opened = set(re.findall(r'Wanted\(\s*"(\w+)"', text)) | set(re.findall(r'kind="(offer_\w+)"', text))
    assert opened <= set(WORDS)
    assert len(opened) > 10


def test_a_task_about_an_offer_leads_to_it() -> None:
    task = Task(kind="offer_lapsed", values={"offer": "6d1e9b56-4bd5-4e0c-8a30-4f2f0c2a5f1b"})
    assert page_of(task) == reverse("offer_page", args=[task.values["offer"]])
    assert "2" in title_of(Task(kind="ask_open_to", values={"declined": 2}))
