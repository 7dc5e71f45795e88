"""The page of switches: what this browser is told of.

Docs: docs/how-to/be-told-at-the-desk.md. Tests: tests/office/nudges/test_views.py.
"""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.nudges import switching
from posada.office.nudges.office_keys import office_keys
from posada.office.nudges.topics import WHO
from posada.office.refusals import Refusal


@opens_to(*WHO)
@require_safe
def nudges(request: OfficeRequest) -> HttpResponse:
    """One switch for each topic that the person's roles open."""
    keys = office_keys()
    on = switching.standing_in(request.actor, request.session.session_key or "")
    shown = {
        "topics": [(each, each.code in on) for each in switching.topics_of(request.actor)],
        "any_on": bool(on),
        "key": keys.public if keys else "",
    }
    return render(request, "nudges/nudges.html", shown)


@opens_to(*WHO)
@require_POST
def nudges_switch(request: OfficeRequest) -> HttpResponse:
    """Keep the switches of this browser; all off: it is forgotten."""
    said = {name: request.POST.get(name, "")[:1_000] for name in ("endpoint", "p256dh", "auth")}
    language = "es" if (get_language() or "").startswith("es") else "en"
    try:
        kept = switching.switch(
            request.actor,
            request.session.session_key or "",
            said,
            topics=request.POST.getlist("topic"),
            language=language,
        )
    except Refusal as refused:
        return JsonResponse({"words": str(refused.message)}, status=422)
    return JsonResponse({"topics": kept.topics if kept else []})
