"""Pages of possible duplicates: the list, two records side by side, merging and taking apart.

Tests: tests/office/intake/test_duplicate_views.py.
"""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.intake import duplicates, merging, selectors
from posada.office.intake.models import PossibleDuplicate
from posada.office.kept_form import version_of
from posada.office.refusals import NotThere

ROWS = 25


@opens_to(Role.INTAKE_WORKER)
@require_safe
def pairs(request: OfficeRequest) -> HttpResponse:
    """Pairs that may be one child, newest first, and merges that can be undone."""
    page = Paginator(selectors.duplicates(request.actor).order_by("-entered_at", "pk"), ROWS)
    shown = page.get_page(request.GET.get("page"))
    shown.object_list = selectors.with_children(shown.object_list)
    merges = selectors.merges(request.actor)[:10]
    return render(request, "intake/duplicates.html", {"page": shown, "query": "", "merges": merges})


@opens_to(Role.INTAKE_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Two records side by side: they are two children, or one."""
    found = selectors.one_pair(request.actor, pk)
    if request.method == "POST":
        if request.POST.get("verdict") == "two":
            number = version_of(request.POST.get("version", ""))
            duplicates.judge(request.actor, found, version=number, verdict=duplicates.TWO)
            messages.success(request, _("Noted: two children."))
            return redirect("duplicates")
        return _merge(request, found)
    return render(request, "intake/duplicate.html", {"pair": found, "sides": selectors.sides(found)})


@opens_to(Role.INTAKE_WORKER)
@require_POST
def unmerge(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take two records apart that were merged."""
    found = doors.one(selectors.merges(request.actor), pk)
    version = version_of(request.POST.get("version", ""))
    merging.undo(request.actor, found, version=version)
    messages.success(request, _("Taken apart: both records stand as they were."))
    return redirect("duplicates")


def _merge(request: OfficeRequest, found: PossibleDuplicate) -> HttpResponse:
    both = {str(found.one_id): found.one, str(found.other_id): found.other}
    keep = request.POST.get("keep", "")
    if keep not in both:
        raise NotThere
    kept = both.pop(keep)
    merged = next(iter(both.values()))
    numbers = [version_of(request.POST.get(f"v-{each.pk}", "")) for each in (kept, merged)]
    merging.merge(request.actor, kept, merged, kept_version=numbers[0], merged_version=numbers[1])
    messages.success(request, _("They are one record now. It can be undone here."))
    return redirect("duplicates")
