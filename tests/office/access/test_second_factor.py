"""The last factor stays, a new one ends other sessions, and one's own doors stay open."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from posada.office.access.models import User
from posada.office.access.roles import Role
from posada.office.access.second_factor import has_second_factor
from tests.office.people import browser_of, person
from tests.served_office import code_now


def fresh(user: User) -> Client:
    """A browser whose owner has just given the password again."""
    client = browser_of(user)
    session = client.session
    session["account_authentication_methods"] += [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()
    return client


def passkey_of(user: User) -> Authenticator:
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}}
    )


def test_the_only_factor_cannot_be_taken_away() -> None:
    user = person(Role.AUDITOR)
    client = fresh(user)
    client.post("/accounts/2fa/totp/deactivate/")
    assert has_second_factor(user)
    user.authenticator_set.all().delete()
    key = passkey_of(user)
    client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
    assert has_second_factor(user)


def test_one_of_two_factors_can() -> None:
    user = person(Role.AUDITOR)
    passkey_of(user)
    fresh(user).post("/accounts/2fa/totp/deactivate/")
    assert list(user.authenticator_set.values_list("type", flat=True)) == ["webauthn"]


def test_another_persons_passkey_is_not_there() -> None:
    key = passkey_of(person())
    for path in ("remove", "edit"):
        assert fresh(person()).get(f"/accounts/2fa/webauthn/keys/{key.pk}/{path}/").status_code == 404


def test_a_factor_that_was_taken_away_bites_on_the_next_request() -> None:
    user = person(Role.PLACEMENT_WORKER)
    client = browser_of(user)
    assert client.get("/").status_code == 200
    user.authenticator_set.all().delete()
    assert client.get("/").headers["Location"] == "/accounts/2fa/totp/activate/"


def test_recovery_codes_alone_are_no_second_factor() -> None:
    user = person(Role.PLACEMENT_WORKER)
    user.authenticator_set.update(type=Authenticator.Type.RECOVERY_CODES)
    assert not has_second_factor(user)
    assert browser_of(user).get("/").status_code == 302


def test_adding_a_factor_signs_other_devices_out() -> None:
    user = person(Role.AUDITOR)
    user.authenticator_set.all().delete()
    passkey_of(user)
    here, there = fresh(user), browser_of(user)
    for client in (here, there):
        assert client.get("/").status_code == 200
    secret = here.get("/accounts/2fa/totp/activate/").context["form"].secret
    here.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


def test_secrets_of_apps_are_sealed_at_rest() -> None:
    secret = generate_totp_secret()
    user = person()
    user.authenticator_set.all().delete()
    made = TOTP.activate(user, secret).instance
    assert secret not in str(Authenticator.objects.get(pk=made.pk).data)
