"""The log: append-only, each entry's digest over the one before it, its length and end signed in a row of their own.

Source of the idea: NIST SP 800-53 AU-9 and AU-10. A cut tail shows by the head row; whoever writes tables alone
cannot sign another head, since the audit key stands in no table; an old head that is put back shows by the signed
digests of days, which are printed or mailed.
Docs: docs/explanation/log.md. Tests: tests/office/audit/test_chain.py.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from posada.office.audit.models import DailyDigest, Entry, Head

if TYPE_CHECKING:
    from posada.office.access.actor import Actor

START = "0" * 64
_COLUMNS = ("number", "at", "actor", "acting_as", "act", "subject_kind", "subject_id", "detail", "previous")
_STANDING: ContextVar[list[int] | None] = ContextVar("standing entries", default=None)
_Row = tuple[int, datetime, UUID | None, str, str, str, str, Any, str]


def append(
    actor: "Actor", act: str, *, subject: models.Model | None = None, detail: dict[str, Any] | None = None
) -> Entry:
    """Write one entry, in the transaction of the act itself: without the entry the act does not happen.

    `act`: what was done, such as `offer.accept`; `detail`: opaque ids, codes, counts and field names only.
    """
    with transaction.atomic():
        head, _ = Head.objects.select_for_update().get_or_create(pk=1, defaults={"digest": START})
        entry = Entry(
            number=head.number + 1,
            at=timezone.now(),
            actor=actor.user_id,
            acting_as=actor.acting_as[:80],
            act=act,
            subject_kind=subject._meta.label_lower if subject is not None else "",
            subject_id=str(subject.pk) if subject is not None else "",
            detail=detail or {},
            previous=head.digest,
        )
        entry.digest = digest_of(entry)
        moved = Head.objects.filter(pk=1, number=head.number).update(
            number=entry.number, digest=entry.digest, signature=sign("head", entry.number, entry.digest)
        )
        if moved != 1:
            raise RuntimeError("the head of the log moved while an entry was written")
        entry.save(force_insert=True)
        if (standing := _STANDING.get()) is not None:
            transaction.on_commit(lambda: standing.append(entry.number))
    return entry


@contextmanager
def standing_entries() -> Iterator[list[int]]:
    """Within it: the numbers of the entries written here whose acts stand. None: no act has been done yet."""
    numbers: list[int] = []
    token = _STANDING.set(numbers)
    try:
        yield numbers
    finally:
        _STANDING.reset(token)


def digest_of(entry: Entry) -> str:
    """SHA-256 over every column of the entry, in one spelling."""
    return _digest(tuple(getattr(entry, name) for name in _COLUMNS))


def _digest(row: _Row) -> str:
    number, at, actor, acting_as, act, kind, subject, detail, previous = row
    told = [
        number,
        at.isoformat(timespec="microseconds"),
        str(actor or ""),
        acting_as,
        act,
        kind,
        subject,
        detail,
        previous,
    ]
    spelled = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def sign(*told: object) -> str:
    """HMAC-SHA-256 with the audit key of the deployment, over texts in one spelling."""
    spelled = json.dumps([str(each) for each in told])
    return hmac.new(settings.DEPLOYMENT.keys.audit, spelled.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reading of the whole log found. `broken_at`: number of the first entry that is not as written."""

    entries: int
    broken_at: int | None = None
    fault: str = ""


def verify() -> Verdict:
    """Read the whole log and name the first entry that was changed, removed or put in."""
    head = Head.objects.filter(pk=1).first()
    wanted, digest = (head.number, head.digest or START) if head else (0, START)
    marks, faulty_day = _marks()
    before, count = START, 0
    for row, written in _rows():
        count += 1
        if row[0] != count:
            return Verdict(count - 1, count, "an entry is missing")
        if row[-1] != before or written != _digest(row):
            return Verdict(count - 1, count, "the entry is not as it was written")
        if marks.pop(count, written) != written:
            return Verdict(count - 1, count, "the signed digest of that day says otherwise")
        before = written
    if count != wanted or (count and before != digest):
        return Verdict(count, min(count, wanted) + 1, f"the log should have {wanted} entries")
    if (
        head
        and head.number
        and not hmac.compare_digest(head.signature, sign("head", head.number, head.digest))
    ):
        return Verdict(count, count, "the end of the log is not signed by this office")
    if marks:
        return Verdict(count, count + 1, f"a signed digest is of entry {max(marks)}, which is not there")
    if faulty_day is not None:
        return Verdict(count, count, f"the digest of {faulty_day} is not signed by this office")
    return Verdict(count)


def sign_day(day: date) -> DailyDigest | None:
    """Sign where the log stood at the end of a day; the same day again gives the same digest. None: nothing yet.

    The signature takes in the one before, so that a day that was taken out shows too. Where the clock was wrong and
    a later day was signed already, a day is signed only once the log has grown past it: the order is the log's.
    """
    with transaction.atomic():
        standing = DailyDigest.objects.filter(day=day).first()
        end = timezone.make_aware(datetime.combine(day, datetime.max.time()))
        last = Entry.objects.filter(at__lte=end).order_by("-number").first()
        newest = _in_order().last()
        if standing is not None or last is None:
            return standing
        if newest is not None and (last.number, day) < (newest.number, newest.day):
            return None
        signature = sign(day, last.number, last.digest, newest.signature if newest else START)
        return DailyDigest.objects.create(
            day=day, number=last.number, digest=last.digest, signature=signature, signed_at=timezone.now()
        )


def _in_order() -> "models.QuerySet[DailyDigest]":
    """The signed days in the order in which they were signed, whatever the clock said."""
    return DailyDigest.objects.order_by("number", "day")


def _marks() -> tuple[dict[int, str], date | None]:
    """Number of an entry → its digest by the signed days; and the first day whose signature does not hold."""
    marks: dict[int, str] = {}
    before, faulty = START, None
    for each in _in_order():
        marks[each.number] = each.digest
        right = sign(each.day, each.number, each.digest, before)
        if faulty is None and not hmac.compare_digest(each.signature, right):
            faulty = each.day
        before = each.signature
    return marks, faulty


def _rows() -> Iterator[tuple[_Row, str]]:
    rows = Entry.objects.order_by("number").values_list(*_COLUMNS, "digest")
    for each in rows.iterator(chunk_size=5_000):
        yield each[:-1], each[-1]
