"""Words that the generated pages share: dates, times, languages and ways of service in American English.

Tests: tests/packets/test_page_texts.py.
"""

import tomllib
from datetime import date
from functools import lru_cache
from importlib import resources

from posada.packets.packet import Forum, HearingKind

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)

HEARINGS = {
    HearingKind.MASTER: "Master calendar hearing",
    HearingKind.INDIVIDUAL: "Individual (merits) hearing",
}

_METHODS = {
    "portal": "through the court's electronic filing portal, which serves the other side",
    "mail": "by first-class mail",
    "hand": "by hand delivery",
    "courier": "by overnight courier",
    "email": "by email",
}

AUTHORITIES = {
    Forum.IMMIGRATION_COURT: (
        "UNITED STATES DEPARTMENT OF JUSTICE",
        "EXECUTIVE OFFICE FOR IMMIGRATION REVIEW",
        "IMMIGRATION COURT",
    ),
    Forum.BIA: (
        "UNITED STATES DEPARTMENT OF JUSTICE",
        "EXECUTIVE OFFICE FOR IMMIGRATION REVIEW",
        "BOARD OF IMMIGRATION APPEALS",
    ),
    Forum.USCIS: (
        "UNITED STATES DEPARTMENT OF HOMELAND SECURITY",
        "U.S. CITIZENSHIP AND IMMIGRATION SERVICES",
    ),
    Forum.STATE_COURT: (),
}
"""The lines above the court's place."""


def day_words(day: date) -> str:
    """A date as American courts write it.

    >>> day_words(date(2025, 3, 3))
    'March 3, 2025'
    """
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def day_of_words(text: str) -> date | None:
    """The date of such words; None if they are none.

    >>> day_of_words("March 3, 2025")
    datetime.date(2025, 3, 3)
    """
    month, _, rest = text.partition(" ")
    day, _, year = rest.partition(", ")
    try:
        return date(int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None


def time_words(time: str) -> str:
    """A time of day as American courts write it.

    >>> time_words("13:00"), time_words("08:30"), time_words("0:05")
    ('1:00 PM', '8:30 AM', '12:05 AM')
    """
    hour, minute = (int(part) for part in time.split(":"))
    return f"{(hour + 11) % 12 + 1}:{minute:02} {'AM' if hour < 12 else 'PM'}"


def language_name(code: str) -> str:
    """The English name of a language, or its code where this list has none.

    >>> language_name("quc"), language_name("aaa")
    ("K'iche'", 'the language with code aaa')
    """
    return _language_names().get(code, f"the language with code {code}")


def method_words(method: str) -> str:
    """How service was made, for a sentence.

    >>> method_words("mail"), method_words("fax to the duty desk")
    ('by first-class mail', 'by fax to the duty desk')
    """
    return _METHODS.get(method.strip().lower(), f"by {method}")


def a_number_words(a_number: str) -> str:
    """An A-number with the letter that gives it its name.

    >>> a_number_words("000-000-001"), a_number_words("A000000001")
    ('A 000-000-001', 'A000000001')
    """
    return a_number if not a_number or a_number.upper().startswith("A") else f"A {a_number}"


@lru_cache
def _language_names() -> dict[str, str]:
    text = resources.files("posada.packets").joinpath("languages.toml").read_text(encoding="utf-8")
    return {code: str(name) for code, name in tomllib.loads(text).items()}
