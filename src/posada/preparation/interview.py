"""Questions for a child's declaration, in English and Spanish; in another language the interpreter has the English.

Comes in: interview.toml. Goes out: frozen `Interview`s.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/preparation/test_interview.py.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

SCHEMA = "posada-interviews/1"
ENGLISH, SPANISH = "eng", "spa"
_LANGUAGE = {ENGLISH: "en", SPANISH: "es"}


class BadInterviews(ValueError):  # noqa: N818
    """The file of questions cannot be read, or asks something twice."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `words`: language → text, English always among them."""

    question_id: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading."""

    titles: Mapping[str, str]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """One set of questions."""

    interview_id: str
    titles: Mapping[str, str]
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order in which they are asked."""
        return tuple(each for section in self.sections for each in section.questions)

    def question(self, question_id: str) -> Question | None:
        """The question with this id."""
        return next((each for each in self.questions if each.question_id == question_id), None)

    def after(self, question_id: str) -> Question | None:
        """The question that comes next."""
        listed = self.questions
        places = [place for place, each in enumerate(listed) if each.question_id == question_id]
        return listed[places[0] + 1] if places and places[0] + 1 < len(listed) else None


@dataclass(frozen=True, slots=True)
class Interviews:
    """Every set, and what is said before the first question."""

    opening: Mapping[str, str]
    sets: tuple[Interview, ...]

    def one(self, interview_id: str) -> Interview | None:
        """The set with this id."""
        return next((each for each in self.sets if each.interview_id == interview_id), None)


def asked_in(language: str) -> str:
    """The language in which questions are read for a child's language (ISO 639-3): hers if we have it, else English.

    >>> asked_in("spa"), asked_in("mam")
    ('es', 'en')
    """
    return _LANGUAGE.get(language, "en")


def has_questions_in(language: str) -> bool:
    """Whether the questions stand in a child's language; if not, the interpreter puts them."""
    return language in _LANGUAGE


@lru_cache
def shipped_interviews() -> Interviews:
    """The questions that come with Posada. Raises BadInterviews."""
    file = resources.files("posada.preparation").joinpath("interview.toml")
    return parse_interviews(file.read_text(encoding="utf-8"))


def parse_interviews(text: str) -> Interviews:
    """TOML text to questions. Raises BadInterviews."""
    try:
        table = tomllib.loads(text)
        if table["schema"] != SCHEMA:
            raise BadInterviews(f"schema must be {SCHEMA!r}")
        return Interviews(_words(table["opening"]), tuple(_interview(each) for each in table["interviews"]))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadInterviews(f"not readable: {error}") from error


def _interview(raw: Mapping[str, Any]) -> Interview:
    sections = tuple(
        Section(_words(each["title"]), tuple(Question(one["id"], _words(one)) for one in each["questions"]))
        for each in raw["sections"]
    )
    made = Interview(raw["id"], _words(raw["title"]), sections)
    ids = [each.question_id for each in made.questions]
    if len(set(ids)) < len(ids):
        raise BadInterviews(f"{raw['id']}: a question stands twice")
    return made


def _words(raw: Mapping[str, str]) -> Mapping[str, str]:
    found = {language: raw[language] for language in _LANGUAGE.values()}
    if not all(text.strip() for text in found.values()):
        raise BadInterviews("a text is empty")
    return found
