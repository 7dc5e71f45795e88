"""Packaged code lists: ISO 639-3 languages and ISO 3166-1 alpha-3 countries.

Tests: tests/programme/test_codes.py.
"""

from functools import lru_cache
from importlib import resources


@lru_cache
def languages() -> frozenset[str]:
    """Current ISO 639-3 codes. Codes for local use (qaa-qtz) are not listed: see `is_language`."""
    return frozenset(line for line in _lines("languages.txt") if "=" not in line)


@lru_cache
def language_hints() -> dict[str, str]:
    """A retired, two-letter or library code -> the current ISO 639-3 code.

    >>> language_hints()["es"]
    'spa'
    """
    return dict(line.split("=") for line in _lines("languages.txt") if "=" in line)


@lru_cache
def countries() -> frozenset[str]:
    """ISO 3166-1 alpha-3 codes, with the user-assigned XKX, XXA and XXX."""
    return frozenset(_lines("countries.txt"))


def is_language(code: str) -> bool:
    """Whether a text is a current ISO 639-3 code, or one reserved for local use (qaa-qtz).

    >>> is_language("mam"), is_language("es"), is_language("qaa")
    (True, False, True)
    """
    local = len(code) == 3 and "qaa" <= code <= "qtz" and code.isascii() and code.islower()
    return code in languages() or local


def _lines(name: str) -> list[str]:
    text = resources.files("posada.programme.codes").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
