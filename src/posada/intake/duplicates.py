"""Possible duplicates of a person: at most five, each with the fields that agree and the tokens that are missing.

Comes in: entries. Goes out: `Proposal`s from an index of tokens, never from a cross join; never on birth date
and sex alone; another given name in the same sibling group is a sibling, not a duplicate.
Docs: docs/explanation/duplicates.md. Tests: tests/intake/test_duplicates.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from posada.intake.name_match import Birth, NameMatch, are_siblings, birth_match, name_match, names_agree
from posada.intake.names import SHORTEST_NEAR, SHORTEST_SOUND, is_near, sound, tokens

MOST_PROPOSALS = 5


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A person as an import row or a record has it. A name in one piece goes into `given_name` alone."""

    entry_id: str
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    sex: str = ""
    group_id: str = ""
    other_names: tuple[str, ...] = ()  # whole names as other authorities write them

    @property
    def names(self) -> tuple[str, ...]:
        """Each whole name that this person is known by."""
        return (f"{self.given_name} {self.family_name}", *self.other_names)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A possible duplicate of an entry, for a person to look at side by side."""

    entry_id: str
    tokens: tuple[str, ...]  # of the entry's name, those that agree exactly
    agree: tuple[str, ...]  # of name, birth_date, sex, group: those that agree as a whole
    close: tuple[str, ...]  # of name (a letter, a sound) and birth_date (day and month swapped, one part off)
    missing_here: tuple[str, ...]  # tokens that only the proposed one has
    missing_there: tuple[str, ...]  # tokens that only the entry has


class NameIndex:
    """An index of entries by token, for proposals. Adding and asking may alternate."""

    def __init__(self) -> None:
        self._entries: dict[str, NameEntry] = {}
        self._having: dict[str, set[str]] = {}  # token -> entries
        self._born: dict[date, set[str]] = {}  # birth date -> entries with a name of one token
        self._alike: dict[str, set[str]] = {}  # sound, or token without a letter -> tokens

    @classmethod
    def build(cls, entries: Iterable[NameEntry]) -> "NameIndex":
        """An index of all the entries."""
        index = cls()
        for entry in entries:
            index.add(entry)
        return index

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, entry: NameEntry) -> None:
        """Add an entry, in place of an older one with the same id."""
        old = self._entries.pop(entry.entry_id, None)
        if old is not None:
            for found in (*(self._having[token] for token in _tokens(old)), *self._single(old)):
                found.discard(old.entry_id)
        self._entries[entry.entry_id] = entry
        for token in _tokens(entry):
            if token not in self._having:
                self._having[token] = set()
                for key in _alike_keys(token):
                    self._alike.setdefault(key, set()).add(token)
            self._having[token].add(entry.entry_id)
        for found in self._single(entry):
            found.add(entry.entry_id)

    def proposals(self, entry: NameEntry, *, limit: int = MOST_PROPOSALS) -> tuple[Proposal, ...]:
        """The likeliest duplicates, best first; the entry itself (same id) is never one."""
        found = []
        for entry_id in self._candidates(entry):
            other = self._entries[entry_id]
            ranked = _compared(entry, other) if entry_id != entry.entry_id else None
            if ranked is not None:
                found.append((*ranked[0], entry_id, ranked[1]))
        found.sort(key=lambda each: each[:-1])
        return tuple(each[-1] for each in found[:limit])

    def _candidates(self, entry: NameEntry) -> set[str]:
        """Entries that share two tokens with this one, or one token and the birth date."""
        found: set[str] = set()
        variants = [tokens(name) for name in entry.names]
        for variant in variants:
            having = [self._near_or_same(token) for token in variant]
            for one, other in combinations(having, 2):
                found |= one & other
            if len(variant) == 1 and entry.birth_date is not None:
                same_name = self._having.get(variant[0], set())
                found |= {each for each in same_name if self._entries[each].birth_date == entry.birth_date}
        if entry.birth_date is not None:
            found |= self._born.get(entry.birth_date, set())
        return found

    def _near_or_same(self, token: str) -> set[str]:
        alike = {each for key in _alike_keys(token) for each in self._alike.get(key, ())}
        near = [self._having[each] for each in alike if is_near(token, each)]
        return set().union(self._having.get(token, set()), *near)

    def _single(self, entry: NameEntry) -> list[set[str]]:
        if entry.birth_date is None or all(len(tokens(name)) != 1 for name in entry.names):
            return []
        return [self._born.setdefault(entry.birth_date, set())]


_Rank = tuple[int, int, int, bool, bool]


def _compared(entry: NameEntry, other: NameEntry) -> tuple[_Rank, Proposal] | None:
    """The rank (lower is likelier) and the proposal, or None where the two are told apart."""
    born = birth_match(entry.birth_date, other.birth_date)
    if born is Birth.APART and set(_tokens(entry)) != set(_tokens(other)):
        return None  # the quickest way out of most pairs; `names_agree` would say the same
    same_sex = bool(entry.sex) and entry.sex == other.sex
    unlike_sex = bool(entry.sex and other.sex) and not same_sex
    same_group = bool(entry.group_id) and entry.group_id == other.group_id
    agreeing = [
        match
        for match in _matches(entry, other, same_group=same_group)
        if names_agree(match, born=born, unlike_sex=unlike_sex)
    ]
    if not agreeing:
        return None
    best = min(agreeing, key=lambda each: (len(each.only_here) + len(each.only_there), len(each.near), each))
    rank = (born.rank, len(best.only_here) + len(best.only_there), len(best.near), unlike_sex, not same_group)
    return rank, _proposal(other, best, born=born, same_sex=same_sex, same_group=same_group)


def _matches(entry: NameEntry, other: NameEntry, *, same_group: bool) -> Iterator[NameMatch]:
    """Each name of the one beside each name of the other; the first pair only where it may be one person."""
    for at, one in enumerate(map(tokens, entry.names)):
        for beside, another in enumerate(map(tokens, other.names)):
            is_told_apart = at == beside == 0 and _are_told_apart(entry, other, same_group=same_group)
            if one and another and not is_told_apart:
                yield name_match(one, another)


def _are_told_apart(entry: NameEntry, other: NameEntry, *, same_group: bool) -> bool:
    if not all((entry.given_name, entry.family_name, other.given_name, other.family_name)):
        return False
    return are_siblings(
        tokens(entry.given_name),
        tokens(other.given_name),
        whole=(tokens(entry.names[0]), tokens(other.names[0])),
        same_group=same_group,
    )


def _proposal(
    other: NameEntry, match: NameMatch, *, born: Birth, same_sex: bool, same_group: bool
) -> Proposal:
    is_whole = not (match.near or match.only_here or match.only_there)
    agree = {"name": is_whole, "birth_date": born is Birth.SAME, "sex": same_sex, "group": same_group}
    close = {"name": bool(match.near), "birth_date": born is Birth.CLOSE}
    return Proposal(
        entry_id=other.entry_id,
        tokens=match.exact,
        agree=tuple(name for name, holds in agree.items() if holds),
        close=tuple(name for name, holds in close.items() if holds),
        missing_here=match.only_there,
        missing_there=match.only_here,
    )


def _tokens(entry: NameEntry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token for name in entry.names for token in tokens(name)))


def _alike_keys(token: str) -> Iterator[str]:
    """Two tokens that are near share one of these: the token, it without one letter, or its sound."""
    if len(token) >= SHORTEST_SOUND:
        yield f"~{sound(token)}"
    if len(token) >= SHORTEST_NEAR:
        yield token
        yield from {token[:at] + token[at + 1 :] for at in range(len(token))}
