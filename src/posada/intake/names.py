"""Names as sets of folded tokens, so that a name is found however somebody wrote it.

Comes in: a name as written. Goes out: tokens without case, accents, apostrophes, order or particles; words
that stand for "not known" take no part. Nothing here is stored in place of the name itself.
Docs: docs/explanation/duplicates.md. Tests: tests/intake/test_names.py.
"""

import re
import unicodedata
from functools import lru_cache
from importlib import resources

MAX_NAME = 400
"""Characters of a name that are looked at; what is longer is a pasted document."""
PARTICLES = frozenset(("de", "del", "la", "las", "lo", "los", "el", "y", "e", "da", "das", "do", "dos"))
SHORTEST_NEAR, SHORTEST_SOUND = 5, 4
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛`´ʼʻʹʽˈ′ꞌ＇"))
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_NOT_WORD = re.compile(r"[\W_]+")
_SOUNDS = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"^x", "j"),
        (r"ph", "f"),
        (r"ch", "#"),  # one sound of its own, whatever becomes of c and h
        (r"h", ""),
        (r"qu(?=[ei])|q", "k"),
        (r"c(?=[eiy])|z", "s"),
        (r"c", "k"),
        (r"gu(?=[ei])", "%"),
        (r"g(?=[eiy])", "j"),
        (r"%", "g"),
        (r"v", "b"),
        (r"w", "u"),
        (r"ll|y", "i"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(65_536)
def fold(text: str) -> str:
    """Lower case, no accents or apostrophes, everything but letters and digits as single spaces.

    >>> fold("  K’iche’ Pérez-LÓPEZ, José ")
    'kiche perez lopez jose'
    """
    bare = text[:MAX_NAME].translate(_APOSTROPHES)
    apart = unicodedata.normalize("NFKD", bare).casefold().translate(_LETTERS)
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", plain).strip()


@lru_cache(65_536)
def tokens(name: str) -> tuple[str, ...]:
    """The tokens that take part in comparing, sorted; particles, initials and placeholders left out.

    Repeats are kept: Pérez Pérez has two family names. A name of nothing but particles or initials keeps them.

    >>> tokens("LOPEZ PEREZ, José de la O")
    ('jose', 'lopez', 'perez')
    """
    found = _without_placeholders(fold(name).split())
    telling = [token for token in found if len(token) > 1 and token not in PARTICLES]
    return tuple(sorted(telling or found))


def is_placeholder(name: str) -> bool:
    """Whether a name says nothing: empty, "unknown unknown", "sin nombre" and the like."""
    return not tokens(name)


@lru_cache(65_536)
def sound(token: str) -> str:
    """A folded token as it sounds in Spanish: b and v, s and z, c and k, ll and y, a silent h.

    >>> sound("velazquez") == sound("belasques")
    True
    """
    heard = token
    for pattern, becomes in _SOUNDS:
        heard = pattern.sub(becomes, heard)
    return heard


def is_near(one: str, other: str) -> bool:
    """Whether two different tokens differ by one letter (five letters or more) or sound alike (four or more).

    One letter: put in, left out, another, or two neighbors changed about.

    >>> is_near("perez", "peres"), is_near("luis", "luisa"), is_near("perez", "perez")
    (True, False, False)
    """
    shorter = min(len(one), len(other))
    if one == other or shorter < SHORTEST_SOUND:
        return False
    if shorter >= SHORTEST_NEAR and _is_one_letter_off(one, other):
        return True
    return sound(one) == sound(other)


def _is_one_letter_off(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    is_swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or is_swapped


def _without_placeholders(words: list[str]) -> list[str]:
    """The words without any run of them that is a placeholder, the longest run first."""
    left, at = [], 0
    known = _placeholders()
    longest = max(map(len, known))
    while at < len(words):
        run = next(
            (size for size in range(longest, 0, -1) if tuple(words[at : at + size]) in known),
            0,
        )
        if not run:
            left.append(words[at])
        at += run or 1
    return left


@lru_cache
def _placeholders() -> frozenset[tuple[str, ...]]:
    file = resources.files("posada.intake").joinpath("lists/placeholder_names.txt")
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(tuple(line.split()) for line in lines if line and not line.startswith("#"))
