"""Signing in by plain forms: password, then code; nothing tells who has an account; guessing is slow."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client

from posada.office.access.models import User
from posada.office.access.roles import NEED_SECOND_FACTOR, Role
from posada.office.audit.models import Entry
from tests.office.people import person
from tests.served_office import code_now

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def with_app(*roles: Role) -> tuple[User, str]:
    """Somebody with roles, and the secret of the person's app."""
    user = person(*roles)
    user.authenticator_set.all().delete()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return user, secret


def give_password(client: Client, name: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/accounts/login/", {"login": name, "password": password, **more})


@pytest.mark.parametrize("role", sorted(NEED_SECOND_FACTOR))
def test_password_then_code_opens_the_office(role: Role) -> None:
    user, secret = with_app(role)
    client = Client()
    assert client.get("/accounts/login/").status_code == 200
    answer = give_password(client, user.username)
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/").status_code == 302, "the password alone opens nothing"
    assert client.get("/accounts/2fa/authenticate/").status_code == 200
    answer = client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert Entry.objects.filter(act="account.sign_in", subject_id=str(user.pk)).count() == 1


def test_a_code_opens_once() -> None:
    user, secret = with_app(Role.AUDITOR)
    code = code_now(secret)
    for wanted in (302, 200):
        client = Client()
        give_password(client, user.username)
        assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == wanted


def test_a_new_account_sets_up_its_second_factor_and_is_in() -> None:
    user = person(Role.PLACEMENT_WORKER)
    user.authenticator_set.all().delete()
    client = Client()
    assert give_password(client, user.username).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/accounts/2fa/totp/activate/"
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    assert client.get("/").status_code == 200
    assert Entry.objects.filter(act="account.factor_added").count() == 1


def test_a_session_that_began_without_a_factor_grows_no_doors_when_one_is_added_elsewhere() -> None:
    user = person(Role.PLACEMENT_WORKER)
    user.authenticator_set.all().delete()
    thief = Client()
    give_password(thief, user.username)
    TOTP.activate(user, generate_totp_secret())
    assert thief.get("/").headers["Location"] == "/accounts/login/?next=/"


def test_a_temporary_password_must_be_changed_first() -> None:
    user, secret = with_app(Role.AUDITOR)
    User.objects.filter(pk=user.pk).update(password_is_temporary=True)
    client = Client()
    give_password(client, user.username)
    client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert client.get("/").headers["Location"] == "/accounts/password/change/"
    new = {
        "oldpassword": PASSWORD,
        "password1": "river lamp quiet nine",
        "password2": "river lamp quiet nine",
    }
    client.post("/accounts/password/change/", new)
    assert client.get("/").status_code == 200


def test_a_wrong_name_and_a_wrong_password_look_the_same() -> None:
    user, _ = with_app(Role.AUDITOR)
    pages = []
    for name in (user.username, "nobody-here"):
        answer = give_password(Client(), name, "wrong wrong wrong")
        assert answer.status_code == 200
        pages.append(answer.content.decode().replace(name, "NAME"))
    one, other = (_without_tokens(page) for page in pages)
    assert one == other


def test_ten_wrong_tries_lock_the_name_from_that_place_and_from_nowhere_else() -> None:
    user, _ = with_app(Role.AUDITOR)
    here = Client(REMOTE_ADDR="203.0.113.9")
    for _number in range(10):
        answer = give_password(here, user.username, "wrong wrong wrong")
    assert answer.status_code == 429
    assert "quarter of an hour" in answer.content.decode()
    answer = give_password(here, user.username)
    assert answer.status_code == 429 or answer.context["form"].errors
    elsewhere = give_password(Client(REMOTE_ADDR="203.0.113.10"), user.username)
    assert elsewhere.headers["Location"] == "/accounts/2fa/authenticate/"


def test_an_unknown_name_is_locked_just_as_well() -> None:
    here = Client(REMOTE_ADDR="203.0.113.9")
    for _number in range(10):
        answer = give_password(here, "nobody-here", "wrong wrong wrong")
    assert answer.status_code == 429


def test_codes_cannot_be_guessed_quickly() -> None:
    user, secret = with_app(Role.AUDITOR)
    client = Client()
    give_password(client, user.username)
    for _number in range(11):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)}).status_code == 200


def test_signing_in_gives_a_new_session() -> None:
    user, secret = with_app(Role.AUDITOR)
    client = Client()
    client.get("/accounts/login/")
    give_password(client, user.username)
    before = client.cookies["sessionid"].value
    client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert client.cookies["sessionid"].value != before


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_leads_nowhere_else(there: str) -> None:
    user = person()
    user.authenticator_set.all().delete()
    answer = give_password(Client(), user.username, next=there)
    assert answer.headers["Location"] == "/"
    answer = Client().post("/language/", {"language": "es", "next": there})
    assert "evil" not in answer.headers["Location"] and "script" not in answer.headers["Location"]


def test_the_office_speaks_the_language_of_who_signs_in() -> None:
    user = person(language="es")
    user.authenticator_set.all().delete()
    client = Client()
    give_password(client, user.username)
    assert '<html lang="es">' in client.get("/").content.decode()


def test_an_account_that_is_off_cannot_sign_in() -> None:
    user, _ = with_app(Role.AUDITOR)
    User.objects.filter(pk=user.pk).update(is_active=False)
    client = Client()
    assert give_password(client, user.username).headers["Location"] == "/accounts/inactive/"
    assert "off" in client.get("/accounts/inactive/").content.decode()
    assert client.get("/").status_code == 302
    assert give_password(client, user.username, "wrong wrong wrong").status_code == 200


def test_nobody_signs_up_by_themselves() -> None:
    for path in ("/accounts/signup/", "/accounts/2fa/webauthn/signup/", "/accounts/2fa/trust/"):
        assert Client().get(path).status_code == 404


def _without_tokens(page: str) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value="|X-CSRFToken":")\w+"', "", page)
