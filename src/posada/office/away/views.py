"""Pages of check-ins offline: what to take along, what came back, and the choice between two texts.

Docs: docs/how-to/check-in-offline.md. Tests: tests/office/away/test_views.py.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.office.access import doors
from posada.office.access.gate import SIGNED_IN, opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.away import devices, receiving
from posada.office.away.labels import MOST_NUMBER, WORDS, checked_labels
from posada.office.away.models import AwayForm
from posada.office.away.sealed_box import Box
from posada.office.away.signing_out import COOKIE, device_of_browser
from posada.office.day import today
from posada.office.kept_form import version_of
from posada.office.placement.models import CheckIn
from posada.office.placement.placed_selectors import OUTCOMES, check_ins_shown, kind_of
from posada.office.refusals import FieldsRefused, NotThere, Refusal
from posada.office.shown_names import day_words

AHEAD = timedelta(days=14)
SHOWN = 50
MOST_CLOSED = 40_000  # letters of a sealed form
worker = opens_to(Role.PLACEMENT_WORKER)


@worker
@require_safe
def away(request: OfficeRequest) -> HttpResponse:
    """What waits for a choice first; then what to take along."""
    rows = _due(request)
    shown = {
        "rows": [(row, kind_of(row), str(place)) for place, row in enumerate(rows[:SHOWN], 1)],
        "more": len(rows) > SHOWN,
        "conflicts": [(each, kind_of(each.check_in)) for each in receiving.conflicts(request.actor)],
        "devices": devices.devices_of(request.actor).order_by("-made_at"),
        "here": device_of_browser(request),
        "words": WORDS.items(),
        "most": MOST_NUMBER,
        "shell": reverse("away_shell", args=[_language()]),
    }
    return render(request, "away/away.html", shown)


@opens_to(SIGNED_IN)
@require_safe
def away_start(_request: OfficeRequest) -> HttpResponse:
    """Where the app begins: at the desk, when it is online."""
    return redirect("home")


def _due(request: OfficeRequest) -> list[CheckIn]:
    rows = check_ins_shown(request.actor, "all").filter(due_on__lte=today() + AHEAD)
    return list(rows[: SHOWN + 1])


def _language() -> str:
    told = (get_language() or "en")[:2]
    return told if told in dict(settings.LANGUAGES) else "en"


@worker
@require_POST
def away_take(request: OfficeRequest) -> HttpResponse:
    """Give the browser a key to close with, and the check-ins that were chosen: ids, labels, days, no name."""
    rows = doors.check_ins(request.actor).filter(
        pk__in=_ids(request.POST.getlist("take")), done_on__isnull=True
    )
    listed = list(rows.select_related("home", "group").order_by("due_on", "pk")[:SHOWN])
    given = request.POST
    labels, wrong = checked_labels(
        {each.pk: (given.get(f"word-{each.pk}", ""), given.get(f"number-{each.pk}", "")) for each in listed}
    )
    if wrong:
        return JsonResponse({"wrong": {str(pk): str(words) for pk, words in wrong.items()}}, status=422)
    here = device_of_browser(request)
    device = devices.devices_of(request.actor).filter(pk=here).first() or devices.new_device(request.actor)
    taken = [
        {
            "id": str(each.pk),
            "label": labels[each.pk],
            "kind": str(kind_of(each)),
            "due": day_words(each.due_on),
            "version": each.version,
        }
        for each in listed
    ]
    told = {
        "device": str(device.pk),
        "key": device.public,
        "ends": device.ends_at.isoformat(),
        "taken": taken,
    }
    answer = JsonResponse(told)
    answer.set_cookie(
        COOKIE,
        str(device.pk),
        max_age=devices.KEPT_FOR,
        httponly=True,
        samesite="Strict",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
    return answer


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:SHOWN]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@worker
@require_safe
def away_state(request: OfficeRequest) -> HttpResponse:
    """For the offline page, once it is online: a token to send with, and which devices may still send."""
    told = [str(pk) for pk in devices.devices_of(request.actor).values_list("pk", flat=True)]
    return JsonResponse({"token": get_token(request), "devices": told})


@worker
@require_POST
def away_send(request: OfficeRequest) -> HttpResponse:
    """Take one form in; the answer is its receipt."""
    try:
        form = receiving.receive(request.actor, _sent(request))
    except FieldsRefused as refused:
        words = [str(each) for each in refused.faults.values()]
        return JsonResponse({"state": "refused", "words": words}, status=422)
    except NotThere:
        return JsonResponse({"state": "gone"}, status=404)
    except Refusal as refused:
        return JsonResponse({"state": "refused", "words": [str(refused.message)]}, status=422)
    return JsonResponse({"state": form.state, "page": reverse("away_form", args=[form.pk])})


def _sent(request: OfficeRequest) -> receiving.Sent:
    given = request.POST
    ids = _ids([given.get("form", ""), given.get("device", ""), given.get("check_in", "")])
    version = version_of(given.get("version", ""))
    if len(ids) != 3 or not version:
        raise Refusal(_("This is not a form of this page."), code="away_no_form")
    bound = "/".join((*map(str, (ids[1], ids[0], ids[2])), str(version)))
    point, salt, nonce, closed = (
        given.get(name, "")[:MOST_CLOSED] for name in ("point", "salt", "nonce", "closed")
    )
    box = Box(point, salt, nonce, closed, bound)
    return receiving.Sent(ids[0], ids[1], ids[2], version, box)


@worker
@require_http_methods(["GET", "HEAD", "POST"])
def away_form(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Both texts, and the choice."""
    form: AwayForm = doors.one(receiving.conflicts(request.actor), pk)
    fault = ""
    if request.method == "POST":
        version = version_of(request.POST.get("version", ""))
        add = request.POST.get("choice") == "add"
        try:
            row = receiving.settle(request.actor, form, add=add, version=version)
        except FieldsRefused as refused:
            fault = " ".join(str(each) for each in refused.faults.values())
        else:
            messages.success(request, _("Written down.") if add else _("Left as it stood."))
            return redirect("placed_group", pk=row.group_id)
    return render(request, "away/form.html", _both(form) | {"fault": fault}, status=422 if fault else 200)


def _both(form: AwayForm) -> dict[str, Any]:
    row = form.check_in
    return {
        "form": form,
        "row": row,
        "kind": kind_of(row),
        "theirs": OUTCOMES.get(row.outcome, OUTCOMES[""]),
        "yours": OUTCOMES[form.outcome],
    }


@worker
@require_POST
def away_erase(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take a device's key away: what lies on it can be read by nobody any more."""
    devices.erase(request.actor, [devices.device_of(request.actor, pk)])
    messages.success(request, _("The key is gone. What was not sent from that device can no longer be read."))
    return redirect("away")
