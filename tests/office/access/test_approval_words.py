"""Every act that takes two persons has words, and a room can say its own better."""

import uuid

import pytest

from posada.office.access.approval_words import NAMES, SAYERS, Said, said_of, says
from posada.office.access.models import Approval
from posada.office.access.two_persons import ACTS
from tests.office.people import person


def test_every_act_has_words() -> None:
    assert set(ACTS) == set(NAMES)


def test_a_role_is_said_with_the_person() -> None:
    user = person()
    said = said_of(Approval(act="role.grant", scope={"user": str(user.pk), "role": "attorney"}))
    assert str(said.sentence) == f"Give {user} the role “Attorney”"
    assert said.address == f"/people/{user.pk}/"


def test_a_request_about_somebody_who_is_gone_is_still_said() -> None:
    gone = Approval(act="role.grant", scope={"user": str(uuid.uuid4()), "role": "no_such_role"})
    assert said_of(gone).address == ""


def test_a_room_says_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SAYERS, "keys.rotate", lambda _: Said("x"))
    says("keys.rotate")(lambda asked: Said(f"since {asked.reason}", "/there/"))
    assert said_of(Approval(act="keys.rotate", reason="Monday")) == Said("since Monday", "/there/")
