"""How allauth behaves at the desk: nobody signs up, guessing is slow, secrets of factors are sealed at rest.

Comes in: what allauth asks. Goes out: answers, and the page behind the link of a new account.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_desk_accounts.py.
"""

import time
from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode

from posada.newsroom.desk_gate import FACTORS
from posada.newsroom.visitor_address import client_address


class DeskAccountAdapter(DefaultAccountAdapter):
    """Accounts are made on the server only (`posada editors`)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address, behind a proxy too."""
        return client_address(request)

    def is_reauthentication_required(self, *, app: str, **named: Any) -> bool:
        """A first factor can be set up at once by whoever has just given the password; all else asks again."""
        user = self.request.user
        kept = Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS)
        if app == "allauth.mfa" and not kept.exists():
            records = get_authentication_records(self.request, user)
            fresh = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
            return not any(each["method"] == "password" and each["at"] > fresh for each in records)
        return bool(super().is_reauthentication_required(app=app, **named))


class DeskFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed at rest, under a key made from the newsroom's own."""

    def encrypt(self, text: str) -> str:
        """The secret sealed."""
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret opened."""
        return _sealer().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """The party that a passkey is for: this host."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Posada newsroom"}


def _sealer() -> Fernet:
    made = HKDF(SHA256(), 32, salt=None, info=b"posada seals a second factor of the desk")
    return Fernet(urlsafe_b64encode(made.derive(settings.NEWSROOM.secret.encode())))


def set_up(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """Choose a password. The link works once, for three days; looking at it changes nothing."""
    user = _named(who)
    if user is None or not default_token_generator.check_token(user, token):
        return render(request, "newsroom/desk_link_used.html", status=404)
    from posada.newsroom.desk_forms import FirstPasswordForm

    form = FirstPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("account_login")
    return render(request, "newsroom/desk_set_up.html", {"form": form, "who": user.get_username()})


def _named(who: str) -> Any:
    try:
        return User.objects.filter(pk=int(urlsafe_base64_decode(who).decode()), is_active=True).first()
    except (ValueError, UnicodeDecodeError, OverflowError):
        return None
