"""The desk's tasks say what to do, and lead to the page where it is done."""

from posada.office.access.roles import Role
from posada.office.counsel.task_words import WORDS
from posada.office.desk.models import Task
from posada.office.desk.task_words import page_of, title_of
from tests.office.people import group_of


def test_each_task_has_a_sentence_and_a_page() -> None:
    group = group_of()
    for kind, words in WORDS.items():
        task = Task(kind=kind, role=Role.LEGAL_COORDINATOR, group=group, values={"hearing": "2026-12-16"})
        assert (str(group.pk) if words.about else "hours-offers") in page_of(task)
        assert title_of(task)
    assert "16 Dec 2026" in title_of(Task(kind="find_counsel", values={"hearing": "2026-12-16"}))
