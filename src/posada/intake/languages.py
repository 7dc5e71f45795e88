"""The language picker: found under any spelling, the program's languages first, then living ones.

Comes in: what somebody typed. Goes out: `Language`s with ISO 639-3 codes. Only living languages are listed, so
no dead or invented one is offered. Docs: docs/explanation/duplicates.md. Tests: tests/intake/test_languages.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from posada.intake.names import fold
from posada.programme.codes import language_hints


@dataclass(frozen=True, slots=True)
class Language:
    """A living language. `own_name`: as its speakers call it, where the package knows that."""

    code: str  # ISO 639-3
    english: str
    spanish: str
    own_name: str = ""
    spellings: tuple[str, ...] = ()

    def name(self, in_language: str) -> str:
        """Its name in `en` or `es`."""
        return self.spanish if in_language == "es" else self.english


@lru_cache
def program_languages() -> tuple[Language, ...]:
    """The languages that the package lists first, most asked for first."""
    found = []
    for code, english, spanish, own_name, spellings in _rows("program_languages.tsv", width=5):
        listed = _living().get(code)
        known = (*spellings.split(";"), *((listed.english, *listed.spellings) if listed else ()))
        found.append(Language(code, english, spanish, own_name, tuple(filter(None, known))))
    return tuple(found)


def language(code: str) -> Language | None:
    """The language of an ISO 639-3 code; None for one that is not living, or no code.

    >>> language("quc").english
    'K’iche’'
    """
    return _by_code().get(code)


def language_name(code: str, *, in_language: str) -> str:
    """Its name in `en` or `es`; the code itself where it is not known."""
    found = language(code)
    return found.name(in_language) if found is not None else code


def find_languages(text: str, *, first: Iterable[str] = (), limit: int = 20) -> tuple[Language, ...]:
    """Languages by code, name, own name or other spelling: the whole, its beginning, a word's, then its inside.

    `first`: codes that come before others (those in use in this program); an empty text lists them and the
    package's own, and nothing else.

    >>> [find_languages(text)[0].code for text in ("K`ICHE", "quiché", "Kanjobal", "es")]
    ['quc', 'quc', 'kjb', 'spa']
    """
    used = [found for code in first if (found := language(code)) is not None]
    ahead = {each.code: at for at, each in reversed(list(enumerate([*used, *program_languages()])))}
    sought = fold(text)
    if not sought:
        return tuple(_by_code()[code] for code in sorted(ahead, key=ahead.__getitem__)[:limit])
    found_ones = []
    for code, (each, keys) in _keys().items():
        fit = min((_fit(sought, key) for key in keys), default=_NONE)
        if language_hints().get(sought) == code:
            fit = 0
        if fit < _NONE:
            found_ones.append((fit, ahead.get(code, len(ahead)), fold(each.english), code, each))
    return tuple(found[-1] for found in sorted(found_ones, key=lambda found: found[:-1])[:limit])


_NONE = 4


def _fit(sought: str, key: str) -> int:
    if key == sought:
        return 0
    if key.startswith(sought):
        return 1
    if f" {sought}" in key:
        return 2
    # Two letters stand inside of almost everything.
    return 3 if len(sought) > 2 and sought in key else _NONE


@lru_cache
def _keys() -> dict[str, tuple[Language, tuple[str, ...]]]:
    """Code -> the language with everything that it is found under, folded."""
    return {
        code: (
            each,
            tuple(
                dict.fromkeys(
                    filter(
                        None, map(fold, (code, each.english, each.spanish, each.own_name, *each.spellings))
                    )
                )
            ),
        )
        for code, each in _by_code().items()
    }


@lru_cache
def _by_code() -> dict[str, Language]:
    return {**_living(), **{each.code: each for each in program_languages()}}


@lru_cache
def _living() -> dict[str, Language]:
    return {
        code: Language(code, name, name, "", tuple(filter(None, others.split(";"))))
        for code, name, others in _rows("languages.tsv", width=3)
    }


def _rows(name: str, *, width: int) -> Iterator[list[str]]:
    text = resources.files("posada.intake").joinpath(f"lists/{name}").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (width - len(cells))
