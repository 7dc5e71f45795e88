"""Possible duplicates of children who are brought: found through the index of names, never by a cross join.

Comes in: what was brought. Goes out: for each row at most five records that may be the same child, with what agrees.
A child that the file itself updates is not one of them. Docs: docs/how-to/load-arrivals.md.
Tests: tests/office/intake/test_candidates.py.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from uuid import UUID

from django.db.models import Count

from posada.intake.duplicates import NameEntry, NameIndex
from posada.intake.name_match import Birth, birth_match
from posada.intake.names import tokens
from posada.office.intake.bulk import batches
from posada.office.intake.models import Child, NameKey

MOST = 5
MOST_LOOKED_AT = 200  # records for one entry
CROWD = 1_000  # records that have a token; of more, only those of the same birth date, or its day and month swapped
FEW = 2_000  # entries; of more, only pairs with the same tokens, the same birth date, or its day and month swapped


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible duplicate. `row` 0: an entry that stands already; `other`: an id of `entries` or of a record."""

    entry_id: str
    other: str
    agree: tuple[str, ...]
    close: tuple[str, ...]
    missing_here: tuple[str, ...] = ()
    missing_there: tuple[str, ...] = ()


def candidates(entries: Iterable[NameEntry]) -> Iterator[Candidate]:
    """Candidates of each entry among the records and the other entries; each pair once."""
    known: set[tuple[str, ...]] = set()
    named = [entry for entry in entries if _tokens(entry)]
    try:
        for entry, near in _few(named) if len(named) <= FEW else _many(named):
            for each in NameIndex.build(near).proposals(entry, limit=MOST):
                pair = tuple(sorted((entry.entry_id, each.entry_id)))
                if pair not in known:
                    known.add(pair)
                    missing = (each.missing_here, each.missing_there)
                    yield Candidate(entry.entry_id, each.entry_id, each.agree, each.close, *missing)
    finally:
        _tokens_of.cache_clear()  # no name stays in memory when it is done


def _few(named: list[NameEntry]) -> Iterator[tuple[NameEntry, list[NameEntry]]]:
    """Each entry with what is near it: records through the index of names, and the other entries."""
    own, holders = NameIndex.build(named), _Holders()
    by_id = {entry.entry_id: entry for entry in named}
    for batch in batches(named, size=500):
        near = holders.near(batch)
        for entry in batch:
            beside = [by_id[each.entry_id] for each in own.proposals(entry, limit=MOST)]
            yield entry, [*near[entry.entry_id], *beside]


def _many(named: list[NameEntry]) -> Iterator[tuple[NameEntry, list[NameEntry]]]:
    """The same for a whole nation: entries and records in blocks of one birth date or one set of tokens."""
    blocks: dict[Hashable, list[NameEntry]] = defaultdict(list)
    taken = {entry.entry_id for entry in named}
    for entry in chain(named, (each for each in _all_records() if each.entry_id not in taken)):
        mine = _tokens(entry)
        blocks[mine].append(entry)
        if entry.birth_date is not None:
            blocks[entry.birth_date].append(entry)
    for entry in named:
        mine = _tokens(entry)
        keys: list[Hashable] = [mine, entry.birth_date, _swapped(entry.birth_date)]
        found = {
            each.entry_id: each
            for key in keys
            if key is not None
            for each in blocks.get(key, ())[:MOST_LOOKED_AT]
            if _share(mine, _tokens(each))
        }
        yield entry, list(found.values())


def _swapped(day: date | None) -> date | None:
    return day.replace(month=day.day, day=day.month) if day is not None and day.day <= 12 else None


def _all_records(*, born: list[date] | None = None) -> Iterator[NameEntry]:
    standing = Child.objects.filter(voided_at__isnull=True, merged_into__isnull=True).exclude(
        given_name="", family_name=""
    )
    if born is not None:
        standing = standing.filter(birth_date__in=born)
    columns = ("child_id", "given_name", "family_name", "birth_date", "sex", "group__sibling_group_id")
    return (NameEntry(*row) for row in standing.values_list(*columns).iterator(chunk_size=5_000))


def entry_of(child: Child) -> NameEntry:
    """A record as an entry to compare."""
    return NameEntry(
        child.child_id,
        child.given_name,
        child.family_name,
        child.birth_date,
        child.sex,
        child.group.sibling_group_id,
    )


class _Holders:
    """Token → the records that have it; of a token that a crowd has, none: those are found by their birth date."""

    def __init__(self) -> None:
        self.by_token: dict[str, set[UUID]] = {}
        self.born: dict[UUID, date] = {}

    def near(self, batch: list[NameEntry]) -> dict[str, list[NameEntry]]:
        """For each entry the records that share two tokens and nearly the birth date, or all of a rare name."""
        self._read({token for entry in batch for token in _tokens(entry)})
        by_day = _born_on({day for each in batch for day in _days(each)})
        by_token = {entry.entry_id: self._near(entry) for entry in batch}
        rows = _records({pk for each in by_token.values() for pk in each})
        near = {}
        for entry in batch:
            found = [row for pk in by_token[entry.entry_id] if (row := rows.get(pk))]
            found += [row for day in _days(entry) for row in by_day.get(day, ())]
            mine = _tokens(entry)
            near[entry.entry_id] = [row for row in found if _share(mine, _tokens(row))]
        return near

    def _near(self, entry: NameEntry) -> list[UUID]:
        holders = sorted((self.by_token[token] for token in _tokens(entry)), key=len)
        rare = [each for each in holders if each]
        some = set().union(*rare)
        close = {pk for pk in some if birth_match(entry.birth_date, self.born[pk]) is not Birth.APART}
        whole = rare[0] if rare and len(rare[0]) <= MOST_LOOKED_AT else set()
        return list(close)[: 2 * MOST_LOOKED_AT] + list(whole - close)

    def _read(self, asked: set[str]) -> None:
        wanted = sorted(asked - set(self.by_token))
        self.by_token.update({token: set() for token in wanted})
        crowds: set[str] = set()
        for keys in batches(wanted, size=500):
            counted = NameKey.objects.filter(key__in=keys).values("key").annotate(n=Count("key"))
            crowds.update(counted.filter(n__gt=CROWD).values_list("key", flat=True))
        for keys in batches([token for token in wanted if token not in crowds], size=500):
            rows = NameKey.objects.filter(
                key__in=keys, child__voided_at__isnull=True, child__merged_into__isnull=True
            )
            told = rows.values_list("key", "child_id", "child__birth_date")
            for key, child, born in told.iterator(chunk_size=5_000):
                self.by_token[key].add(child)
                self.born[child] = born


def _days(entry: NameEntry) -> set[date]:
    return {day for day in (entry.birth_date, _swapped(entry.birth_date)) if day is not None}


def _born_on(days: set[date]) -> dict[date, list[NameEntry]]:
    found: dict[date, list[NameEntry]] = defaultdict(list)
    for some in batches(sorted(days), size=900):
        for entry in _all_records(born=some):
            if entry.birth_date is not None:
                found[entry.birth_date].append(entry)
    return found


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > 1 or one == other


def _tokens(entry: NameEntry) -> frozenset[str]:
    return _tokens_of(entry.given_name, entry.family_name)


@lru_cache(200_000)
def _tokens_of(given_name: str, family_name: str) -> frozenset[str]:
    return frozenset(tokens(f"{given_name} {family_name}"))


def _records(pks: set[UUID]) -> dict[UUID, NameEntry]:
    found = {}
    for batch in batches(pks, size=500):
        for child in Child.objects.filter(pk__in=batch).select_related("group"):
            found[child.pk] = entry_of(child)
    return found
