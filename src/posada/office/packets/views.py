"""Pages of packets: all of mine, those of a child, one with what it lacks, and its building, download and filing.

Docs: docs/how-to/build-a-packet-in-the-office.md. Tests: tests/office/packets/test_views.py.
"""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.casefile.documents import open_document
from posada.office.day import today
from posada.office.docket import closing
from posada.office.docket.hearings import hearings
from posada.office.intake.models import Child
from posada.office.kept_form import save_kept
from posada.office.packets import builds, selectors, services
from posada.office.packets.forms import FiledForm, PacketForm, VoidForm
from posada.office.packets.models import Packet
from posada.office.packets.packet_shown import shown_packet
from posada.office.packets.packet_words import FORUMS, STATES
from posada.office.refusals import NotThere, Refusal
from posada.packets.packet import Forum

MAKES = (Role.ATTORNEY, Role.LEGAL_COORDINATOR)
A_PAGE = 25


@opens_to(*MAKES)
@require_safe
def packets(request: OfficeRequest) -> HttpResponse:
    """Every packet of the person's children, the newest change first."""
    return _listed(request, selectors.listed(request.actor).order_by("-changed_at", "pk"))


@opens_to(*MAKES)
@require_safe
def child_packets(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The packets of one child."""
    child = child_of(request, pk)
    rows = selectors.listed(request.actor).filter(child=child).order_by("-entered_at", "pk")
    return _listed(request, rows, child=child)


def _listed(request: OfficeRequest, rows: Any, *, child: Child | None = None) -> HttpResponse:
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    told = [(each, STATES[selectors.listed_state(each)], FORUMS[Forum(each.forum)]) for each in page]
    return render(request, "packets/packets.html", {"page": page, "rows": told, "child": child, "query": ""})


@opens_to(*MAKES)
@require_http_methods(["GET", "HEAD", "POST"])
def packet_new(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A new packet of a child."""
    child = child_of(request, pk)
    form = PacketForm(request.POST or None, initial=_first_facts(request, child), **_choices(request, child))

    def save(typed: Any) -> Packet:
        return services.new_packet(request.actor, child, typed.changes)

    return save_kept(
        request,
        form,
        save,
        template="packets/form.html",
        done=lambda made: reverse("packet_page", args=[made.pk if made else pk]),
        context={"child": child, "heading": _("A new packet"), "leave": reverse("child_packets", args=[pk])},
    )


def _first_facts(request: OfficeRequest, child: Child) -> dict[str, Any]:
    heard = hearings(request.actor).filter(group_id=child.group_id, hearing_date__gte=today())
    following = heard.order_by("hearing_date", "pk").first()
    facts: dict[str, Any] = {"forum": Forum.IMMIGRATION_COURT, **services.filer_of(request.actor)}
    if following is not None:
        facts |= {"hearing": following.pk, "court": selectors.place_of(following.court_code)}
    wanted = request.GET.get("deadline", "")
    dates = _deadlines(request, child)
    facts["deadline"] = next((each.pk for each in dates if str(each.pk) == wanted), None)
    return facts


def _choices(request: OfficeRequest, child: Child) -> dict[str, Any]:
    heard = hearings(request.actor).filter(group_id=child.group_id).order_by("-hearing_date", "pk")
    return {"hearings": heard, "deadlines": _deadlines(request, child)}


def _deadlines(request: OfficeRequest, child: Child) -> Any:
    rows = closing.deadlines(request.actor).filter(group_id=child.group_id)
    rows = rows.filter(child=child) | rows.filter(child__isnull=True)
    return rows.filter(state="open").order_by("day", "pk")


@opens_to(*MAKES)
@require_safe
def packet_page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One packet: what is missing first."""
    packet = packet_of(request, pk)
    shown = shown_packet(request.actor, packet)
    return render(request, "packets/packet.html", {"shown": shown, "packet": packet, "child": packet.child})


@opens_to(*MAKES)
@require_http_methods(["GET", "HEAD", "POST"])
def packet_change(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Change the facts of a packet."""
    packet = packet_of(request, pk)
    choices = _choices(request, packet.child)
    if packet.deadline_id is not None:
        choices["deadlines"] |= closing.deadlines(request.actor).filter(pk=packet.deadline_id)
    form = PacketForm(request.POST or None, instance=packet_of(request, pk), **choices)

    def save(typed: Any) -> Packet:
        return services.change_packet(
            request.actor, packet, version=typed.seen_version, changes=typed.changes
        )

    return _form(request, packet, form, save, _("Change the packet"))


@opens_to(*MAKES)
@require_POST
def packet_build(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Ask the worker to build it."""
    builds.ask_for_build(request.actor, packet_of(request, pk))
    return redirect("packet_page", pk)


@opens_to(*MAKES)
@require_safe
def packet_progress(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """How far the building is: the part of the page that asks for itself."""
    packet = packet_of(request, pk)
    shown = shown_packet(request.actor, packet)
    answer = render(request, "packets/progress.html", {"shown": shown, "packet": packet})
    if not shown.running:
        answer.headers["HX-Refresh"] = "true"
    return answer


@opens_to(*MAKES)
@require_POST
def packet_download(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A file of the built packet; the log notes it first, and its name says nothing of a person."""
    packet = packet_of(request, pk)
    files = shown_packet(request.actor, packet).files
    if not files:
        raise Refusal(_("Nothing was built yet."), code="not_built")
    wanted = request.POST.get("file", str(files[0].pk))
    found = next((each for each in files if str(each.pk) == wanted), None)
    if found is None:
        raise NotThere
    answer = HttpResponse(open_document(request.actor, found), content_type=found.content_type)
    name = f"packet-{selectors.opaque(found.pk)}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@opens_to(*MAKES)
@require_http_methods(["GET", "HEAD", "POST"])
def packet_filed(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """It was filed: the day and the proof, which meet the date that it serves."""
    packet = packet_of(request, pk)
    papers = doors.documents(request.actor).filter(group_id=packet.group_id).order_by("-entered_at")
    initial = {"version": packet.version, "on": packet.filing_date or today()}
    form = FiledForm(request.POST or None, papers=papers, initial=initial)

    def save(typed: Any) -> Packet:
        given = typed.cleaned_data
        filed = services.Filed(given["on"], given["words"], given["proof"])
        return services.mark_filed(request.actor, packet, filed, version=given["version"])

    return _form(request, packet, form, save, _("It was filed: add the proof"))


@opens_to(*MAKES)
@require_http_methods(["GET", "HEAD", "POST"])
def packet_void(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take a packet out that was a mistake; its papers stay in the file."""
    packet = packet_of(request, pk)
    form = VoidForm(request.POST or None, initial={"version": packet.version})

    def save(typed: Any) -> None:
        given = typed.cleaned_data
        services.void_packet(request.actor, packet, version=given["version"], reason=given["reason"])

    return save_kept(
        request,
        form,
        save,
        template="packets/form.html",
        done=reverse("child_packets", args=[packet.child_id]),
        context={
            "child": packet.child,
            "packet": packet,
            "heading": _("Take this packet out as a mistake"),
            "leave": reverse("packet_page", args=[pk]),
        },
    )


def _form(request: OfficeRequest, packet: Packet, form: Any, save: Any, heading: Any) -> HttpResponse:
    page = reverse("packet_page", args=[packet.pk])
    shown = {"child": packet.child, "packet": packet, "heading": heading, "leave": page}
    return save_kept(request, form, save, template="packets/form.html", done=page, context=shown)


def packet_of(request: OfficeRequest, pk: UUID) -> Packet:
    """The packet of an address, from the person's door. Raises NotThere."""
    rows = selectors.packets(request.actor).select_related(
        "child", "group", "hearing", "deadline", "filed_proof", "filed_build"
    )
    return doors.one(rows, pk)


def child_of(request: OfficeRequest, pk: UUID) -> Child:
    """The child of an address, from the person's door. Raises NotThere."""
    return doors.one(doors.children(doors.without_home(request.actor)).select_related("group"), pk)
