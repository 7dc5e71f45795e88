"""The docket's words in English and Spanish. The words are data: words/*.toml.

Comes in: a key and values. Goes out: text. Docs: docs/explanation/how-deadlines-are-counted.md.
Tests: tests/docket/test_wording.py.
"""

import tomllib
from datetime import date
from functools import lru_cache
from importlib import resources

LANGUAGES = ("en", "es")


@lru_cache
def words_in(language: str) -> dict[str, str]:
    """Dotted key -> words of one language. Raises ValueError for a language not in `LANGUAGES`."""
    if language not in LANGUAGES:
        raise ValueError(f"the docket speaks {' and '.join(LANGUAGES)}, not {language!r}")
    file = resources.files("posada.docket").joinpath(f"words/{language}.toml")
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {f"{table}.{key}": text for table, entries in tables.items() for key, text in entries.items()}


def day_in_words(day: date, *, language: str, weekday: bool = True) -> str:
    """A day as people write it.

    >>> day_in_words(date(2025, 6, 19), language="en")
    'Thursday 19 June 2025'
    >>> day_in_words(date(2025, 6, 19), language="es", weekday=False)
    '19 de junio de 2025'
    """
    words = words_in(language)
    return words["form.weekday" if weekday else "form.day"].format(
        weekday=words["form.weekdays"].split()[day.weekday()],
        day=day.day,
        month=words["form.months"].split()[day.month - 1],
        year=day.year,
    )


def amount_in_words(number: int, unit: str, *, language: str) -> str:
    """So many days, months, years or hours.

    >>> amount_in_words(5, "business_days", language="es")
    '5 días hábiles'
    """
    words = words_in(language)
    return words[f"one.{unit}"] if number == 1 else words[f"many.{unit}"].format(n=number)


def holiday_in_words(name: str, *, language: str) -> str:
    """A holiday of the calendar; one that the words do not have keeps its own name.

    >>> holiday_in_words("New Year's Day (observed)", language="es")
    'Año Nuevo (trasladado)'
    """
    from posada.docket.calendar import OBSERVED

    words = words_in(language)
    plain = name.removesuffix(OBSERVED)
    told = words.get(f"holiday.{plain}", plain)
    return told if plain == name else words["form.observed"].format(holiday=told)
