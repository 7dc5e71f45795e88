"""Points of an explanation as plain sentences, in English or Spanish. The words are data: words/*.toml.

Comes in: an `Explanation`. Goes out: sentences that a worker can read to the family.
Docs: docs/how-to/ask-why.md. Tests: tests/placement/test_explain_words.py.
"""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pages need words and no solver
    from posada.placement.explain import Explanation, Point

LANGUAGES = ("en", "es")


def sentences_of(explanation: "Explanation", *, language: str) -> list[str]:
    """The sentences of an explanation, in order. Raises ValueError for a language not in `LANGUAGES`."""
    words = words_in(language)
    return [_sentence(point, words) for point in explanation.points]


def rule_words(code: str, *, language: str) -> str:
    """What a rule that refuses means, as the end of a sentence.

    >>> rule_words("checks", language="en")
    'its safety checks are not clear'
    """
    return words_in(language)[f"rules.{code}"]


@lru_cache
def words_in(language: str) -> dict[str, str]:
    """Dotted key -> words of one language. Raises ValueError for a language not in `LANGUAGES`."""
    if language not in LANGUAGES:
        raise ValueError(f"an explanation is in {' or '.join(LANGUAGES)}, not in {language!r}")
    file = resources.files("posada.placement").joinpath(f"words/{language}.toml")
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {f"{table}.{key}": text for table, entries in tables.items() for key, text in entries.items()}


def _sentence(point: "Point", words: dict[str, str]) -> str:
    text = _filled(point, words)
    if point.key.startswith("goes."):
        reasons = _joined([_filled(each, words) for each in point.reasons], words)
        key = "join.because" if reasons else "join.plain"
        text = words[key].format(what=text, reasons=reasons)
    return text


def _filled(point: "Point", words: dict[str, str]) -> str:
    inner = [_filled(each, words) for each in point.reasons]
    inner += [words[f"rules.{code}"] for code in point.rules]
    ids = _joined(list(point.ids), words)
    spoken = [words.get(f"languages.{code}", code) for code in point.languages]
    return words[point.key].format(
        **point.values,
        rules=_joined(inner, words),
        languages=_joined(spoken, words),
        who=_who(point.who, words),
        homes=ids,
    )


def _who(relationship: str, words: dict[str, str]) -> str:
    """A relationship in words; one that is in no list is told as "family", never in another language."""
    found = words.get(f"who.{relationship}") or words.get(f"who.{relationship.strip().lower()}")
    return found or words["who.category_2B"]


def _joined(parts: Sequence[str], words: dict[str, str]) -> str:
    """Parts as a list in a sentence: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    # In Spanish "y" becomes "e" before the sound of "i".
    sounds_like_i = parts[-1].startswith(("i", "hi")) and not parts[-1].startswith(("hie", "ia", "ie"))
    key = "join.last_vowel_i" if sounds_like_i else "join.last"
    return words[key].format(first=words["join.comma"].join(parts[:-1]), last=parts[-1])
