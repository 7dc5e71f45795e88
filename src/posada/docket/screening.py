"""A questionnaire in plain words that proposes what counsel should look at. It decides nothing.

Comes in: answers (`yes`, `no`, `not_known`). Goes out: for every remedy of the table a `Proposal`; none is
ever ruled out. Docs: docs/reference/remedies.md. Tests: tests/docket/test_screening.py.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from posada.docket.remedies import Remedy, remedy_table

YES, NO, NOT_KNOWN = "yes", "no", "not_known"
LOOK, ASK_MORE, EXAMINE = "look", "ask_more", "examine"
"""An answer points to it; a question about it is open; nothing points to it, and counsel examines it."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, in each language, and the remedies that an answer points to."""

    question_id: str
    texts: Mapping[str, str]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the answers say about one remedy. There is no word here for "not available": counsel says that."""

    remedy_id: str
    says: str  # LOOK, ASK_MORE or EXAMINE
    because: tuple[str, ...]  # questions whose answers point to it
    open_questions: tuple[str, ...]


class BadAnswer(ValueError):  # noqa: N818
    """An answer to a question that there is not, or in a word that there is not."""


@lru_cache
def questionnaire() -> tuple[Question, ...]:
    """The questions that come with Posada, in the order in which they are asked."""
    file = resources.files("posada.docket").joinpath("screening.toml")
    return parse_questions(file.read_text(encoding="utf-8"))


def parse_questions(text: str) -> tuple[Question, ...]:
    """TOML text to questions. Raises ValueError if one points to a remedy that the table does not have."""
    known = {remedy.remedy_id for remedy in remedy_table()}
    found = []
    for raw in tomllib.loads(text)["questions"]:
        yes, no = tuple(raw.get("yes", ())), tuple(raw.get("no", ()))
        if not (yes or no) or not {*yes, *no} <= known:
            raise ValueError(f"question {raw['id']} points to no remedy of the table")
        found.append(Question(raw["id"], {"en": raw["en"], "es": raw["es"]}, yes, no))
    return tuple(found)


def screened(
    answers: Mapping[str, str], *, questions: Sequence[Question], table: Sequence[Remedy]
) -> tuple[Proposal, ...]:
    """One proposal for each remedy of the table, those that answers point to first. Raises BadAnswer."""
    ids = {question.question_id for question in questions}
    for question_id, given in answers.items():
        if question_id not in ids or given not in (YES, NO, NOT_KNOWN):
            raise BadAnswer(f"{question_id}: {given} is no answer of the questionnaire.")
    proposals = [_proposal(remedy.remedy_id, answers, questions) for remedy in table]
    order = (LOOK, ASK_MORE, EXAMINE)
    return tuple(sorted(proposals, key=lambda each: order.index(each.says)))


def _proposal(remedy_id: str, answers: Mapping[str, str], questions: Sequence[Question]) -> Proposal:
    because, waiting = [], []
    for question in questions:
        given = answers.get(question.question_id, NOT_KNOWN)
        if remedy_id in (*question.yes, *question.no) and given == NOT_KNOWN:
            waiting.append(question.question_id)
        if (given == YES and remedy_id in question.yes) or (given == NO and remedy_id in question.no):
            because.append(question.question_id)
    says = LOOK if because else ASK_MORE if waiting else EXAMINE
    return Proposal(remedy_id, says, tuple(because), tuple(waiting))
