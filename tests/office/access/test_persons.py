"""An administrator makes accounts, never passwords; nothing is left to nobody when somebody leaves."""

import pytest
from django.test import Client
from django.utils import timezone

from posada.office.access import leaving, persons
from posada.office.access.actor import actor_of
from posada.office.access.leaving import Held
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.desk.models import Task
from posada.office.refusals import FieldsRefused, NotThere, Refusal
from tests.office.people import acting, browser_of, person

NEW = {"password1": "river lamp quiet nine", "password2": "river lamp quiet nine"}


def made(**more: str) -> User:
    return persons.make_person(acting(Role.ADMINISTRATOR), username="pat", display_name="Pat", **more)


def test_a_new_account_has_no_password_and_no_role() -> None:
    user = made()
    assert not user.has_usable_password()
    assert actor_of(user).roles == frozenset()
    with pytest.raises(FieldsRefused):
        made()


def test_a_second_account_of_the_same_human_is_known_as_such() -> None:
    other = person()
    assert made(same_as=other.username).person_key == other.person_key
    with pytest.raises(FieldsRefused):
        persons.make_person(acting(Role.ADMINISTRATOR), username="x", display_name="X", same_as="nobody-here")


def test_a_way_in_lets_its_bearer_choose_a_password_once() -> None:
    user, client = made(), Client()
    link = persons.new_way_in(acting(Role.ADMINISTRATOR), user)
    assert client.head(link).status_code == client.get(link).status_code == 200
    assert client.post(link, {**NEW, "password2": "another one entirely"}).status_code == 200
    assert client.post(link, {"password1": "password1234", "password2": "password1234"}).status_code == 200
    assert client.get(link).status_code == 200, "looking and failing use nothing up"
    assert client.post(link, NEW).status_code == 302
    assert client.get(link).status_code == 404
    answer = client.post("/accounts/login/", {"login": "pat", "password": NEW["password1"]})
    assert answer.headers["Location"] == "/"


def test_a_newer_way_in_shuts_the_older_one() -> None:
    user = made()
    older = persons.new_way_in(acting(Role.ADMINISTRATOR), user)
    newer = persons.new_way_in(acting(Role.ADMINISTRATOR), user)
    assert Client().get(older).status_code == 404
    assert Client().get(newer).status_code == 200


def test_a_way_in_lapses(settings: object) -> None:
    link = persons.new_way_in(acting(Role.ADMINISTRATOR), made())
    settings.PASSWORD_RESET_TIMEOUT = -1  # type: ignore[attr-defined]
    assert Client().get(link).status_code == 404


def test_a_new_way_in_signs_out_and_leaves_the_second_factor() -> None:
    user = person(Role.AUDITOR)
    client = browser_of(user)
    assert client.get("/").status_code == 200
    persons.new_way_in(acting(Role.ADMINISTRATOR), user)
    assert client.get("/").status_code == 302
    assert user.authenticator_set.count() == 1


def test_a_lost_phone_costs_the_roles_that_take_two_persons() -> None:
    user = person(Role.PLACEMENT_WORKER, Role.AUDITOR)
    client = browser_of(user)
    assert client.get("/").status_code == 200
    assert persons.take_factor_away(acting(Role.ADMINISTRATOR), user, reason="phone in the river") == 1
    assert actor_of(user).roles == {Role.AUDITOR}
    assert client.get("/").status_code == 302
    with pytest.raises(Refusal):
        persons.take_factor_away(acting(Role.ADMINISTRATOR), user, reason="")


def test_an_account_is_not_turned_off_while_something_is_theirs() -> None:
    user = person(Role.PLACEMENT_WORKER)
    task = Task.objects.create(kind="call", role=Role.PLACEMENT_WORKER, owner=user, once_key="x")
    with pytest.raises(persons.StillHolds, match="1 open tasks"):
        persons.turn_off(acting(Role.ADMINISTRATOR), user)
    Task.objects.filter(pk=task.pk).update(done_at=timezone.now())
    client = browser_of(user)
    client.get("/")
    persons.turn_off(acting(Role.ADMINISTRATOR), user)
    assert client.get("/").status_code == 302
    user.refresh_from_db()
    persons.turn_on(acting(Role.ADMINISTRATOR), user)
    user.refresh_from_db()
    assert user.is_active
    assert actor_of(user).roles == frozenset(), "it comes back without roles"


def test_a_room_can_say_what_a_person_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "HOLDERS", [lambda _user: [Held("cats", 2), Held("dogs", 0)]])
    with pytest.raises(persons.StillHolds, match="2 cats"):
        persons.turn_off(acting(Role.ADMINISTRATOR), person())


@pytest.mark.parametrize("role", [each for each in Role if each != Role.ADMINISTRATOR])
def test_only_an_administrator_changes_accounts(role: Role) -> None:
    actor, user = acting(role), person()
    for act in (
        lambda: persons.make_person(actor, username="x", display_name="X"),
        lambda: persons.new_way_in(actor, user),
        lambda: persons.take_factor_away(actor, user, reason="phone lost"),
        lambda: persons.turn_off(actor, user),
        lambda: persons.turn_on(actor, user),
    ):
        with pytest.raises(NotThere):
            act()


def test_nobody_locks_themselves_out() -> None:
    ada = acting(Role.ADMINISTRATOR)
    assert ada.user is not None
    with pytest.raises(Refusal):
        persons.turn_off(ada, ada.user)
    with pytest.raises(Refusal):
        persons.take_factor_away(ada, ada.user, reason="phone lost")
