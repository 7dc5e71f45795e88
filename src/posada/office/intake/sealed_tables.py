"""The two files of a program folder that only the office opens: names of children, addresses of homes.

Comes in: nothing. Goes out: their tables, in the form that the reader of every other file takes. What stands in
them is never repeated in a refusal. Docs: docs/reference/program-folder.md.
Tests: tests/office/intake/test_reading.py.
"""

from dataclasses import dataclass
from typing import Any, cast

from posada.programme.tables import Column, Kind, Table


@dataclass(frozen=True, slots=True)
class Person:
    """One row of people.csv. Empty text means "not known"."""

    child_id: str
    given_name: str = ""
    family_name: str = ""
    a_number: str = ""
    birth_country_document: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One row of contacts.csv. Empty text means "not known"."""

    home_id: str
    name: str = ""
    street: str = ""
    city: str = ""
    postal_code: str = ""
    phone: str = ""
    email: str = ""
    best_language: str = ""


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, Kind.TEXT) for name in names)


PEOPLE = Table(
    "people.csv",
    cast(Any, Person),
    (
        Column("child_id", Kind.ID, required=True, filled=True),
        *_texts("given_name", "family_name", "a_number", "birth_country_document"),
    ),
    key="child_id",
)
CONTACTS = Table(
    "contacts.csv",
    cast(Any, Contact),
    (
        Column("home_id", Kind.ID, required=True, filled=True),
        *_texts("name", "street", "city", "postal_code", "phone", "email", "best_language"),
    ),
    key="home_id",
)
SEALED_TABLES = {table.file: table for table in (PEOPLE, CONTACTS)}
NOT_SHOWN = "(not shown)"
"""Stands for what was found in a cell of these files."""

SEALED_AS = {
    ("people.csv", "a_number"): "a_number",
    ("people.csv", "birth_country_document"): "birth_country_document",
    ("contacts.csv", "name"): "contact_name",
    ("contacts.csv", "street"): "street",
    ("contacts.csv", "city"): "city",
    ("contacts.csv", "postal_code"): "postal_code",
    ("contacts.csv", "phone"): "phone",
    ("contacts.csv", "email"): "email",
}
"""Columns whose values are sealed, and the sealed field that each becomes."""
PAGE_LANGUAGES = {"spa": "es", "eng": "en"}
"""Languages that the office's own pages and letters are written in: kept under the name that those use."""
