"""Names of counties and languages, and days, in the language of the page. Tests: tests/office/test_shown_names.py."""

from collections.abc import Iterable
from datetime import date

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from posada.placement.explain_words import words_in
from posada.reference.counties import county_names


def county(fips: str) -> str:
    """The name of a county; its code where the table has none."""
    return county_names().get(fips, fips) if fips else _("not known")


def languages(codes: Iterable[str] | None) -> str:
    """Names of languages, best first; a code that has no name here stays a code."""
    words = words_in("es" if (get_language() or "en").startswith("es") else "en")
    return ", ".join(words.get(f"languages.{code}", code) for code in codes or []) or _("not known")


def day_words(day: date) -> str:
    """A day with its weekday, as the language of the page writes it; in Spanish months are not capitals."""
    if day.year == date.max.year:
        return _("no end is known")
    return formats.date_format(day, "D j b Y" if (get_language() or "en").startswith("es") else "D j M Y")
