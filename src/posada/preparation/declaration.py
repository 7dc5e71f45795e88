"""A child's declaration as a PDF: her words and the English beside them, numbered; signature; certificate.

Comes in: what was answered, paragraph for paragraph. Goes out: a tagged PDF with its fonts inside. Nothing is added
to what was told: headings are the questions' own, and an answer that has no English yet says so.
Sources: 28 U.S.C. 1746 (unsworn declaration), 8 CFR 1003.33 (certificate; both confirmed by counsel before use).
Docs: docs/how-to/prepare-a-case.md. Tests: tests/preparation/test_declaration.py.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from posada.preparation.interview import ENGLISH, SPANISH, Interview

NO_ENGLISH = "[not yet in English]"
DRAFT = "DRAFT – to be read back to the child, corrected by her, and signed"
_UNSHOWABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
OATH = (
    "I declare under penalty of perjury under the laws of the United States of America that the foregoing is true"
    " and correct."
)
OATHS = {
    SPANISH: (
        "Declaro bajo pena de perjurio conforme a las leyes de los Estados Unidos de América que lo anterior es"
        " verdadero y correcto."
    )
}
READ_TO_ME = " This declaration was read to me in {language}, which I understand, before I signed it."


class NotTypeset(ValueError):  # noqa: N818
    """No font at hand has a letter. `letters`: those that it lacks."""

    def __init__(self, letters: str) -> None:
        super().__init__(f"no font at hand has {letters!r}")
        self.letters = letters


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered to one question: in the child's language, and in English."""

    original: str
    english: str


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything that a declaration says. `answers`: question id → what was told; empty ones are left out.

    `language`: ISO 639-3; `language_name`: as English calls it, with the variant. `interpreter`: a name, or nothing
    where it is not known yet. `reference`: what the head of each page says, such as the case's own number.
    """

    interview: Interview
    declarant: str
    language: str
    language_name: str
    interpreter: str
    reference: str
    answers: Mapping[str, Told]


def left_out(declared: Declared) -> tuple[str, ...]:
    """Ids of questions with an answer that has no English yet."""
    return tuple(
        each.question_id
        for each in declared.interview.questions
        if (told := declared.answers.get(each.question_id))
        and told.original.strip()
        and not told.english.strip()
        and declared.language != ENGLISH
    )


def declaration_pdf(declared: Declared) -> bytes:
    """The declaration, always as a draft to be signed. Raises NotTypeset."""
    import typst  # only here: it is large, and most pages of an office need none of it

    given = json.dumps(_given(declared))
    try:
        return typst.compile(
            _template(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"given": given},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        found = _UNSHOWABLE.search(str(error))
        if found is None:
            raise RuntimeError("typesetting failed") from None  # never with what was told in it
        raise NotTypeset("".join(dict.fromkeys(found[1]))) from None


@lru_cache
def _template() -> bytes:
    return resources.files("posada.preparation").joinpath("declaration.typ").read_bytes()


def _given(declared: Declared) -> dict[str, Any]:
    foreign = declared.language != ENGLISH
    oath = OATH + (READ_TO_ME.format(language=declared.language_name) if foreign else "")
    return {
        "title": f"Declaration of {declared.declarant}",
        "header": declared.reference,
        "draft": DRAFT,
        "opening": f"I, {declared.declarant}, declare:",
        "two_languages": foreign,
        "english_name": "English",
        "language_name": declared.language_name,
        "lang": "es" if declared.language == SPANISH else declared.language,
        "sections": _sections(declared),
        "oath": oath,
        "oath_original": OATHS.get(declared.language, ""),
        "declarant": f"Signature of {declared.declarant}",
        "interpreter": f"Signature of {declared.interpreter or 'the interpreter'}",
        "certificate": _certificate(declared) if foreign else "",
    }


def _sections(declared: Declared) -> list[dict[str, Any]]:
    number, found = 0, []
    for section in declared.interview.sections:
        rows = []
        for question in section.questions:
            told = declared.answers.get(question.question_id)
            if told is None or not (told.original.strip() or told.english.strip()):
                continue
            number += 1
            english = told.english if declared.language != ENGLISH else told.english or told.original
            rows.append(
                {
                    "number": number,
                    "english": english.strip() or NO_ENGLISH,
                    "original": told.original.strip(),
                }
            )
        if rows:
            found.append({"title": section.titles["en"], "paragraphs": rows})
    return found


def _certificate(declared: Declared) -> str:
    name = declared.interpreter or "____________________"
    return (
        f"I, {name}, certify that I am competent in English and {declared.language_name}, that I read this"
        f" declaration to {declared.declarant} in {declared.language_name} before it was signed, that the declarant"
        " said that it was understood, and that the interpretation was true and accurate to the best of my abilities."
    )
