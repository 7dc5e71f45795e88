"""Promise 23: no one human being does alone what takes two: by own approval, second account, replay, change or race.

`POSADA_TRIES` makes it longer.
"""

import os
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from posada.office.access import grants, two_persons
from posada.office.access.actor import Actor, actor_of, machine
from posada.office.access.models import Approval, RoleGrant
from posada.office.access.roles import Role
from posada.office.refusals import Refusal
from tests.office.people import acting, person
from tests.racing import at_once, in_a_thread, real_database

pytestmark = pytest.mark.django_db

TRIES = int(os.environ.get("POSADA_TRIES", "200"))
WHY = "because it has to be"


def _asked(act: str, scope: dict[str, Any]) -> tuple[Actor, Approval]:
    user = person(*{*two_persons.ACTS[act], *two_persons.ASKED_BY.get(act, ())})
    actor = actor_of(user)
    return actor, two_persons.ask(actor, act, scope=scope, reason=WHY)


def _other(act: str) -> Actor:
    return acting(*two_persons.ACTS[act])


def _own_approval(act: str, scope: dict[str, Any]) -> None:
    actor, asked = _asked(act, scope)
    two_persons.answer(actor, asked.pk, approve=True)


def _second_account(act: str, scope: dict[str, Any]) -> None:
    actor, asked = _asked(act, scope)
    two_persons.answer(acting(*two_persons.ACTS[act], person_key=actor.person_key), asked.pk, approve=True)


def _without_answer(act: str, scope: dict[str, Any]) -> None:
    actor, asked = _asked(act, scope)
    two_persons.use(actor, asked.pk, act, scope=scope)


def _refused(act: str, scope: dict[str, Any]) -> None:
    actor, asked = _asked(act, scope)
    two_persons.answer(_other(act), asked.pk, approve=False, reason="no, never")
    two_persons.use(actor, asked.pk, act, scope=scope)


def _approved(act: str, scope: dict[str, Any]) -> tuple[Actor, Approval]:
    actor, asked = _asked(act, scope)
    return actor, two_persons.answer(_other(act), asked.pk, approve=True)


def _replay(act: str, scope: dict[str, Any]) -> None:
    actor, asked = _approved(act, scope)
    two_persons.use(actor, asked.pk, act, scope=scope)
    two_persons.use(actor, asked.pk, act, scope=scope)


def _late(act: str, scope: dict[str, Any]) -> None:
    actor, asked = _approved(act, scope)
    Approval.objects.filter(pk=asked.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    two_persons.use(actor, asked.pk, act, scope=scope)


def _more_than_asked(act: str, scope: dict[str, Any]) -> None:
    actor, asked = _approved(act, scope)
    two_persons.use(actor, asked.pk, act, scope={**scope, "sealed": True})


def _another_act(act: str, scope: dict[str, Any]) -> None:
    actor, asked = _approved(act, scope)
    other = next(each for each in sorted(two_persons.ACTS) if each != act)
    two_persons.use(actor, asked.pk, other, scope=scope)


def _by_another(act: str, scope: dict[str, Any]) -> None:
    _, asked = _approved(act, scope)
    two_persons.use(_other(act), asked.pk, act, scope=scope)


def _by_the_machine(act: str, scope: dict[str, Any]) -> None:
    _, asked = _approved(act, scope)
    two_persons.use(machine("posada shell"), asked.pk, act, scope=scope)


def _accounts_joined_later(act: str, scope: dict[str, Any]) -> None:
    """The two accounts turn out to be one human being before the approval is used."""
    actor, asked = _approved(act, scope)
    assert actor.user is not None and asked.answered_by is not None
    asked.answered_by.person_key = actor.user.person_key
    asked.answered_by.save()
    two_persons.use(actor, asked.pk, act, scope=scope)


WAYS = (
    *(_own_approval, _second_account, _without_answer, _refused, _replay, _late, _more_than_asked),
    *(_another_act, _by_another, _by_the_machine, _accounts_joined_later),
)


def test_no_way_of_one_person_succeeds() -> None:
    chance, succeeded, tried = random.Random(23), [], 0
    acts = sorted(two_persons.ACTS)
    for number in range(TRIES):
        way, act = WAYS[number % len(WAYS)], acts[chance.randrange(len(acts))]
        scope = {"number": chance.randrange(1_000)}
        used_before = Approval.objects.filter(state=Approval.State.USED).count()
        try:
            way(act, scope)
        except Refusal:
            used = Approval.objects.filter(state=Approval.State.USED).count() - used_before
            if used == (1 if way is _replay else 0) or way is _accounts_joined_later:
                tried += 1
                continue
        succeeded.append(f"{way.__name__} {act}")
    print(f"{tried} tries, {len(succeeded)} succeeded")
    assert succeeded == []
    assert tried == TRIES > 0


@pytest.mark.parametrize("role", sorted(grants.TAKES_TWO))
def test_no_administrator_gives_such_a_role_alone(role: Role) -> None:
    ada, twin_key = acting(Role.ADMINISTRATOR), "the same human"
    acting(Role.ADMINISTRATOR)
    user = person()
    asked = grants.ask_for_role(ada, user, role, reason=WHY)
    second = acting(Role.ADMINISTRATOR, Role.PROGRAM_DIRECTOR, person_key=ada.person_key)
    for alone in (
        lambda: grants.give_role(ada, user, role),
        lambda: two_persons.answer(ada, asked.pk, approve=True),
        lambda: two_persons.answer(second, asked.pk, approve=True),
        lambda: grants.give_role(ada, user, role, approval_id=asked.pk),
        lambda: grants.give_role(second, user, role, approval_id=asked.pk),
        lambda: grants.give_role(machine("posada shell"), user, role),
    ):
        with pytest.raises(Refusal):
            alone()
    assert not RoleGrant.objects.filter(user=user).exists()
    assert twin_key not in str(asked.scope)


@pytest.mark.django_db(transaction=True)
def test_of_eight_uses_in_the_same_moment_one_stands(tmp_path: Path) -> None:
    with real_database(tmp_path):
        for _round in range(3):
            actor, asked = in_a_thread(lambda: _approved("export.program", {"x": 1}))
            found = at_once([lambda: two_persons.use(actor, asked.pk, "export.program", scope={"x": 1})] * 8)  # noqa: B023
            assert sum(isinstance(each, Approval) for each in found) == 1
            assert all(isinstance(each, Approval | Refusal) for each in found), found


@pytest.mark.django_db(transaction=True)
def test_of_a_yes_and_a_no_in_the_same_moment_one_stands(tmp_path: Path) -> None:
    def ask() -> tuple[Approval, list[Actor]]:
        _, asked = _asked("export.program", {"x": 1})
        return asked, [_other("export.program") for _ in range(4)]

    with real_database(tmp_path):
        for _round in range(3):
            asked, others = in_a_thread(ask)
            found = at_once(
                [
                    lambda who=who, yes=yes: two_persons.answer(who, asked.pk, approve=yes, reason="so it is")  # noqa: B023
                    for who, yes in zip(others, (True, False, True, False), strict=True)
                ]
            )
            assert sum(isinstance(each, Approval) for each in found) == 1
            assert all(isinstance(each, Approval | Refusal) for each in found), found
