"""Every page knows who looks at it, and nothing of a stranger."""

from django.test import Client

from posada.office.access.roles import Role
from tests.office.people import browser_of, person


def test_a_page_knows_roles_menu_and_how_long_it_may_lie_idle() -> None:
    answer = browser_of(person(Role.ADMINISTRATOR)).get("/")
    shown = answer.context
    assert shown["role_names"] == ["Administrator"]
    assert 'href="/people/"' in answer.content.decode()
    assert shown["idle_seconds"] == 1800
    assert shown["kept"] is None


def test_a_stranger_has_no_roles() -> None:
    shown = Client().get("/accounts/login/").context
    assert shown["role_names"] == []
    assert shown["actor"].user_id is None
