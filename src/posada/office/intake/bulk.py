"""Many records at once: the same revisions as one by one, in batches, and one entry in the log by the caller.

Tests: tests/office/intake/test_services.py.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from posada.office.access.actor import Actor
from posada.office.audit.models import Revision
from posada.office.kept import Kept
from posada.office.many_rows import write_records, write_rows
from posada.office.refusals import SomebodySavedFirst

_Any = TypeVar("_Any")
BATCH = 2_000
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_PLAIN = frozenset({str, int, bool, type(None)})
_REVISION = ("record_kind", "record_id", "version", "at", "by_id", "act", "reason", "changed")


@transaction.atomic
def add_all(records: Iterable[Model], *, actor: Actor, act: str, reason: str = "") -> int:
    """Write new records and the first revision of each; how many. Call it in the transaction of the act."""
    count = 0
    for batch in batches(records, size=BATCH):
        write_records(batch)
        count += len(batch)
        if isinstance(batch[0], Kept):
            at, names = timezone.now(), [field.attname for field in batch[0]._meta.concrete_fields]
            told = (
                (each._meta.label_lower, each.pk, each.version, at, actor.user_id, act, reason[:500], values)
                for each in batch
                if isinstance(each, Kept)
                for values in (_said(each, names),)
            )
            write_rows(Revision, _REVISION, told)
    return count


@transaction.atomic
def change_all(
    model: type[Model],
    changes: Iterable[tuple[Any, int, dict[str, Any], dict[str, Any]]],
    *,
    actor: Actor,
    act: str,
    reason: str = "",
) -> int:
    """Change records that still have the version that was looked at; how many.

    Shapes: (id, version, field → before, field → after). Raises SomebodySavedFirst.
    """
    count = 0
    for batch in batches(changes, size=BATCH):
        at = timezone.now()
        revisions = []
        for pk, version, before, after in batch:
            _change_one(model, pk, version=version, before=before, after=after, at=at)
            if issubclass(model, Kept):
                told = {name: [as_plain(before.get(name)), as_plain(value)] for name, value in after.items()}
                revisions.append(
                    Revision(
                        record_kind=model._meta.label_lower,
                        record_id=pk,
                        version=version + 1,
                        at=at,
                        by_id=actor.user_id,
                        act=act,
                        reason=reason[:500],
                        changed=told,
                    )
                )
        Revision.objects.bulk_create(revisions, batch_size=BATCH)
        count += len(batch)
    return count


def batches(rows: Iterable[_Any], *, size: int) -> Iterator[list[_Any]]:
    """The rows in lists of at most `size`."""
    each = iter(rows)
    while batch := list(islice(each, size)):
        yield batch


def as_plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return [as_plain(each) for each in value]
    return str(value) if isinstance(value, UUID) else value


def _change_one(
    model: type[Model], pk: Any, *, version: int, before: dict[str, Any], after: dict[str, Any], at: datetime
) -> None:
    rows = model._base_manager.filter(pk=pk)
    if not issubclass(model, Kept):
        rows.update(**after)
    elif rows.filter(version=version).update(**after, version=version + 1, changed_at=at) != 1:
        raise SomebodySavedFirst(theirs={}, yours={name: as_plain(v) for name, v in after.items()}, version=0)


def _said(record: Kept, names: Sequence[str]) -> dict[str, list[Any]]:
    """Field → [None, value] of all that a new record says."""
    values = ((name, getattr(record, name)) for name in names)
    return {name: [None, as_plain(value)] for name, value in values if value or value not in _EMPTY}
