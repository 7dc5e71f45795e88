"""Find a person by name: keys to store in an indexed table, keys to look up, and the order of what was found.

Store `search_keys` of each name, one row a key. To search: take the rows whose key is among `lookup_keys`,
count them by person, keep the first few hundred, and order those with `rank`.
Docs: docs/explanation/duplicates.md. Tests: tests/intake/test_search.py.
"""

import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from posada.intake.names import SHORTEST_NEAR, SHORTEST_SOUND, fold, is_near, sound, tokens

MAX_KEY = 40
"""The longest key, in characters."""
MOST_TOKENS = 8
"""Tokens of a query that are looked at, and of a name that are stored."""
_BEGUN = 3
"""Letters from which a token that is still being typed is looked for by its beginning."""
_MAY_MISS_FROM = 3
"""Tokens of a query from which one of them may be missing: a second surname is often left out."""
_LETTERS = string.ascii_lowercase


@dataclass(frozen=True, slots=True)
class Hit:
    """One candidate that matches: `exact`, `begun` (still being typed) and `near` count the query's tokens."""

    person_id: str
    name: str
    exact: int
    begun: int
    near: int


def search_keys(*names: str, begun: bool = True) -> tuple[str, ...]:
    """The keys of a person's names, sorted: each token; its first three letters; its sound where that differs.

    `begun`: leave the first letters out for an index that looks up beginnings itself.

    >>> search_keys("José Vega")
    ('jos*', 'jose', 'veg*', 'vega', '~bega')
    """
    found = set()
    for name in names:
        for token in _tokens(name):
            found.add(_key(token))
            if begun and len(token) > _BEGUN:
                found.add(f"{token[:_BEGUN]}*")
            if len(token) >= SHORTEST_SOUND and sound(token) != token:
                found.add(_key(f"~{sound(token)}"))
    return tuple(sorted(found))


def lookup_keys(text: str, *, while_typing: bool = True) -> tuple[str, ...]:
    """The keys to ask for, sorted. Some stored key of a name is among them whenever `rank` would list the name.

    A token of seven letters asks for some 400 keys, so that nothing but tokens has to be stored.
    `while_typing`: the last token may be only begun; leave that out to look for duplicates of a whole name.
    """
    found = {key for token in _tokens(text) for key in near_keys(token)}
    begun = _begun(text) if while_typing else ""
    return tuple(sorted(found | ({f"{begun[:_BEGUN]}*"} if begun else set())))


def near_keys(token: str) -> frozenset[str]:
    """The keys under which a folded token, or one near to it, is stored."""
    found = {_key(token)}
    if len(token) >= SHORTEST_SOUND:
        found |= {_key(f"~{sound(token)}"), _key(sound(token))}
    if len(token) >= SHORTEST_NEAR:
        found.update(_key(each) for each in one_letter_off(token) if len(each) >= SHORTEST_NEAR)
    return frozenset(found)


def rank(text: str, candidates: Iterable[tuple[str, str]], *, limit: int = 20) -> tuple[Hit, ...]:
    """The candidates (person_id, name) that match, best first; ties by name, then id.

    Every token of `text` has to match, of three or more all but one. The last may be only begun.
    """
    asked, begun = _tokens(text), _begun(text)
    if not asked:
        return ()
    may_miss = len(asked) >= _MAY_MISS_FROM
    found = []
    for person_id, name in candidates:
        had = _tokens(name)
        hit = _hit(asked, had, begun=begun, person_id=person_id, name=name)
        matched = hit.exact + hit.begun + hit.near
        if matched >= len(asked) - may_miss:
            found.append((-matched, -hit.exact, -hit.begun, len(had), name, person_id, hit))
    return tuple(each[-1] for each in sorted(found, key=lambda each: each[:-1])[:limit])


def _hit(asked: tuple[str, ...], had: tuple[str, ...], *, begun: str, person_id: str, name: str) -> Hit:
    left = list(had)
    open_tokens, counts = [], {"exact": 0, "begun": 0, "near": 0}
    for token in asked:
        if token in left:
            left.remove(token)
            counts["exact"] += 1
        else:
            open_tokens.append(token)
    for token in open_tokens:
        starts = [each for each in left if token == begun and each.startswith(token)]
        near = [each for each in left if is_near(token, each)]
        if starts or near:
            left.remove((starts or near)[0])
            counts["begun" if starts else "near"] += 1
    return Hit(person_id, name, **counts)


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_key(token) for token in tokens(text)[:MOST_TOKENS])


def _begun(text: str) -> str:
    """The last token as typed, where it is long enough to be looked for by its beginning; or an empty text."""
    words = fold(text).split()
    last = _key(words[-1]) if words else ""
    return last if len(last) >= _BEGUN and last in _tokens(text) else ""


def _key(token: str) -> str:
    return token[:MAX_KEY]


def one_letter_off(token: str) -> Iterator[str]:
    """Every spelling of a folded token with one letter more, less, other, or two neighbors swapped."""
    for at in range(len(token) + 1):
        before, after = token[:at], token[at:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in _LETTERS)
