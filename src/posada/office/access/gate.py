"""The gate in front of every page: a route that does not say whom it opens to opens to nobody.

Comes in: every request. Goes out: the page, the sign-in page, or the same "not there" for all that is not yours.
Docs: docs/explanation/who-sees-what.md. Tests: tests/office/access/test_gate.py.
"""

import logging
import uuid
from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, SuspiciousOperation, ValidationError
from django.db import DatabaseError, DataError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from posada.office.access.actor import NOBODY, Actor, actor_of
from posada.office.access.deadlocks import again_after_deadlock, is_deadlock, note_deadlock
from posada.office.access.kept_forms import WAITING, keep_form, let_go, page_of, waiting_for
from posada.office.access.models import User
from posada.office.access.roles import NEED_SECOND_FACTOR, Role
from posada.office.access.second_factor import gave_second_factor, has_second_factor
from posada.office.audit.chain import standing_entries
from posada.office.day import one_day
from posada.office.refusals import NotThere, OutOfRange, Refusal, TextNotKept
from posada.office.what_failed import failed

View = TypeVar("View", bound=Callable[..., HttpResponse])
ANYONE = "anyone"  # also somebody who has not signed in
SIGNED_IN = "signed_in"  # anybody with an account
THIRD_PARTY: dict[str, tuple[str, ...]] = {
    "account_login": (ANYONE,),
    "account_logout": (SIGNED_IN,),
    "account_reauthenticate": (SIGNED_IN,),
    "account_change_password": (SIGNED_IN,),
    "account_inactive": (ANYONE,),
    "account_reset_password": (ANYONE,),
    "mfa_authenticate": (ANYONE,),
    "mfa_login_webauthn": (ANYONE,),
    "mfa_reauthenticate": (SIGNED_IN,),
    "mfa_reauthenticate_webauthn": (SIGNED_IN,),
    "mfa_index": (SIGNED_IN,),
    "mfa_activate_totp": (SIGNED_IN,),
    "mfa_deactivate_totp": (SIGNED_IN,),
    "mfa_generate_recovery_codes": (SIGNED_IN,),
    "mfa_view_recovery_codes": (SIGNED_IN,),
    "mfa_download_recovery_codes": (SIGNED_IN,),
    "mfa_list_webauthn": (SIGNED_IN,),
    "mfa_add_webauthn": (SIGNED_IN,),
    "mfa_edit_webauthn": (SIGNED_IN,),
    "mfa_remove_webauthn": (SIGNED_IN,),
    "usersessions_list": (SIGNED_IN,),
    "set_language": (ANYONE,),
}
"""Routes of libraries, by name; our own say it themselves with `opens_to`."""
METHODS = ("GET", "HEAD", "POST")
"""No page of the office takes another method; which of these it takes, a view says itself."""
BEFORE_SECOND_FACTOR = frozenset(
    {name for name in THIRD_PARTY if name.startswith(("mfa_", "account_"))} | {"set_language"}
)
"""What somebody may reach who has signed in but has no second factor yet: setting one up, and signing out."""
SECONDS_BETWEEN_NOTES = 60
AT_SEALED = "at_sealed"
"""In a session: the page that is open has shown a sealed field, and so the session ends sooner when left alone."""
UNFIT: dict[type[Exception], type[Refusal]] = {
    DataError: TextNotKept,
    OverflowError: OutOfRange,
    ValidationError: NotThere,
}
"""What Django and the database say of a value that fits nowhere → what a person is told; the last is no id at all."""
log = logging.getLogger("posada.gate")


def opens_to(*who: Role | str) -> Callable[[View], View]:
    """Say whom a view opens to: roles, or `SIGNED_IN`, or `ANYONE`. A view without it opens to nobody."""

    def mark(view: View) -> View:
        view.opens_to = frozenset(who)  # type: ignore[attr-defined]
        return view

    return mark


def shows_sealed(request: HttpRequest) -> None:
    """Note that the page which is open now shows a sealed field."""
    request.session[AT_SEALED] = True
    request.session["seen_at"] = timezone.now().timestamp()


def opened_to(view: Any, name: str) -> frozenset[Any]:
    """Whom a route opens to; empty: nobody."""
    marked = getattr(view, "opens_to", None)
    return marked if marked is not None else frozenset(THIRD_PARTY.get(name, ()))


