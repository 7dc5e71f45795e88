"""Which fact goes into which field of a form: proposed by names, and confirmed by a person once for each edition.

Comes in: fields. Goes out: field → fact. A field that no name points to is left to a person; nothing is guessed.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/preparation/test_form_mapping.py.
"""

import re
from collections.abc import Iterable

from posada.preparation.form_shape import TEXT, FormField

TICKS = ("is_girl", "is_boy")
FACTS: dict[str, tuple[str, ...]] = {
    "a_number": ("alien registration number", "a number", "anumber", "alien number"),
    "family_name": ("family name", "last name", "lastname", "familyname", "apellido", "surname"),
    "given_name": ("given name", "first name", "firstname", "givenname", "nombre"),
    "full_name": ("full name", "name of respondent", "name of applicant", "respondent name", "complete name"),
    "birth_date": ("date of birth", "birth date", "dateofbirth", "birthdate", "dob"),
    "country": (
        "country of birth",
        "country of citizenship",
        "country of nationality",
        "nationality",
        "citizenship",
    ),
    "language": ("native language", "best language", "language"),
    "arrived_on": ("date of last arrival", "date of arrival", "last arrival", "arrival date"),
    "court": ("immigration court", "court location", "name of court"),
    "hearing_date": ("hearing date", "next hearing", "date of hearing"),
    "counsel_name": ("attorney name", "name of attorney", "representative name", "preparer name"),
    "counsel_firm": ("law firm", "firm name", "organization name", "name of organization"),
    "bar_number": ("bar number", "bar no", "license number"),
    "today": ("date of signature", "date signed", "todays date"),
    "is_girl": ("female",),
    "is_boy": ("male",),
}
"""Fact → words by which a form names it, the more telling first."""
OTHERS = frozenset(
    (
        *(
            "mother",
            "mothers",
            "father",
            "fathers",
            "parent",
            "parents",
            "spouse",
            "spouses",
            "madre",
            "padre",
        ),
        *("sponsor", "sponsors", "guardian", "child", "childs", "brother", "sister", "sibling", "relative"),
        *("interpreter", "interpreters", "wife", "husband", "son", "daughter"),
    )
)
"""Words of a field about somebody else: no fact of this child is proposed for it."""


def propose(fields: Iterable[FormField]) -> dict[str, str]:
    """Field → fact, where the name or the label of a field holds the words of a fact; the longest words win."""
    found = {}
    for each in fields:
        said = f" {_plain(each.label)} | {_plain(each.name)} "
        if OTHERS & set(said.split()):
            continue
        hits = [
            (len(words), fact)
            for fact, listed in FACTS.items()
            for words in listed
            if (fact in TICKS) == (each.kind != TEXT) and _holds(said, words)
        ]
        if hits:
            found[each.name] = max(hits)[1]
    return found


def _holds(said: str, words: str) -> bool:
    return f" {words} " in said


def _plain(text: str) -> str:
    """Words apart: of `form1[0].Pt1Line1_FamilyName[0]` too, in small letters."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    apart = apart.replace("’", "").replace("'", "")
    return " ".join(re.sub(r"[^A-Za-zÀ-ÿ]+", " ", apart).casefold().split())
