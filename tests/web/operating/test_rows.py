"""Rows as lines and back: nothing is rounded, and the order of rows does not matter."""

import json

import pytest

from posada.office.access.actor import machine
from posada.office.access.models import SealedValue
from posada.office.audit.chain import append
from posada.office.audit.models import Entry
from posada.office.intake.models import Child, SiblingGroup
from posada.web.operating.rows import LEFT_OUT, Tally, blocks_of, kept_models, lines_of, tallies, write_rows
from tests.office.people import group_of

pytestmark = [pytest.mark.django_db, pytest.mark.promises]


def test_rows_come_back_exactly_as_they_were() -> None:
    group_of(needs=["pregnant"])
    append(machine("test"), "test", detail={"counts": {"b": 1, "a": [None, True, 1.5]}})
    before = tallies()
    for model in (Child, SiblingGroup, Entry):
        lines = list(lines_of(model))
        model._base_manager.all()._raw_delete("default")
        assert not model._base_manager.exists()
        write_rows(model, [b"\n".join(lines)])
    assert tallies() == before


def test_sealed_bytes_come_back_to_the_byte() -> None:
    hidden = bytes(range(256))
    SealedValue.objects.create(
        owner_kind="intake.child", owner_id=group_of().pk, field="a_number", sealed=hidden, key_number="1"
    )
    lines = list(lines_of(SealedValue))
    SealedValue.objects.all().delete()
    write_rows(SealedValue, lines)
    assert bytes(SealedValue.objects.get().sealed) == hidden


def test_a_digest_does_not_depend_on_the_order_of_rows_but_on_each_of_them() -> None:
    one, other, third = Tally(), Tally(), Tally()
    for line in (b"a", b"b"):
        one.add(line)
    for line in (b"b", b"a"):
        other.add(line)
    for line in (b"a", b"a"):
        third.add(line)
    assert one.told == other.told != third.told


def test_an_empty_table_gives_nothing() -> None:
    tally = Tally()
    assert b"".join(blocks_of(lines_of(SealedValue), tally)) == b""
    assert tally.count == 0


def test_every_table_of_the_office_is_kept() -> None:
    labels = {model._meta.label_lower for model in kept_models()}
    assert {"intake.child", "audit.entry", "access.user", "mfa.authenticator"} <= labels
    assert not labels & LEFT_OUT
    assert json.dumps(sorted(labels))
