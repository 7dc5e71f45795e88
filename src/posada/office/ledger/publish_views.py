"""The page on which the director looks at the public figures, sees what is hidden and why, and publishes them.

Docs: docs/explanation/published-figures.md. Tests: tests/office/ledger/test_publish_views.py.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.ledger import publishing
from posada.office.ledger.appeals import what_is_short
from posada.office.ledger.words import REASON_WORDS, figure_words

UNITS = {"percent": "%", "cents": "¢"}


@opens_to(*publishing.PUBLISHES)
@require_safe
def ledger_publish(request: OfficeRequest) -> HttpResponse:
    """What would be published now, beside what was published last."""
    result, last = publishing.preview(), publishing.last_edition()
    before = {each["id"]: each["value"] for each in last.told["figures"]} if last else {}
    language = "es" if (get_language() or "en").startswith("es") else "en"
    figures = [_figure(each, result.hidden, before, language) for each in result.told["figures"]]
    counties = [name.removeprefix("county ") for name in result.hidden if name.startswith("county ")]
    shown = {
        "figures": figures,
        "hidden": sum(each["reason"] is not None and not each["between"] for each in figures),
        "counties": counties,
        "is_held": "children_by_place" in result.hidden,
        "last": last,
        "is_daily": publishing.is_daily(),
        "appeals": what_is_short()["appeals"],
    }
    return render(request, "ledger/publish.html", shown)


def _figure(each: dict[str, Any], hidden: Any, before: dict[str, Any], language: str) -> dict[str, Any]:
    reason = hidden.get(each["id"])
    return {
        "words": figure_words(each["id"]),
        "definition": each["definition"][language],
        "is_money": each["unit"] == "cents",
        "value": each["value"],
        "between": each["between"],
        "of": each["denominator"],
        "before": before.get(each["id"]),
        "as_of": each["as_of"],
        "source": each["source"],
        "reason": REASON_WORDS.get(reason) if reason else None,
    }


@opens_to(*publishing.PUBLISHES)
@require_POST
def ledger_publish_now(request: OfficeRequest) -> HttpResponse:
    """Publish."""
    kept = publishing.publish_now(request.actor)
    messages.success(request, _("Edition %(n)s is published.") % {"n": kept.number})
    return redirect("ledger_publish")


@opens_to(*publishing.PUBLISHES)
@require_POST
def ledger_publish_daily(request: OfficeRequest) -> HttpResponse:
    """Switch the daily edition on or off."""
    on = request.POST.get("daily") == "on"
    publishing.switch_daily(request.actor, on=on)
    messages.success(
        request, _("Published each day from now on.") if on else _("No longer published each day.")
    )
    return redirect("ledger_publish")
