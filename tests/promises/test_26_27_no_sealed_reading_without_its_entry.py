"""Promises 26 and 27: each opening of a sealed field is one entry without the content; no entry, no opening."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from posada.office.access import doors
from posada.office.access.actor import actor_of
from posada.office.audit.models import Entry, Revision
from tests.office.people import group_of, home_of, person
from tests.promises.kept_records import plain

pytestmark = pytest.mark.django_db
WHY = "for the form of today"


def records() -> dict[str, Any]:
    """One record of each kind that has sealed fields."""
    made: dict[str, Any] = {"intake.child": group_of().children.get(), "licensing.home": home_of()}
    for kind in doors.SEALED_FIELDS:
        if kind not in made:
            made[kind] = plain(apps.get_model(kind))
    return made


@contextmanager
def unwritable_log() -> Iterator[None]:
    """Whatever writes an entry of the log fails."""

    def refuse(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if "audit_entry" in sql and not sql.startswith("SELECT"):
            raise OperationalError("database or disk is full")
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(refuse):
        yield


def test_each_opening_is_one_entry_and_none_without_it() -> None:
    opened, stopped, kinds = 0, 0, set()
    for kind, record in records().items():
        for number, field in enumerate(sorted(doors.SEALED_FIELDS[kind])):
            text = f"Zqx{number}canary{field}"
            doors.seal_fields(record, {field: text})
            for role in sorted(doors.OPENERS[kind]):
                actor = actor_of(person(role))
                before = Entry.objects.count()
                try:
                    shown = doors.open_sealed(actor, record, field, reason=WHY)
                except doors.NotThere:  # works on no such record
                    continue
                assert shown.text == text
                assert text not in repr(shown)
                entry = Entry.objects.order_by("-number")[0]
                assert Entry.objects.count() == before + 1
                assert (entry.act, entry.subject_id) == ("sealed.open", str(record.pk))
                opened += 1
                kinds.add(kind)
                with unwritable_log(), pytest.raises(OperationalError):
                    doors.open_sealed(actor, record, field, reason=WHY)
                assert Entry.objects.count() == before + 1
                stopped += 1
    told = str(list(Entry.objects.values_list())) + str(
        list(Revision.objects.values_list("changed", "reason"))
    )
    assert "canary" not in told
    print(f"{opened} openings, {opened} entries; {stopped} stopped while the log could not be written")
    assert kinds == set(records()) and stopped == opened
