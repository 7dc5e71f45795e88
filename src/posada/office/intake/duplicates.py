"""Pairs that may be one child: noted when the second is entered, judged by a person, never merged by themselves.

Comes in: candidates. Goes out: `PossibleDuplicate` records, each pair once.
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_duplicates.py.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from posada.office.access.actor import Actor
from posada.office.access.doors import same_sealed
from posada.office.access.look_ups import held_twice
from posada.office.audit.history import save_change
from posada.office.intake.bulk import batches
from posada.office.intake.candidates import Candidate
from posada.office.intake.models import Child, PossibleDuplicate

TWO, MERGED = "two", "merged"
A_NUMBER = "a_number"


def note_pairs(pairs: Iterable[tuple[str, Candidate]]) -> int:
    """Note candidates of children by their folder ids; a pair that was noted before stays as it was judged."""
    return note_told(
        {"child_id": one, "other": each.other, "agree": list(each.agree), "close": list(each.close)}
        for one, each in pairs
    )


def note_told(told: Iterable[Mapping[str, Any]]) -> int:
    """The same, of the report of an import: {child_id, other, agree, close}. Returns how many are new."""
    count = 0
    for batch in batches(told, size=500):
        ids = {name for each in batch for name in (each["child_id"], each["other"])}
        here = dict(Child.objects.filter(child_id__in=ids).values_list("child_id", "pk"))
        known = _known(set(here.values()))
        fresh = []
        for each in batch:
            one, other = here.get(each["child_id"]), here.get(each["other"])
            if one is None or other is None or one == other:
                continue
            pair = (min(one, other, key=str), max(one, other, key=str))
            if pair not in known:
                known.add(pair)
                fresh.append(
                    PossibleDuplicate(
                        one_id=pair[0], other_id=pair[1], agree=each["agree"], close=each["close"]
                    )
                )
        PossibleDuplicate.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
        count += len(fresh)
    return count


def note_same_numbers() -> int:
    """Note each pair of standing children who hold one A-number: a person looks, whatever their names are."""
    pairs = held_twice("intake.child", A_NUMBER)
    names = dict(
        Child.objects.filter(
            pk__in={pk for pair in pairs for pk in pair}, voided_at__isnull=True, merged_into__isnull=True
        ).values_list("pk", "child_id")
    )
    return note_told(
        {"child_id": names[one], "other": names[other], "agree": [A_NUMBER], "close": []}
        for one, other in pairs
        if one in names and other in names
    )


def holder_of(number: str) -> Child | None:
    """The standing child whose whole A-number this is, by its keyed hash; a part of a number finds nobody."""
    if not any(letter.isalnum() for letter in number):
        return None
    found = Child.objects.filter(pk__in=same_sealed("intake.child", A_NUMBER, number), voided_at__isnull=True)
    return found.filter(merged_into__isnull=True).order_by("child_id").first()


def judge(actor: Actor, pair: PossibleDuplicate, *, version: int, verdict: str) -> PossibleDuplicate:
    """Say what a pair is: two children, or one (merging does the rest). Raises SomebodySavedFirst."""
    with transaction.atomic():
        changes = {"verdict": verdict, "judged_by_id": actor.user_id}
        return save_change(pair, version=version, changes=changes, actor=actor, act="duplicate.judge")


def _known(children: set[Any]) -> set[tuple[Any, Any]]:
    rows = PossibleDuplicate.objects.filter(one__in=children, other__in=children)
    return set(rows.values_list("one_id", "other_id"))
