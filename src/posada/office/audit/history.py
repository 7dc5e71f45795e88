"""Changes of records: compare-and-set on the version, a revision with before and after, an entry in the log.

Docs: docs/explanation/log.md. Tests: tests/office/audit/test_history.py.
"""

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from posada.office.audit.chain import append
from posada.office.audit.models import Revision
from posada.office.kept import Kept
from posada.office.refusals import Refusal, SomebodySavedFirst

if TYPE_CHECKING:
    from posada.office.access.actor import Actor

_Record = TypeVar("_Record", bound=Kept)


def save_new(record: _Record, *, actor: "Actor", act: str, reason: str = "") -> _Record:
    """Write a new record with its first revision and an entry. The record is saved here, not by the caller."""
    with transaction.atomic():
        record.save(force_insert=True)
        values = {
            field.attname: _plain(getattr(record, field.attname)) for field in record._meta.concrete_fields
        }
        kept = {name: [None, value] for name, value in values.items() if value not in (None, "", [], {})}
        _revise(record, actor=actor, act=act, reason=reason, changed=kept)
        append(actor, act, subject=record)
    return record


def save_change(
    record: _Record, *, version: int, changes: dict[str, Any], actor: "Actor", act: str, reason: str = ""
) -> _Record:
    """Change fields of a record that still has the version which the person saw.

    Raises SomebodySavedFirst, with both texts of each field that differs, if it has another; nothing is written.
    Returns the record as it stands now. Nothing at all is written where no field changes, and nothing is asked: also
    where the version is old, since everything that the person wanted stands there already (a form sent twice, or two
    who corrected the same). Nothing of the other's is overwritten, so there is nothing to choose between.
    """
    with transaction.atomic():
        current = type(record)._base_manager.get(pk=record.pk)
        changed = {
            name: [_plain(getattr(current, name)), _plain(value)]
            for name, value in changes.items()
            if _plain(getattr(current, name)) != _plain(value)
        }
        if current.version != version:
            if not changed:
                return current
            raise SomebodySavedFirst(
                theirs={name: before for name, (before, _) in changed.items()},
                yours={name: after for name, (_, after) in changed.items()},
                version=current.version,
            )
        if not changed:
            return current
        written = (
            type(record)
            ._base_manager.filter(pk=record.pk, version=version)
            .update(**changes, version=version + 1, changed_at=timezone.now())
        )
        if written != 1:
            raise SomebodySavedFirst(theirs={}, yours=dict(changes), version=version + 1)
        current.refresh_from_db()
        _revise(current, actor=actor, act=act, reason=reason, changed=changed)
        append(actor, act, subject=current, detail={"fields": sorted(changed)})
    return current


def void(record: _Record, *, version: int, actor: "Actor", reason: str) -> _Record:
    """Take a record that was a mistake out of the lists; it stays in its history. Raises Refusal without a reason."""
    if not reason.strip():
        raise Refusal(code="no_reason")
    changes = {"voided_at": timezone.now(), "voided_reason": reason.strip()[:300]}
    return save_change(
        record,
        version=version,
        changes=changes,
        actor=actor,
        act=f"{record._meta.label_lower}.void",
        reason=reason,
    )


def revisions_of(record: Kept) -> "list[Revision]":
    """The history of a record, newest first. The caller got the record from a door."""
    rows = Revision.objects.filter(record_kind=record._meta.label_lower, record_id=record.pk)
    return list(rows.select_related("by").order_by("-version", "-pk"))


def _revise(record: Kept, *, actor: "Actor", act: str, reason: str, changed: dict[str, Any]) -> None:
    Revision.objects.create(
        record_kind=record._meta.label_lower,
        record_id=record.pk,
        version=record.version,
        at=timezone.now(),
        by_id=actor.user_id,
        act=act,
        reason=reason.strip()[:500],
        changed=changed,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Kept):
        value = value.pk
    encoder = DjangoJSONEncoder()
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return encoder.default(value)
