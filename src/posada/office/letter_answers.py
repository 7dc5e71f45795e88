"""What every letter from the public site says of who wrote it, held to what its forms can send.

Comes in: an opened letter; whoever wrote it may have left the forms out. Goes out: the writer, or ValueError.
Docs: docs/decisions/0012-the-public-site-and-the-office-exchange-files.md.
Tests: tests/office/test_letter_answers.py.
"""

import re
from dataclasses import dataclass
from typing import Any

from posada.reference.counties import county_names

TICKET, LANGUAGE = re.compile(r"[0-9a-f]{16}"), re.compile(r"[a-z]{2,8}")
MOST_LANGUAGES, MOST_LETTERS = 20, 200


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote a letter. `contacts`: contact_name, phone, email as typed, to be sealed; empty where nothing was."""

    ticket: str
    county: str
    languages: list[str]
    best_language: str
    contacts: dict[str, str]


def writer_of(told: dict[str, Any]) -> Writer:
    """The writer of a letter. Raises ValueError, KeyError, TypeError where no form of ours sent it."""
    answers = told["answers"]
    writer = Writer(
        ticket=str(told["ticket"]),
        county=str(answers["county"]),
        languages=[str(each) for each in answers["languages"]],
        best_language=str(answers["best_language"]),
        contacts={name: str(answers.get(name, "")).strip() for name in ("contact_name", "phone", "email")},
    )
    contacts = writer.contacts
    is_right = (
        TICKET.fullmatch(writer.ticket)
        and writer.county in county_names()
        and 1 <= len(writer.languages) <= MOST_LANGUAGES
        and all(LANGUAGE.fullmatch(each) for each in [writer.best_language, *writer.languages])
        and contacts["contact_name"]
        and (contacts["phone"] or contacts["email"])
        and all(len(each) <= MOST_LETTERS and each.isprintable() for each in contacts.values())
    )
    if not is_right:
        raise ValueError("not what the form sends")
    return writer
