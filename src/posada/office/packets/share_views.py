"""Pages of sharing a case: who was given it, the link and its code once, its end; and the door of the link itself.

The last one opens to anybody who has the link, and gives nothing without the code.
Docs: docs/how-to/share-a-case.md. Tests: tests/office/packets/test_share_views.py.
"""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.office.access import doors
from posada.office.access.gate import ANYONE, opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.kept_form import save_kept
from posada.office.packets import shares
from posada.office.packets.models import Share
from posada.office.packets.selectors import opaque
from posada.office.packets.share_forms import ShareForm
from posada.office.packets.views import A_PAGE, MAKES, child_of


@opens_to(*MAKES)
@require_http_methods(["GET", "HEAD", "POST"])
def child_shares(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Who was given the case of a child, and a form to give it to one person more."""
    child = child_of(request, pk)
    form = ShareForm(request.POST or None, engagements=shares.engaged_for(child))
    rows = shares.shares(request.actor).filter(child=child).select_related("engagement__counsel", "asked_by")
    page = Paginator(rows.order_by("-entered_at", "pk"), A_PAGE).get_page(request.GET.get("page"))
    made: list[Share] = []

    def save(typed: Any) -> Share:
        made.append(shares.share_case(request.actor, child, typed.cleaned_data))
        return made[0]

    return save_kept(
        request,
        form,
        save,
        template="packets/shares.html",
        done=lambda share: reverse("share_page", args=[share.pk if share else pk]),
        context={
            "child": child,
            "page": page,
            "query": "",
            "is_coordinator": request.actor.has(Role.LEGAL_COORDINATOR),
            "outside_first": request.actor.has(Role.ATTORNEY),
        },
    )


@opens_to(*MAKES)
@require_safe
def share_page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One share: how far it is, and how often it was opened."""
    return render(request, "packets/share.html", _shown(request, _one(request, pk)))


@opens_to(*MAKES)
@require_POST
def share_code(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The link and the code, shown once to who asked for them."""
    share = _one(request, pk)
    token, code = shares.show_once(request.actor, share)
    link = request.build_absolute_uri(reverse("shared_archive", args=[token]))
    shown = {**_shown(request, _one(request, pk)), "link": link, "code": code}
    return render(request, "packets/share.html", shown)


@opens_to(Role.LEGAL_COORDINATOR)
@require_POST
def share_agree(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A legal coordinator agrees."""
    share = _one(request, pk)
    shares.agree(request.actor, share, version=share.version)
    return redirect("share_page", pk)


@opens_to(*MAKES)
@require_POST
def share_revoke(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """End the link."""
    share = _one(request, pk)
    shares.revoke(request.actor, share, version=share.version)
    return redirect("share_page", pk)


@opens_to(ANYONE)
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def shared_archive(request: OfficeRequest, token: str) -> HttpResponse:
    """The door of a link: it asks for the code and says nothing of whom it is about."""
    share = shares.behind(token)
    shown: dict[str, Any] = {"lapses_at": share.lapses_at, "size": share.size}
    if request.method != "POST":
        return render(request, "packets/shared.html", shown)
    try:
        opened, path = shares.open_archive(token, request.POST.get("code", "")[:100])
    except shares.WrongCode as wrong:
        return render(request, "packets/shared.html", {**shown, "fault": wrong.message}, status=422)
    name = f"case-{opaque(opened.pk)}.zip"
    answer: Any = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _one(request: OfficeRequest, pk: UUID) -> Share:
    rows = shares.shares(request.actor).select_related(
        "child__group", "engagement__counsel", "asked_by", "approved_by"
    )
    return doors.one(rows, pk)


def _shown(request: OfficeRequest, share: Share) -> dict[str, Any]:
    return {
        "share": share,
        "child": share.child,
        "papers": len(share.papers),
        "is_mine": share.asked_by_id == request.actor.user_id,
        "may_agree": share.state == Share.State.ASKED and request.actor.has(Role.LEGAL_COORDINATOR),
        "has_lapsed": shares.has_lapsed(share),
    }
