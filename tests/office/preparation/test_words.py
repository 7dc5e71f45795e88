"""Every state, provider and need of a checklist has a word."""

from posada.office.docket.remedy_words import FORUMS
from posada.office.preparation import words
from posada.office.preparation.models import ChecklistMark
from posada.preparation import checklist, readiness


def test_nothing_is_shown_as_a_code() -> None:
    assert set(words.STATE_WORDS) == set(words.STATE_TONES) == set(readiness.ORDER)
    assert set(words.PROVIDERS) == set(checklist.PROVIDERS)
    assert set(words.NEEDS) == {checklist.NEED, checklist.IF, checklist.AIM}
    assert {each.forum for each in checklist.shipped_checklists().lists} <= set(FORUMS)
    assert set(words.MARKS) == set(ChecklistMark.State)
