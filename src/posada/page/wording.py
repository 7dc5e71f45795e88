"""The page's words, numbers and dates in one language. The words are data: words/en.toml, words/es.toml."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

LANGUAGES = ("en", "es")
NO_BREAK = "\N{NO-BREAK SPACE}"  # a number stays with its unit


class Wording:
    """Looks up a sentence by its dotted key and fills in its values.

    >>> Wording("en").number(57496), Wording("en").money(1491840), Wording("en").kilometers(34123)
    ('57,496', '$14,918.40', '3,412.3\\u00a0km')
    >>> Wording("es").day(date(2026, 11, 24))
    'martes 24 de noviembre de 2026'
    """

    def __init__(self, language: str) -> None:
        """Read the words of a language.

        Raises:
            ValueError: the language is none of `LANGUAGES`.
        """
        if language not in LANGUAGES:
            raise ValueError(f"the page can be written in {' or '.join(LANGUAGES)}, not in {language!r}")
        self.language = language
        self._sentences = sentences(language)

    def __call__(self, key: str, **values: object) -> str:
        """The sentence under a key; numbers among the values are written as the language writes them."""
        written = {k: self.number(v) if isinstance(v, int) else v for k, v in values.items()}
        return self._sentences[key].format(**written)

    def has(self, key: str) -> bool:
        """Whether there is a sentence under a key."""
        return key in self._sentences

    def number(self, count: int) -> str:
        """A whole number with its thousands marked."""
        return f"{count:,}".replace(",", self._sentences["format.thousands"])

    def decimal(self, value: float, *, places: int) -> str:
        """A number with a fixed count of decimal places."""
        whole, _, part = f"{abs(value):.{places}f}".partition(".")
        text = self.number(int(whole)) + (self._sentences["format.decimal"] + part if part else "")
        return f"-{text}" if value < 0 else text

    def money(self, cents: int) -> str:
        """US dollars and cents, from whole cents."""
        return f"${self.number(cents // 100)}{self._sentences['format.decimal']}{cents % 100:02d}"

    def kilometers(self, tenths: int) -> str:
        """Kilometers with one decimal, from tenths."""
        return f"{self.number(tenths // 10)}{self._sentences['format.decimal']}{tenths % 10}{NO_BREAK}km"

    def percent(self, share: float) -> str:
        """A share as a percentage; what would be written as zero is "under 0.1"."""
        if 0 < share < 0.0005:
            return self("format.percent_least", value=self.decimal(0.1, places=1))
        return self("format.percent", value=self.decimal(share * 100, places=1))

    def day(self, on: date) -> str:
        """A date in full, with the day of the week."""
        return self(
            "format.date",
            weekday=self._sentences["format.weekdays"].split()[on.weekday()],
            month=self._sentences["format.months"].split()[on.month - 1],
            day=str(on.day),
            year=str(on.year),
        )


@lru_cache
def sentences(language: str) -> dict[str, str]:
    """Dotted key -> sentence, for one language."""
    file = resources.files("posada.page").joinpath(f"words/{language}.toml")
    return dict(_flat(tomllib.loads(file.read_text(encoding="utf-8"))))


def _flat(tree: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Nested tables as dotted keys."""
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        pairs += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return pairs
