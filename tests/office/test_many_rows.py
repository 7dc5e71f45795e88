"""Rows written past the models stand as if the models had written them."""

from uuid import uuid4

import pytest
from django.db import transaction

from posada.office.intake.models import Child, NameKey
from posada.office.licensing.models import Home
from posada.office.many_rows import count_tables, write_records, write_rows
from tests.office.people import group_of, home_of

pytestmark = pytest.mark.django_db


def test_rows_are_read_back_through_their_model() -> None:
    one, other = group_of().children.get(), group_of().children.get()
    told = [(one.pk, "ñandú \\ tab\t"), (one.pk, "b"), (other.pk, "b")]
    write_rows(NameKey, ("child_id", "key"), iter(told))
    found = NameKey.objects.filter(child__in=[one, other]).exclude(key__startswith="~")
    assert set(told) <= set(found.values_list("child_id", "key"))


def test_a_record_written_with_many_is_the_same_as_one_saved_by_itself() -> None:
    saved = group_of(given_name="Ana").children.get()
    copy = Child.objects.get(pk=saved.pk)
    copy.pk, copy.child_id = uuid4(), "COPY"
    write_records([copy])
    found = Child.objects.get(pk=copy.pk)
    own = {"id", "child_id", "entered_at", "changed_at"}
    names = [field.attname for field in Child._meta.concrete_fields if field.attname not in own]
    assert [getattr(found, name) for name in names] == [getattr(saved, name) for name in names]
    assert found.changed_at > saved.changed_at
    assert not copy._state.adding


def test_lists_texts_and_choices_are_kept_as_their_fields_keep_them() -> None:
    home = Home.objects.get(pk=home_of().pk)
    told = {"languages": ["mam", 'a"b'], "state": Home.State.OPEN, "state_reason": "Núñez \\ \n"}
    home.pk, home.home_id = uuid4(), "COPY"
    for name, value in told.items():
        setattr(home, name, value)
    write_records([home])
    found = Home.objects.get(home_id="COPY")
    assert {name: getattr(found, name) for name in told} == told


def test_tables_can_be_counted_beside_a_change_that_is_not_over() -> None:
    group_of()
    with transaction.atomic():
        count_tables()


def test_nothing_to_write_writes_nothing() -> None:
    write_rows(NameKey, ("child_id", "key"), [])
    assert NameKey.objects.count() == 0


def test_a_row_that_stands_already_is_passed_over_where_that_is_asked_for() -> None:
    home = Home.objects.get(pk=home_of().pk)
    names = [field.attname for field in Home._meta.concrete_fields]
    told = [getattr(home, name) for name in names]
    other = [
        uuid4() if name == "id" else "COPY" if name == "home_id" else getattr(home, name) for name in names
    ]
    for _ in range(2):
        write_rows(Home, names, [told, other], where_new=True)
    assert set(Home.objects.values_list("home_id", flat=True)) == {home.home_id, "COPY"}