class GateMiddleware:
    """Sets `request.actor`, and lets nobody through whom the route does not name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; no page of the office may be kept by a cache."""
        with one_day(), standing_entries() as standing:
            request.actor = _actor(request)  # type: ignore[attr-defined]
            response = self.get_response(request)
            while again_after_deadlock(request, standing):
                response = self.get_response(request)
        _let_kept_form_go(request, response)
        if response.status_code == 405 and not response.content:
            response = _no_such_method(request, response)
        add_never_cache_headers(response)
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _arguments: Any, _named: Any
    ) -> HttpResponse | None:
        """None lets the request through."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        match = request.resolver_match
        name = (match.view_name if match else "") or ""
        allowed = opened_to(view, name)
        if ANYONE in allowed:
            return None
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if actor.user_id is None:
            if not allowed:
                return _not_there(request)
            return _sign_in_first(request)
        if not (SIGNED_IN in allowed or actor.has(*(each for each in allowed if isinstance(each, Role)))):
            return _not_there(request)
        return None if name in BEFORE_SECOND_FACTOR else _sign_in_is_unfinished(request, actor)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal is a page with its sentence; anything else is a page with a number that the log has too."""
        if type(error).__module__.startswith("allauth."):
            return None  # a detour of the sign-in, which its own middleware takes
        if isinstance(error, SuspiciousOperation | BadRequest | MultiPartParserError):
            return None  # such as a body that is too long, or no form: Django has a page of ours for it
        if isinstance(error, Http404):
            return _not_there(request)
        unfit = next((refusal for kind, refusal in UNFIT.items() if isinstance(error, kind)), None)
        if unfit is not None:
            log.warning("a value that fits nowhere, and that no form had looked at: %s", type(error).__name__)
            error = unfit()
        if is_deadlock(error):
            error = note_deadlock(request)
        if isinstance(error, Refusal):
            if error.status == 404:
                return _not_there(request)
            return render(request, "office/refused.html", {"refusal": error}, status=error.status)
        return failed(request, error)


def _actor(request: HttpRequest) -> Actor:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return NOBODY
    if _idle_too_long(request) or not user.is_active:
        if user.is_active:
            request.was_signed_in = user.pk  # type: ignore[attr-defined]
        logout(request)
        return NOBODY
    return actor_of(user)


def _idle_too_long(request: HttpRequest) -> bool:
    """Also: signed in too long ago, however busy since. Notes the moment, at most once a minute."""
    now = timezone.now().timestamp()
    seen, began = request.session.get("seen_at"), request.session.setdefault("began_at", now)
    sealed = request.session.get(AT_SEALED, False)
    idle = settings.SESSION_SEALED_IDLE_SECONDS if sealed else settings.SESSION_IDLE_SECONDS
    if (seen is not None and now - seen > idle) or now - began > settings.SESSION_COOKIE_AGE:
        return True
    if (
        sealed and "HX-Request" not in request.headers
    ):  # another page takes the place of the one that showed it
        del request.session[AT_SEALED]
    if seen is None:
        request.session[WAITING] = waiting_for(cast(User, request.user))
    if seen is None or now - seen > SECONDS_BETWEEN_NOTES:
        request.session["seen_at"] = now
        _note_session(request)
    return False


def _note_session(request: HttpRequest) -> None:
    """For the list of one's sessions; a disk that is full does not keep anybody from reading."""
    try:
        with transaction.atomic():
            UserSession.objects.create_from_request(request)
    except DatabaseError as error:
        log.error("a session could not be noted: %s", type(error).__name__)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """The sign-in page, which leads back; what was sent by a session that has just ended is kept meanwhile."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    was: uuid.UUID | None = getattr(request, "was_signed_in", None)
    if was is not None:
        keep_form(request, was)
    return redirect_to_login(page_of(request), settings.LOGIN_URL)


def _let_kept_form_go(request: HttpRequest, response: HttpResponse) -> None:
    """A form that was kept and has now been sent is no longer kept; a page that shows its faults has it anyhow."""
    if request.method != "POST" or not request.user.is_authenticated or response.status_code >= 500:
        return
    waiting: dict[str, str] = request.session.get(WAITING, {})
    for page in [page for page, address in waiting.items() if address == request.path]:
        let_go(request.user.pk, page)
        request.session[WAITING] = {each: waiting[each] for each in waiting if each != page}


def _sign_in_is_unfinished(request: HttpRequest, actor: Actor) -> HttpResponse | None:
    """Where to go first: to a password of one's own, to a second factor, or to give the one there is."""
    user = cast(User, request.user)
    if user.password_is_temporary:
        return redirect("account_change_password")
    if not actor.has(*NEED_SECOND_FACTOR):
        return None
    if not has_second_factor(user):
        return redirect("mfa_activate_totp")
    if not gave_second_factor(request):
        logout(request)
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    return None


def _no_such_method(request: HttpRequest, bare: HttpResponse) -> HttpResponse:
    answer = render(request, "office/not_understood.html", status=405)
    answer.headers["Allow"] = bare.headers.get("Allow", "")
    return answer


def _not_there(request: HttpRequest) -> HttpResponse:
    return render(request, "office/not_there.html", status=404)
