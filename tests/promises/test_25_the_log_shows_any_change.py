"""Promise 25: any change of the log shows, with its place: edits, removals, insertions, swaps, cuts, and new chains.

300 changes here, `POSADA_EDITS=10000` in the long run; each is made to a log that is right and taken back.
"""

import os
import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from posada.office.access.actor import machine
from posada.office.audit import chain
from posada.office.audit.models import Entry, Head

pytestmark = pytest.mark.django_db
EDITS, ENTRIES = int(os.environ.get("POSADA_EDITS", "300")), 40


def _edited(entry: Entry, column: str, chance: random.Random) -> Any:
    value = getattr(entry, column)
    if column == "at":
        return value + timedelta(microseconds=chance.randrange(1, 10**9))
    if column == "actor":
        return UUID(int=chance.getrandbits(128))
    if column == "detail":
        return {**value, "n": chance.random()}
    return f"{value}x" if len(value) < 40 else value[:-1] + ("0" if value[-1] != "0" else "1")


def _edit(chance: random.Random) -> int:
    entry = Entry.objects.get(number=chance.randint(1, ENTRIES))
    columns = [field.name for field in Entry._meta.concrete_fields if field.name != "number"]
    column = chance.choice(columns)
    Entry.objects.filter(pk=entry.pk).update(**{column: _edited(entry, column, chance)})
    return entry.number


def _remove(chance: random.Random) -> int:
    number = chance.randint(1, ENTRIES)
    Entry.objects.filter(number=number).delete()
    return number


def _insert(chance: random.Random) -> int:
    """A row more at some place, the ones behind it moved up, with all digests left as they are."""
    number = chance.randint(1, ENTRIES)
    for entry in Entry.objects.filter(number__gte=number).order_by("-number"):
        Entry.objects.filter(pk=entry.pk).update(number=entry.number + 1)
    twin = Entry.objects.get(number=number + 1)
    Entry.objects.create(
        number=number, at=twin.at, act="nothing.happened", previous=twin.previous, digest=twin.digest
    )
    return number


def _swap(chance: random.Random) -> int:
    one, other = sorted(chance.sample(range(1, ENTRIES + 1), 2))
    mine, theirs = Entry.objects.get(number=one), Entry.objects.get(number=other)
    for number, entry in ((one, theirs), (other, mine)):
        values = {name: getattr(entry, name) for name in ("at", "act", "detail", "previous", "digest")}
        Entry.objects.filter(number=number).update(**values)
    return one


def _cut(chance: random.Random) -> int:
    kept = chance.randint(0, ENTRIES - 1)
    Entry.objects.filter(number__gt=kept).delete()
    return kept + 1


def _chain_anew(chance: random.Random) -> int | None:
    """By whoever writes all tables and knows the code, but has not the audit key."""
    start = chance.randint(1, ENTRIES)
    Entry.objects.filter(number=start).update(act="nothing.happened")
    before = Entry.objects.filter(number=start - 1).values_list("digest", flat=True).first() or chain.START
    for entry in Entry.objects.filter(number__gte=start).order_by("number"):
        entry.previous = before
        before = chain.digest_of(entry)
        Entry.objects.filter(pk=entry.pk).update(previous=entry.previous, digest=before)
    Head.objects.update(digest=before)
    return None


CHANGES = (_edit, _edit, _edit, _remove, _insert, _swap, _cut, _chain_anew)


def test_every_change_shows_with_its_place() -> None:
    for number in range(ENTRIES):
        chain.append(machine("promise"), f"act.{number % 7}", detail={"n": number})
    chance, shown = random.Random(25), 0
    for _ in range(EDITS):
        change = chance.choice(CHANGES)
        with transaction.atomic():
            place = change(chance)
            found = chain.verify()
            transaction.set_rollback(True)
        assert found.broken_at is not None, change.__name__
        assert place is None or found.broken_at == place, change.__name__
        shown += 1
    assert chain.verify() == chain.Verdict(ENTRIES)
    print(f"{shown} of {EDITS} changes shown, each at its place")
    assert shown == EDITS > 0
