"""Pages of counsel as people: the desk, one counsel, entering and changing, cover, and leaving.

Docs: docs/how-to/match-counsel.md. Tests: tests/office/counsel/test_views.py.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.counsel import leaving, people, selectors
from posada.office.counsel.forms import CounselForm, CoverForm, HandOverForm, ReasonForm
from posada.office.counsel.models import Counsel
from posada.office.counsel.words import SCOPES
from posada.office.day import today
from posada.office.kept_form import save_kept

A_PAGE = 25
SOON = timedelta(days=30)
READS_COUNSEL = (Role.LEGAL_COORDINATOR, Role.PLACEMENT_WORKER, Role.ATTORNEY)


@opens_to(Role.LEGAL_COORDINATOR)
@require_safe
def counsel_desk(request: OfficeRequest) -> HttpResponse:
    """The coordinator's overview: what is wrong, who is alone, and everybody who acts."""
    soon = today() + SOON
    nearest = selectors.nearest_alone(request.actor, most=5)
    wanted = {"court": request.GET.get("court", "")[:40], "show": request.GET.get("show", "")[:10]}
    keys, courts = selectors.counsel_list(
        request.actor, court=wanted["court"], free=wanted["show"] == "free", off=wanted["show"] == "off"
    )
    page = Paginator(keys, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "counts": selectors.overview(request.actor, soon=soon),
        "nearest": nearest,
        "soon": soon,
        "page": page,
        "rows": selectors.with_groups(list(page.object_list)),
        "courts": courts,
        "wanted": wanted,
        "query": "&".join(f"{name}={value}" for name, value in wanted.items() if value.isalnum()),
        "today": today(),
    }
    return render(request, "counsel/desk.html", shown)


@opens_to(Role.LEGAL_COORDINATOR)
@require_safe
def unrepresented(request: OfficeRequest) -> HttpResponse:
    """Children whom nobody represents, nearest hearing first, each with the reason."""
    court = request.GET.get("court", "")[:40]
    rows = selectors.unrepresented(request.actor, court=court)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    query = f"court={court}" if court.isalnum() else ""
    shown = {"page": page, "rows": selectors.alone(page.object_list), "query": query, "court": court}
    return render(request, "counsel/unrepresented.html", shown)


@opens_to(*READS_COUNSEL)
@require_safe
def counsel_page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One counsel: who, for whom, who stands in. Placement sees no case, since it works on none here."""
    counsel = doors.one(doors.counsel(request.actor).select_related("mentor", "user"), pk)
    is_desk = request.actor.has(Role.LEGAL_COORDINATOR)
    rows = counsel.engagements.filter(voided_at__isnull=True, group__in=doors.groups(request.actor))
    page = Paginator(rows.select_related("group").order_by("-until_date", "-from_date"), A_PAGE).get_page(
        request.GET.get("page")
    )
    covers = counsel.covers.filter(voided_at__isnull=True, to_date__gte=today()).select_related("covered_by")
    shown: dict[str, Any] = {
        "counsel": counsel,
        "page": page,
        "covers": covers,
        "held": leaving.held_by(counsel),
        "is_desk": is_desk,
        "is_own": counsel.user_id == request.actor.user_id,
        "scopes": SCOPES,
        "today": today(),
    }
    return render(request, "counsel/counsel_page.html", shown)


@opens_to(Role.LEGAL_COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def counsel_new(request: OfficeRequest) -> HttpResponse:
    """Enter a counsel."""
    form = CounselForm(request.POST or None)
    return save_kept(
        request,
        form,
        lambda typed: people.add_counsel(request.actor, Counsel(**typed.changes)),
        template="counsel/form.html",
        done=lambda saved: reverse("counsel_page", args=[saved.pk if saved else ""]),
        context={"heading": _("Enter an attorney or accredited representative")},
    )


def _of_counsel(
    request: OfficeRequest, pk: UUID, form: Any, save: Any, heading: Any, button: Any = ""
) -> HttpResponse:
    counsel = doors.one(doors.counsel(request.actor), pk)
    return save_kept(
        request,
        form,
        save,
        template="counsel/form.html",
        done=reverse("counsel_page", args=[pk]),
        context={"counsel": counsel, "heading": heading, "button": button, "held": leaving.held_by(counsel)},
    )


@opens_to(Role.LEGAL_COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def counsel_change(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Change a counsel; who saves second sees both versions."""
    counsel = doors.one(doors.counsel(request.actor), pk)

    def save(typed: Any) -> Counsel:
        return people.change_counsel(
            request.actor, counsel, version=typed.seen_version, changes=typed.changes
        )

    form = CounselForm(request.POST or None, instance=counsel)
    return _of_counsel(request, pk, form, save, _("Change"))


@opens_to(Role.LEGAL_COORDINATOR, Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def cover_add(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Say who stands in, and when."""
    counsel = doors.one(doors.counsel(request.actor), pk)

    def save(typed: Any) -> None:
        given = dict(typed.cleaned_data)
        people.add_cover(request.actor, counsel, by=given.pop("covered_by"), **given)

    form = CoverForm(request.POST or None, counsel=counsel)
    return _of_counsel(request, pk, form, save, _("Somebody stands in"))


@opens_to(Role.LEGAL_COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def counsel_hand_over(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Hand everything over, to another counsel or to the coordinator's queue."""
    counsel = doors.one(doors.counsel(request.actor), pk)

    def save(typed: Any) -> None:
        leaving.hand_over(request.actor, counsel, **typed.cleaned_data)

    form = HandOverForm(request.POST or None, counsel=counsel)
    return _of_counsel(request, pk, form, save, _("Hand everything over"), _("Hand over"))


@opens_to(Role.LEGAL_COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def counsel_deactivate(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take a counsel out of the desk's lists and of plans."""
    counsel = doors.one(doors.counsel(request.actor), pk)

    def save(typed: Any) -> None:
        leaving.deactivate(request.actor, counsel, **typed.cleaned_data)

    form = ReasonForm(request.POST or None, initial={"version": counsel.version})
    return _of_counsel(request, pk, form, save, _("Deactivate"), _("Deactivate"))
