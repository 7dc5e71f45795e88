"""Sign-ins of a demonstration: every role has one, and nobody else can read them."""

from pathlib import Path

import pytest
from allauth.mfa.utils import is_mfa_enabled

from posada.office.access.actor import actor_of
from posada.office.access.models import User
from posada.office.access.roles import NEED_SECOND_FACTOR, Role
from posada.web.operating import demonstration_accounts as accounts
from tests.served_office import code_now

pytestmark = pytest.mark.django_db


def test_every_role_can_sign_in_and_two_can_where_an_act_takes_two() -> None:
    kept = accounts.make_accounts()
    roles = [each["role"] for each in kept]
    assert set(roles) == {str(role) for role in Role}
    for twice in (Role.ADMINISTRATOR, Role.PLACEMENT_WORKER, Role.PROGRAM_DIRECTOR, Role.LICENSING_WORKER):
        assert roles.count(twice) == 2
    for each in kept:
        user = User.objects.get(username=each["username"])
        assert user.check_password(each["password"])
        assert is_mfa_enabled(user) == bool(each["totp_secret"]) == (each["role"] in NEED_SECOND_FACTOR)
        assert actor_of(user).roles == {Role(each["role"])}


def test_second_persons_are_other_human_beings() -> None:
    accounts.make_accounts()
    keys = list(User.objects.values_list("person_key", flat=True))
    assert len(keys) == len(set(keys))


def test_the_file_of_sign_ins_is_its_owners_alone(tmp_path: Path) -> None:
    kept = [{"username": "a", "password": "b", "role": "auditor", "totp_secret": ""}]
    accounts.keep_accounts(tmp_path, kept)
    accounts.keep_accounts(tmp_path, kept)
    assert (tmp_path / accounts.ACCOUNTS_FILE).stat().st_mode & 0o177 == 0
    assert accounts.read_accounts(tmp_path) == kept
    assert accounts.read_accounts(tmp_path / "elsewhere") == []


def test_the_code_is_the_one_of_an_authenticator_app() -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    assert accounts.code_now(secret) in {code_now(secret), accounts.code_now(secret)}
