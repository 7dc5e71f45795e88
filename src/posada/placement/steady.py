"""Who of alike ones gets which of alike places, so that a small change of the program moves few.

Any pairing is as good as any other. Were both lists simply paired in order, one group more would move everybody
after it. Here each pair of names has a rank of its own, drawn from the two names alone, and the pairs of the
lowest ranks come first: who is not touched by a change mostly keeps the place, from one evening to the next.
Comes in: names. Goes out: which goes with which. Tests: tests/placement/test_steady.py.
"""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
MOST_PAIRS = 4_000_000
"""Longer lists are paired in parts of their order: the ranks of all pairs would take too much memory."""


def ranks(names: Sequence[str], places: Sequence[str], name: Ints, place: Ints) -> Floats:
    """(n,) numbers in [0, 1), one for each pair of a name's and a place's index; the names alone decide."""
    mixed = _mixed(_words(names)[name] ^ _words(places)[place])
    return (mixed >> np.uint64(11)).astype(np.float64) / 2.0**53


def paired(names: Sequence[str], places: Sequence[str]) -> list[int]:
    """For each name the index of its place; len(names) <= len(places). A place's name may come repeatedly.

    >>> sorted(paired(["g1", "g2"], ["h1", "h1"]))
    [0, 1]
    """
    if len(names) > len(places):
        raise ValueError("more names than places")
    if len(places) <= 1:
        return [0] * len(names)
    if len(names) * len(places) > MOST_PAIRS:
        half = len(names) // 2
        first = paired(names[:half], places[:half])
        return first + [half + k for k in paired(names[half:], places[half:])]
    rank = _mixed(_words(names)[:, None] ^ _words(_told_apart(places))[None, :])
    found = np.full(len(names), -1, dtype=np.int64)
    taken = np.zeros(len(places), dtype=np.bool_)
    open_names = np.arange(len(names))
    while len(open_names):
        # A pair that is the lowest of both its row and its column is in the pairing, whatever else is.
        free = np.flatnonzero(~taken)
        part = rank[np.ix_(open_names, free)]
        best, best_name = part.argmin(axis=1), part.argmin(axis=0)
        sure = best_name[best] == np.arange(len(open_names))
        found[open_names[sure]] = free[best[sure]]
        taken[free[best[sure]]] = True
        open_names = open_names[~sure]
    return [int(k) for k in found]


def _told_apart(places: Sequence[str]) -> list[str]:
    """Each place with the number of its namesakes before it."""
    seen: dict[str, int] = {}
    told = []
    for place in places:
        seen[place] = seen.get(place, 0) + 1
        told.append(f"{place}\n{seen[place]}")
    return told


def _words(names: Sequence[str]) -> Words:
    """A number of 64 bits for each name."""
    joined = b"".join(blake2b(name.encode("utf-8"), digest_size=8).digest() for name in names)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)


def _mixed(words: Words) -> Words:
    """Every bit of the result hangs on every bit given (splitmix64: S. Vigna, public domain)."""
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))
