"""The first administrator is made on the command line; no second one ever is."""

import pytest

from posada.office.access.actor import actor_of
from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.web.operating.first_administrator import OneIsThere, make_first_administrator

pytestmark = pytest.mark.django_db


def test_the_first_administrator_has_the_role_and_a_password() -> None:
    password = make_first_administrator("ada")
    user = User.objects.get(username="ada")
    assert user.check_password(password)
    assert actor_of(user).roles == {Role.ADMINISTRATOR}


def test_a_second_one_is_refused() -> None:
    make_first_administrator("ada")
    with pytest.raises(OneIsThere):
        make_first_administrator("bob")
    assert not User.objects.filter(username="bob").exists()
