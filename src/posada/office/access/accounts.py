"""How allauth behaves here: nobody signs up by themselves, guessing is slow, and every sign-in is in the log.

Docs: docs/explanation/who-sees-what.md. Tests: tests/office/access/test_accounts.py.
"""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from posada.office.access.actor import actor_of
from posada.office.access.known_device import place_of_try, remember
from posada.office.access.models import User
from posada.office.access.sealed_secret import open_secret, seal_secret
from posada.office.access.second_factor import FACTORS, gave_second_factor, has_second_factor
from posada.office.audit.chain import append


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address, behind a proxy too; of a password that is tried on a known device, the device."""
        return place_of_try(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count by name and place together, so that nobody can lock another out from elsewhere.

        Of an IPv6 address its network counts: whoever has one address has all of it.
        """
        name = credentials.get("username", "")
        return f"{name.lower()}@{truncate_ip(place_of_try(request, name))}"

    def is_reauthentication_required(self, *, app: str, **named: Any) -> bool:
        """A first factor can be set up at once by whoever has just given the password; anything else asks again."""
        user = self.request.user
        if app == "allauth.mfa" and isinstance(user, User) and not has_second_factor(user):
            records = get_authentication_records(self.request, user)
            fresh = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
            return not any(each["method"] == "password" and each["at"] > fresh for each in records)
        return bool(super().is_reauthentication_required(app=app, **named))

    def set_password(self, user: User, password: str) -> None:
        """A password that its owner chose."""
        user.set_password(password)
        user.password_is_temporary = False
        user.save(update_fields=["password", "password_is_temporary"])
        append(actor_of(user), "account.password_changed", subject=user)

    def post_login(self, request: HttpRequest, user: User, **named: Any) -> HttpResponse:
        """Note the sign-in, and speak the person's language if the browser has asked for none by the switch."""
        response: HttpResponse = super().post_login(request, user, **named)
        append(actor_of(user), "account.sign_in", subject=user)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite="Lax",
            )
        if gave_second_factor(request):
            remember(request, response, user.username)
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed at rest."""

    def encrypt(self, text: str) -> str:
        """The secret sealed."""
        return seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret opened."""
        return open_secret(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """The party that a passkey is for: this host."""
        entity = super().get_public_key_credential_rp_entity()
        entity["name"] = "Posada"
        return entity

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """The last second factor cannot be taken away by its owner."""
        kept = authenticator.user.authenticator_set.filter(type__in=FACTORS).exclude(pk=authenticator.pk)
        return bool(kept.exists())
