"""The gate of the editors' desk: no page of /cms/ opens without a second factor that was given in this session.

Comes in: every request. Goes out: the page, or the way to the sign-in. What is not named here opens to nobody.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_desk_gate.py.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from posada.newsroom.desk_policy import DESK
from posada.newsroom.not_there import not_there

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes stand in for one of these; they are none by themselves."""
SIGNING_IN = frozenset({"account_login", "mfa_authenticate", "mfa_login_webauthn", "desk_set_up"})
SETTING_UP = frozenset(
    {
        *("mfa_activate_totp", "mfa_add_webauthn", "account_logout"),
        *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    }
)
"""What somebody reaches who has a password and no second factor yet."""
NO_SIGN_OF_A_PERSON = ("/cms/editing-sessions/",)
"""Asked by an open page by itself, every few seconds: nobody need sit before it."""
SECONDS_BETWEEN_NOTES = 60
View = Callable[..., HttpResponse]


class DeskGateMiddleware:
    """Stands behind the session; lets nobody to the desk who has not given both factors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Speak the browser's language at the sign-in; the desk itself speaks the editor's."""
        if not request.path.startswith(DESK):
            return self.get_response(request)
        spoken = translation.get_language_from_request(request, check_path=False)
        with translation.override(spoken):
            request.LANGUAGE_CODE = spoken
            return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _named: Any) -> HttpResponse | None:
        """None lets the request through."""
        if not request.path.startswith(DESK):
            return None
        name = (request.resolver_match.view_name if request.resolver_match else "") or ""
        if request.user.is_authenticated and _left_alone(request):
            logout(request)
        if name in SIGNING_IN:
            return None
        user = request.user
        if not user.is_authenticated:
            return _sign_in_first(request)
        if not Authenticator.objects.filter(user=user, type__in=FACTORS).exists():
            return None if name in SETTING_UP else redirect("mfa_activate_totp")
        if not gave_second_factor(request):
            logout(request)
            return _sign_in_first(request)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A number or a word that no table holds is not there, on the site and on the desk; the rest is a fault."""
        return not_there(request) if isinstance(error, OverflowError | ValidationError | DataError) else None


def gave_second_factor(request: HttpRequest) -> bool:
    """Whether it was given in this session: one that began without it does not grow doors later."""
    return any(each.get("method") == "mfa" for each in get_authentication_records(request, request.user))


def adds_factor(view: View) -> View:
    """A view that may add a factor: if it did, the factor counts as given in this session."""

    def adding(request: HttpRequest) -> HttpResponse:
        before = set(_factors(request.user).values_list("pk", flat=True))
        answer = view(request)
        added = _factors(request.user).exclude(pk__in=before).first()
        if added is not None:
            record_authentication(
                request, request.user, "mfa", id=added.pk, type=added.type, reauthenticated=True
            )
        return answer

    return adding


def takes_factor(view: View) -> View:
    """A view that may take a factor away: the last one stays, since nobody gets in without one."""

    def taking(request: HttpRequest, **named: int) -> HttpResponse:
        if request.method == "POST" and _factors(request.user).count() == 1:
            messages.error(
                request, _("This is your only second factor. Add another before you take it away.")
            )
            return redirect("mfa_index")
        return view(request, **named)

    return taking


def _factors(user: Any) -> Any:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).order_by("-pk")


def _left_alone(request: HttpRequest) -> bool:
    """Whether nobody has done anything for too long, or the sign-in was too long ago."""
    now = timezone.now().timestamp()
    began = request.session.setdefault("began_at", now)
    seen = request.session.get("seen_at")
    if (seen is not None and now - seen > settings.SESSION_IDLE_SECONDS) or (
        now - began > settings.SESSION_COOKIE_AGE
    ):
        return True
    by_itself = request.path.startswith(NO_SIGN_OF_A_PERSON)
    if seen is None or (now - seen > SECONDS_BETWEEN_NOTES and not by_itself):
        request.session["seen_at"] = now
    return False


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(status=403)
    if request.method != "GET":
        return redirect(settings.LOGIN_URL)
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
