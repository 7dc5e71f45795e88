"""What a second factor must do here: be given in this very session, bite when it is added or taken away.

Comes in: requests of people who have signed in. Goes out: whether the session may open doors, and views of allauth
with our conditions around them.
Docs: docs/explanation/who-sees-what.md. Tests: tests/office/access/test_second_factor.py.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from posada.office.access.models import User
from posada.office.audit.chain import append

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes stand in for one of these; they are none by themselves."""


def has_second_factor(user: User) -> bool:
    """Whether the account has a code app or a passkey."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def gave_second_factor(request: HttpRequest) -> bool:
    """Whether it was given in this session: a session that began without one does not grow doors later."""
    return any(each.get("method") == "mfa" for each in get_authentication_records(request, _user(request)))


def adds_factor(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A view that may add a factor: if it did, the factor counts as given here, and other sessions end."""

    @wraps(view)
    def adding(request: HttpRequest) -> HttpResponse:
        user = _user(request)
        before = set(_factors(user).values_list("pk", flat=True))
        answer = view(request)
        added = _factors(user).exclude(pk__in=before).first()
        if added is not None:
            from posada.office.access.actor import actor_of

            record_authentication(request, user, "mfa", id=added.pk, type=added.type, reauthenticated=True)
            end_other_sessions(request, user)
            append(actor_of(user), "account.factor_added", subject=user, detail={"kind": added.type})
        return answer

    return adding


def takes_factor(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that may take a factor away: the last one stays, since nobody gets in without one."""

    @wraps(view)
    def taking(request: HttpRequest, **named: int) -> HttpResponse:
        user = _user(request)
        before = _factors(user).count()
        its_own = "pk" not in named or _factors(user).filter(pk=named["pk"]).exists()
        if request.method == "POST" and before == 1 and its_own:
            messages.error(
                request, _("This is your only second factor. Add another before you take it away.")
            )
            return redirect("mfa_index")
        answer = view(request, **named)
        if request.method == "POST" and _factors(user).count() < before:
            from posada.office.access.actor import actor_of

            append(actor_of(user), "account.factor_removed", subject=user)
        return answer

    return taking


def _factors(user: User) -> "models.QuerySet[Authenticator]":
    return Authenticator.objects.filter(user=user, type__in=FACTORS).order_by("-pk")


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("the gate lets only people with an account come here")
    return request.user
