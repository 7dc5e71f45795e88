"""Everything that a remedy turns on has words."""

from posada.docket.remedies import remedy_table
from posada.office.docket.remedy_words import FACTS, FORUMS, fact_words


def test_every_fact_and_forum_has_words() -> None:
    table = remedy_table()
    assert {name for remedy in table for name in remedy.facts} <= set(FACTS)
    assert {remedy.forum for remedy in table} <= set(FORUMS)
    assert fact_words("something_else") == "something else"
