"""Pages of exhibits: from the file or as scans dropped at once, their facts, their order, and out again.

Docs: docs/how-to/build-a-packet-in-the-office.md. Tests: tests/office/packets/test_exhibit_views.py.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.casefile.bounded_upload import takes_files
from posada.office.casefile.kinds import SAVED
from posada.office.kept_form import save_kept, version_of
from posada.office.packets import scans, selectors, services
from posada.office.packets.forms import ExhibitForm, PapersForm
from posada.office.packets.models import Exhibit
from posada.office.packets.views import MAKES, packet_of
from posada.office.refusals import Refusal
from posada.packets.tabs import tab_letters
from posada.programme.codes import is_language


@opens_to(*MAKES)
@require_http_methods(["GET", "HEAD", "POST"])
def exhibits_add(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Papers of the file behind tabs."""
    packet = packet_of(request, pk)
    standing = packet.exhibits.filter(voided_at__isnull=True).values("document")
    papers = selectors.papers_of(request.actor, packet).exclude(pk__in=standing)
    form = PapersForm(request.POST or None, papers=papers)

    def save(typed: Any) -> None:
        services.add_exhibits(request.actor, packet, typed.cleaned_data["papers"])

    page = reverse("packet_page", args=[pk])
    shown = {"child": packet.child, "packet": packet, "papers": papers, "leave": page}
    return save_kept(request, form, save, template="packets/papers.html", done=page, context=shown)


@opens_to(*MAKES)
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
def scans_add(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Up to 20 scans at once; the good ones are kept and each bad one is named."""
    packet = packet_of(request, pk)
    shown: dict[str, Any] = {"child": packet.child, "packet": packet, "most": scans.MOST_AT_ONCE}
    if request.method != "POST":
        return render(request, "packets/scans.html", shown)
    language = request.POST.get("language", "").strip() or selectors.ENGLISH
    try:
        if not is_language(language):
            raise Refusal(_("A code of three letters such as eng, spa or mam is wanted."), code="language")
        named = request.POST.get("named") == "yes"
        files = request.FILES.getlist("files")
        found = scans.add_scans(request.actor, packet, files, language=language, named_by_files=named)
    except Refusal as refused:
        if refused.status != 422:
            raise
        return render(request, "packets/scans.html", {**shown, "fault": refused.message}, status=422)
    if found.refused or found.again:
        status = 422 if found.refused else 200
        return render(request, "packets/scans.html", {**shown, "found": found}, status=status)
    messages.success(request, SAVED)
    return redirect("packet_page", pk)


@opens_to(*MAKES)
@require_http_methods(["GET", "HEAD", "POST"])
def exhibit_change(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The facts of one exhibit."""
    exhibit = _exhibit(request, pk)
    packet = exhibit.packet
    papers = selectors.papers_of(request.actor, packet).exclude(pk=exhibit.document_id)
    form = ExhibitForm(request.POST or None, instance=_exhibit(request, pk), papers=papers)

    def save(typed: Any) -> Exhibit:
        return services.change_exhibit(
            request.actor, exhibit, version=typed.seen_version, changes=typed.changes
        )

    ids = [each.pk for each in selectors.exhibits_of(packet)]
    heading = _("Tab %(tab)s: %(title)s") % {
        "tab": tab_letters(ids.index(exhibit.pk)),
        "title": exhibit.title,
    }
    page = reverse("packet_page", args=[packet.pk])
    shown = {"child": packet.child, "packet": packet, "heading": heading, "leave": page, "exhibit": exhibit}
    return save_kept(request, form, save, template="packets/form.html", done=page, context=shown)


@opens_to(*MAKES)
@require_POST
def exhibit_move(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One place up or down, or to an end; the page comes back where the exhibit now stands."""
    exhibit = _exhibit(request, pk)
    where = request.POST.get("where", "")
    services.move_exhibit(request.actor, exhibit, version=_version(request), where=where)
    page = reverse("packet_page", args=[exhibit.packet_id])
    return redirect(f"{page}#x-{exhibit.pk.hex[:12]}")


@opens_to(*MAKES)
@require_POST
def exhibit_out(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Out of the packet; the paper stays in the file."""
    exhibit = _exhibit(request, pk)
    services.take_out(request.actor, exhibit, version=_version(request))
    return redirect("packet_page", exhibit.packet_id)


def _exhibit(request: OfficeRequest, pk: UUID) -> Exhibit:
    rows = selectors.exhibits(request.actor).select_related(
        "packet__child", "packet__group", "document", "translation"
    )
    return doors.one(rows, pk)


def _version(request: OfficeRequest) -> int:
    return version_of(request.POST.get("version", ""))
