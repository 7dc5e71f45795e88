"""Several unrelated children behind one address, phone, e-mail or person: stop, and ask a supervisor.

Comes in: keyed hashes as opaque texts, of homes of every kind and state, and who lives there. Goes out: a
`Stop`, which names homes and what they share, never the address.
Docs: docs/reference/checks.md. Tests: tests/licensing/test_unrelated.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Linked:
    """One home (kin, foster, group; open or closed) with what can be matched, and its unrelated children.

    `hashes`: (what, keyed hash), what being address, phone, email or person. An address in a building counts
    with and without its unit: give both hashes. `unrelated_children`: ids of children placed there, now or
    before, or offered, whom no accepted tie of kin links to the home.
    """

    home_id: str
    hashes: frozenset[tuple[str, str]]
    unrelated_children: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stop:
    """The n-th unrelated child: a supervisor has to decide."""

    children: int  # unrelated children, the proposed ones among them
    limit: int
    homes: tuple[str, ...]  # the homes that count as one place, the proposed one among them
    shared: tuple[str, ...]  # what they share: address, phone, email, person


def stop_at(home: Linked, *, children: Iterable[str], others: Iterable[Linked], limit: int) -> Stop | None:
    """Whether placing these unrelated children in `home` makes the `limit`-th one of the place, or more.

    A place is every home that shares a hash with it, directly or through others; a home may be given in
    several pieces. No new unrelated child: None, since nothing is added. Raises ValueError for a limit under 1.
    """
    if limit < 1:
        raise ValueError("the limit of unrelated children must be 1 or more")
    proposed = frozenset(children)
    pieces = [home, *others]
    joined, shared = _one_place(pieces)
    there = frozenset(child for at in joined for child in pieces[at].unrelated_children)
    everyone = there | proposed
    if not proposed - there or len(everyone) < limit:
        return None
    homes = tuple(sorted({pieces[at].home_id for at in joined}))
    return Stop(len(everyone), limit, homes, tuple(sorted(shared)))


def related_by(sponsor_category: str) -> bool:
    """Whether a sponsor category counts as kin here: 3 is a distant relative or no relative, and does not."""
    return sponsor_category in ("1", "2A", "2B")


def _one_place(pieces: list[Linked]) -> tuple[set[int], set[str]]:
    """The positions of the pieces joined to the first by shared hashes or the same home, and what is shared."""
    keys = [piece.hashes | {("home", piece.home_id)} for piece in pieces]
    having: dict[tuple[str, str], list[int]] = {}
    for at, found in enumerate(keys):
        for key in found:
            having.setdefault(key, []).append(at)
    joined, waiting, shared = {0}, [0], set[str]()
    while waiting:
        for key in keys[waiting.pop()]:
            if key[0] != "home" and len({pieces[at].home_id for at in having[key]}) > 1:
                shared.add(key[0])
            new = [at for at in having[key] if at not in joined]
            joined.update(new)
            waiting += new
    return joined, shared
