"""A change of keys is asked for by one administrator, for exactly one thing; keys are known by number and age."""

from dataclasses import replace
from typing import Any

import pytest

from posada.office.access import doors, key_asking, two_persons
from posada.office.access.actor import machine
from posada.office.access.approval_words import said_of
from posada.office.access.key_ring import key_number
from posada.office.access.roles import Role
from posada.office.audit.chain import append
from posada.office.audit.models import Entry
from posada.office.refusals import NotThere, Refusal
from tests.office.people import acting, home_of

ONE, TWO = b"1" * 32, b"2" * 32


@pytest.fixture(autouse=True)
def _two_keys(settings: Any) -> None:
    held = replace(settings.DEPLOYMENT.keys, sealing=(TWO, ONE))
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, keys=held, key_file=None)


def test_an_old_key_may_go_the_newest_and_a_strangers_may_not() -> None:
    actor = acting(Role.ADMINISTRATOR)
    for scope in (
        key_asking.scope_of("retire", key_number(TWO)),
        key_asking.scope_of("retire", "0" * 16),
        {"what": "everything"},
        {},
    ):
        with pytest.raises(Refusal):
            key_asking.ask(actor, scope=scope, reason="once a year")
    asked = key_asking.ask(actor, scope=key_asking.scope_of("retire", key_number(ONE)), reason="once a year")
    assert key_number(ONE) in str(said_of(asked).sentence)
    assert "new key" in str(said_of(key_asking.ask(actor, scope={"what": "new"}, reason="yearly")).sentence)


def test_only_administrators_ask_and_another_one_agrees() -> None:
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with pytest.raises(NotThere):
            key_asking.ask(acting(role), scope={"what": "new"}, reason="once a year")
    one = acting(Role.ADMINISTRATOR)
    asked = key_asking.ask(one, scope={"what": "new"}, reason="once a year")
    with pytest.raises(two_persons.NotYours):
        two_persons.answer(one, asked.pk, approve=True)
    with pytest.raises(NotThere):
        two_persons.answer(acting(Role.PROGRAM_DIRECTOR), asked.pk, approve=True)
    two_persons.answer(acting(Role.ADMINISTRATOR), asked.pk, approve=True)
    assert Entry.objects.filter(act__startswith="approval.", subject_id=str(asked.pk)).count() == 2


def test_a_key_is_as_old_as_the_log_says_and_as_the_log_where_it_says_nothing() -> None:
    assert key_asking.known_since(key_number(ONE)) is None
    first = append(machine("a test"), "something.else")
    named = append(machine("a test"), "keys.new", detail={"key": key_number(TWO)})
    append(machine("a test"), "keys.reseal", detail={"key": key_number(TWO)})
    assert key_asking.known_since(key_number(ONE)) == first.at
    assert key_asking.known_since(key_number(TWO)) == named.at


def test_keys_are_listed_newest_first_with_what_they_seal() -> None:
    doors.seal_fields(home_of(), {"phone": "301-555-0100", "city": "Rockville"})
    found = [(each.number, each.seals, each.fields) for each in key_asking.known_keys()]
    assert found == [(key_number(TWO), True, 2), (key_number(ONE), False, 0)]
