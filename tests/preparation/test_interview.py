"""Questions stand in English and Spanish, none twice, and none asks a child to justify herself."""

import itertools

import pytest

from posada.preparation.interview import (
    BadInterviews,
    asked_in,
    has_questions_in,
    parse_interviews,
    shipped_interviews,
)

SMALL = """
schema = "posada-interviews/1"
opening = { en = "Hello", es = "Hola" }
[[interviews]]
id = "one"
title = { en = "One", es = "Uno" }
[[interviews.sections]]
title = { en = "Part", es = "Parte" }
questions = [ { id = "a", en = "A?", es = "¿A?" }, { id = "b", en = "B?", es = "¿B?" } ]
"""


def test_every_question_stands_in_both_languages_and_follows_the_one_before() -> None:
    for interview in shipped_interviews().sets:
        listed = interview.questions
        assert len(listed) >= 5
        for one, other in itertools.pairwise(listed):
            assert interview.after(one.question_id) is other
        assert interview.after(listed[-1].question_id) is None
        assert interview.after("magic") is interview.question("magic") is None
        assert all(set(each.words) == {"en", "es"} for each in listed)


def test_no_question_asks_for_proof_or_for_an_excuse() -> None:
    for interview in shipped_interviews().sets:
        for each in interview.questions:
            said = each.words["en"].casefold()
            assert "prove" not in said
            assert "why didn" not in said
            assert "why did you not" not in said


def test_other_languages_are_put_by_the_interpreter_and_nothing_defaults_to_spanish() -> None:
    assert asked_in("mam") == "en"
    assert not has_questions_in("mam")
    assert has_questions_in("spa")
    assert shipped_interviews().one("magic") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id = "b"', 'id = "a"'),
        ('es = "Hola"', 'es = " "'),
        ("interviews/1", "interviews/2"),
        ("[[inter", "[[["),
    ],
)
def test_a_damaged_file_is_refused(old: str, new: str) -> None:
    assert parse_interviews(SMALL).sets
    with pytest.raises(BadInterviews):
        parse_interviews(SMALL.replace(old, new))
