"""The log, for auditors: what was done, by whom in which role, to which record; never a name or a value.

Tests: tests/office/audit/test_views.py.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.audit import chain
from posada.office.audit.models import DailyDigest, Entry

ROWS = 25
DAYS_SHOWN = 14


@opens_to(Role.AUDITOR)
@require_safe
def log(request: OfficeRequest) -> HttpResponse:
    """The entries, newest first, by act and by day."""
    act, day = request.GET.get("act", ""), _day(request.GET.get("day", ""))
    page = Paginator(_chosen(act, day), ROWS).get_page(request.GET.get("page"))
    chosen = {"act": act, "day": day.isoformat() if day else ""}
    shown: dict[str, Any] = {
        "page": page,
        "query": "&".join(f"{name}={value}" for name, value in chosen.items() if value),
        "chosen": chosen,
        "acts": Entry.objects.order_by("act").values_list("act", flat=True).distinct(),
        "days": DailyDigest.objects.order_by("-day")[:DAYS_SHOWN],
    }
    return render(request, "audit/log.html", shown)


@opens_to(Role.AUDITOR)
@require_POST
def log_verify(request: OfficeRequest) -> HttpResponse:
    """Read the whole log and say whether it is as it was written."""
    found = chain.verify()
    chain.append(request.actor, "log.verify", detail={"entries": found.entries, "broken_at": found.broken_at})
    if found.broken_at is None:
        messages.success(
            request, _("All %(count)s entries are as they were written.") % {"count": found.entries}
        )
    else:
        told = _(
            "The log is not as it was written: at entry %(number)s, %(fault)s. Tell the director at once."
        )
        messages.error(request, told % {"number": found.broken_at, "fault": found.fault}, extra_tags="stop")
    return redirect("log")


def _chosen(act: str, day: date | None) -> "QuerySet[Entry]":
    rows = Entry.objects.order_by("-number")
    if act:
        rows = rows.filter(act=act)
    if day is not None:
        start = timezone.make_aware(datetime.combine(day, time.min))
        rows = rows.filter(at__gte=start)
        if day < date.max:
            rows = rows.filter(at__lt=start + timedelta(days=1))
    return rows


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
