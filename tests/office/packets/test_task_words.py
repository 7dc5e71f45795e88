"""The task that this room opens has words."""

from posada.office.desk.task_words import all_words
from posada.office.packets.task_words import WORDS


def test_the_task_of_a_share_has_words() -> None:
    assert set(WORDS) == {"share_agree"} and set(WORDS) <= set(all_words())
