"""allauth as the office has it: no sign-up, and a first factor without giving the password twice."""

import time
from typing import Any

import pytest
from allauth.core import context
from allauth.mfa.adapter import get_adapter as second_factor_adapter
from django.test import RequestFactory

from posada.office.access.accounts import AccountAdapter
from posada.office.access.models import User
from posada.office.access.roles import Role
from tests.office.people import person


def asks_again(user: User, *, seconds_ago: float) -> bool:
    request: Any = RequestFactory().get("/")
    request.user, request.session = user, {}
    request.session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - seconds_ago}
    ]
    request.session["account_authentication_methods_user"] = str(user.pk)
    with context.request_context(request):
        return AccountAdapter(request).is_reauthentication_required(app="allauth.mfa")


def test_nobody_signs_up() -> None:
    assert not AccountAdapter().is_open_for_signup(RequestFactory().get("/"))


def test_a_first_factor_is_set_up_on_a_fresh_password_and_a_second_one_asks_again() -> None:
    user = person(Role.AUDITOR)
    assert asks_again(user, seconds_ago=1)
    user.authenticator_set.all().delete()
    assert not asks_again(user, seconds_ago=1)
    assert asks_again(user, seconds_ago=400)


def test_a_password_of_ones_own_is_no_longer_temporary() -> None:
    user = person(password_is_temporary=True)
    AccountAdapter().set_password(user, "river lamp quiet nine")
    user.refresh_from_db()
    assert not user.password_is_temporary
    assert user.check_password("river lamp quiet nine")


def test_secrets_of_second_factors_are_sealed() -> None:
    adapter = second_factor_adapter()
    hidden = adapter.encrypt("JBSWY3DP")
    assert "JBSWY3DP" not in hidden
    assert adapter.decrypt(hidden) == "JBSWY3DP"


@pytest.mark.parametrize("name", ["Person-1", "PERSON-1"])
def test_failures_count_by_name_whatever_its_case_and_by_place(name: str) -> None:
    adapter = AccountAdapter()
    here, there = (RequestFactory().get("/", REMOTE_ADDR=each) for each in ("203.0.113.9", "203.0.113.10"))
    key = adapter._get_login_attempts_cache_key
    assert key(here, username=name) == key(here, username="person-1") != key(there, username=name)
