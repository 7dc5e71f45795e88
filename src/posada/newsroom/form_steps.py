"""The two forms: saved at each step under a link, looked over, sealed, sent once.

Comes in: a step as it was typed. Goes out: a sealed letter in the exchange, and where it stands. No cookie and no
script is needed. Machines are kept out by a field that people don't see, by a signed time, and by a rate.
Docs: docs/explanation/the-public-site.md. Tests: tests/newsroom/test_forms.py.
"""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from posada.newsroom import form_drafts
from posada.newsroom.appeals_told import appeal_for
from posada.newsroom.asking_rate import asks_too_often
from posada.newsroom.deployment import letters_key_now
from posada.newsroom.forms import STEPS, Step
from posada.newsroom.letters import post_letter, seal_letter
from posada.newsroom.numbers_told import figures_now

LEAST_SECONDS, MOST_SECONDS = 1, 12 * 3600
MOST_POSTS = 60
PADDED_TO = 20_480
"""Bytes. Every page of a form's link is as long: longest answers that fit, and the counties of any one state."""
STANDINGS, MOST_STANDINGS = "to_public/standings.json", 5_000_000
STAGES = ("received", "in_review", "in_contact", "checks", "open", "ended")


def form_page(request: HttpRequest, page: Any) -> HttpResponse:
    """A step of a form; what was typed before is found by the secret of the link."""
    secret = request.GET.get("r", "")[:64]
    found = form_drafts.opened(secret) if secret else ({}, False)
    if found is None:
        stage_of(form_drafts.names_of(secret).ticket)  # as much work as for a link that is known
        return _private(render(request, "newsroom/form_nothing.html", {"page": page, "self": page}))
    typed, sent = found
    if sent:
        return _private(render(request, "newsroom/form_sent.html", _sent(page, secret)))
    steps = STEPS[page.kind]
    count = max(1, min(_number(request.GET.get("s")), len(steps) + 1))
    if request.method == "POST":
        return _private(_posted(request, page, (secret, typed, count)))
    return _private(_shown(request, page, (secret, typed, count), form=None))


def _posted(request: HttpRequest, page: Any, at: tuple[str, dict[str, Any], int]) -> HttpResponse:
    secret, typed, count = at
    if asks_too_often(request, what="posts", most=MOST_POSTS):
        return render(request, "newsroom/form_wait.html", {"page": page, "self": page}, status=429)
    if request.POST.get("website") or not _took_a_moment(request.POST.get("t", "")):
        return _shown(request, page, at, form=None, again=True)
    steps = STEPS[page.kind]
    if count > len(steps):
        return _send(request, page, secret, typed)
    form = steps[count - 1](request.POST, state=_state())
    if not form.is_valid():
        return _shown(request, page, at, form=form)
    typed = {**typed, **form.cleaned_data}
    secret = secret or form_drafts.new_secret()
    form_drafts.keep(secret, typed)
    return HttpResponseRedirect(f"{request.path}?r={secret}&s={count + 1}")


def _send(request: HttpRequest, page: Any, secret: str, typed: dict[str, Any]) -> HttpResponse:
    for number, step in enumerate(STEPS[page.kind], start=1):  # also a step that was jumped over
        form = step(_as_posted(typed), state=_state())
        if not form.is_valid():
            return HttpResponseRedirect(f"{request.path}?r={secret}&s={number}")
    names = form_drafts.names_of(secret)
    letter = {
        "schema": 1,
        "id": names.letter,
        "ticket": names.ticket,
        "kind": page.kind,
        "language": get_language(),
        "written_at": timezone.now().isoformat(timespec="seconds"),
        "answers": typed,
    }
    sealed = seal_letter(letter, office_key=letters_key_now(settings.NEWSROOM))
    post_letter(sealed, name=names.letter, exchange=Path(settings.NEWSROOM.exchange))
    form_drafts.keep(secret, {}, sent=True)
    return HttpResponseRedirect(f"{request.path}?r={secret}")


def _shown(
    request: HttpRequest,
    page: Any,
    at: tuple[str, dict[str, Any], int],
    *,
    form: Step | None,
    again: bool = False,
) -> HttpResponse:
    secret, typed, count = at
    steps = STEPS[page.kind]
    is_last = count > len(steps)
    if form is None and not is_last:
        form = steps[count - 1](initial=typed, state=_state())
    context = {
        "page": page,
        "self": page,
        "form": form,
        "again": again,
        "steps": [(number, each.heading) for number, each in enumerate(steps, start=1)],
        "count": count,
        "is_last": is_last,
        "appeal": appeal_for(
            page.kind,
            county=str(typed.get("county", "")),
            language=str(typed.get("best_language") or get_language() or ""),
        ),
        "rows": _looked_over(page.kind, typed) if is_last else (),
        "link": f"{settings.NEWSROOM.address}{request.path}?r={secret}&s={count}" if secret else "",
        "stamp": signing.dumps(timezone.now().timestamp(), salt="form"),
    }
    bad = form is not None and bool(form.errors)
    return render(request, "newsroom/form_page.html", context, status=422 if bad else 200)


def _looked_over(kind: str, typed: dict[str, Any]) -> list[tuple[int, Any, str]]:
    rows = []
    for number, step in enumerate(STEPS[kind], start=1):
        for name, field in step(state=_state()).fields.items():
            choices = {str(key): str(word) for key, word in getattr(field, "choices", ())}
            told = typed.get(name, "")
            values = told if isinstance(told, list) else [told]
            rows.append(
                (number, field.label, ", ".join(choices.get(str(each), str(each)) for each in values))
            )
    return rows


def _sent(page: Any, secret: str) -> dict[str, Any]:
    return {"page": page, "self": page, "stage": stage_of(form_drafts.names_of(secret).ticket)}


def stage_of(ticket: str) -> str:
    """How far the office is with a letter, coarsely; "received" until it says more."""
    path = Path(settings.NEWSROOM.exchange) / STANDINGS
    try:
        raw = path.read_bytes()
        told = json.loads(raw)["standings"].get(ticket, "") if len(raw) <= MOST_STANDINGS else ""
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        told = ""
    return told if told in STAGES else "received"


def _as_posted(typed: dict[str, Any]) -> Any:
    from django.http import QueryDict

    made = QueryDict(mutable=True)
    for name, value in typed.items():
        made.setlist(name, [str(each) for each in value] if isinstance(value, list) else [str(value)])
    return made


def _took_a_moment(stamp: str) -> bool:
    """Whether the page was opened by us, longer ago than a machine takes and shorter than half a day."""
    try:
        opened_at = float(signing.loads(stamp, salt="form"))
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return LEAST_SECONDS <= timezone.now().timestamp() - opened_at <= MOST_SECONDS


def _state() -> str:
    told = figures_now()
    return told.state if told else ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 3 else 1


def _private(response: HttpResponse) -> HttpResponse:
    """Nobody keeps a page with somebody's answers; its address is told to nobody, and its size tells nothing.

    It is padded and not compressed: whether a link is known, and how far a letter is, changes no length on the wire.
    """
    if response.content:  # a redirect has none
        response.content += b" " * (-len(response.content) % PADDED_TO)
        response["Content-Encoding"] = "identity"  # so that the compression of pages leaves it alone
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = (
        "same-origin"  # with no-referrer a browser says "Origin: null" and is refused
    )
    response["X-Robots-Tag"] = "noindex"
    return response
