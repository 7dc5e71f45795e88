"""The questionnaire proposes and never decides."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.docket.remedies import remedy_table
from posada.docket.screening import BadAnswer, parse_questions, questionnaire, screened

TABLE = remedy_table()
QUESTIONS = questionnaire()
IDS = [question.question_id for question in QUESTIONS]
ANSWERS = st.dictionaries(st.sampled_from(IDS), st.sampled_from(["yes", "no", "not_known"]))


@settings(deadline=None)
@given(ANSWERS)
def test_no_answers_ever_rule_a_remedy_out(answers: dict[str, str]) -> None:
    found = screened(answers, questions=QUESTIONS, table=TABLE)
    assert {each.remedy_id for each in found} == {remedy.remedy_id for remedy in TABLE}
    assert {each.says for each in found} <= {"look", "ask_more", "examine"}


@settings(deadline=None)
@given(ANSWERS, st.sampled_from(IDS), st.sampled_from(["yes", "no"]))
def test_one_more_answer_never_takes_a_proposal_away(
    answers: dict[str, str], question: str, given_: str
) -> None:
    def looked(at: dict[str, str]) -> set[str]:
        return {
            each.remedy_id for each in screened(at, questions=QUESTIONS, table=TABLE) if each.says == "look"
        }

    without = {key: value for key, value in answers.items() if key != question}
    assert looked(without) <= looked({**without, question: given_})


def test_a_proposal_names_the_answers_that_point_to_it() -> None:
    found = {
        each.remedy_id: each
        for each in screened(
            {"missed_court": "yes", "letter_arrived": "no"}, questions=QUESTIONS, table=TABLE
        )
    }
    assert found["reopen_no_notice"].because == ("missed_court", "letter_arrived")
    assert found["sij"].says == "ask_more"
    assert found["continuance"].says == "examine"


def test_every_question_is_asked_in_both_languages() -> None:
    for question in QUESTIONS:
        assert question.texts["en"].endswith("?")
        assert question.texts["es"].startswith("¿")
        assert question.texts["es"].endswith("?")


def test_another_word_or_question_is_refused() -> None:
    for answers in ({"missed_court": "maybe"}, {"shoe_size": "yes"}):
        with pytest.raises(BadAnswer):
            screened(answers, questions=QUESTIONS, table=TABLE)


def test_a_question_that_points_to_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="points to no remedy"):
        parse_questions('[[questions]]\nid = "a"\nen = "A?"\nes = "¿A?"\nyes = ["miracle"]\n')
    with pytest.raises(ValueError, match="points to no remedy"):
        parse_questions('[[questions]]\nid = "a"\nen = "A?"\nes = "¿A?"\n')
