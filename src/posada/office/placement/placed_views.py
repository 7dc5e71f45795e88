"""Pages of children who live in a home. Docs: docs/explanation/offers-and-placements.md.

Tests: tests/office/placement/test_placed_views.py.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.intake.models import SiblingGroup
from posada.office.placement import check_ins, incidents, moves, placed
from posada.office.placement.endings import ENDINGS
from posada.office.placement.incidents import KINDS
from posada.office.placement.models import Placement
from posada.office.placement.offer_checks import faults_of
from posada.office.placement.offer_forms import (
    ArrivalForm,
    BrokeOffForm,
    CheckInForm,
    EndForm,
    IncidentForm,
    MoveForm,
    first_values,
)
from posada.office.placement.offer_words import fault_sentence
from posada.office.placement.placed_selectors import (
    OUTCOMES,
    arrivals_shown,
    check_in_rate,
    check_ins_shown,
    groups_shown,
    homes_by_group,
    kind_of,
)
from posada.office.refusals import FieldsRefused

PAGE = 25
worker = opens_to(Role.PLACEMENT_WORKER)


@worker
@require_safe
def placed_list(request: OfficeRequest) -> HttpResponse:
    """Overdue check-ins first; then what is due soon, arrivals to confirm, and everybody."""
    actor, show = request.actor, request.GET.get("show", "overdue")
    show = show if show in ("overdue", "soon", "all", "arrivals", "homes") else "overdue"
    counts = {
        "overdue": check_ins_shown(actor, "overdue").count(),
        "soon": check_ins_shown(actor, "soon").count(),
        "arrivals": arrivals_shown(actor).count(),
        "homes": groups_shown(actor).count(),
    }
    shown = {
        "show": show,
        "counts": counts,
        "query": f"show={show}",
        "answer": _answer_line(counts),
        "rate": check_in_rate(doors.check_ins(actor)),
        **_rows_of(request, show),
    }
    return render(request, "placement/placed_list.html", shown)


@worker
@require_safe
def group_page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A group that lives in a home: who, since when, check-ins, what happened, and what can be done."""
    group = _one(request, pk)
    standing = placed.placements_of(group)
    past = Placement.objects.filter(child__group=group, to_date__isnull=False, voided_at__isnull=True)
    visits = (
        doors.check_ins(request.actor).filter(group=group).select_related("home", "by").order_by("due_on")
    )
    shown = {
        "group": group,
        "standing": standing,
        "seen": placed.seen_of(standing),
        "is_confirmed": all(each.arrived_confirmed_at for each in standing),
        "past": [
            (each, ENDINGS.get(each.ending, each.ending)) for each in past.select_related("child", "home")
        ],
        "visits": [
            (kind_of(each), each, *OUTCOMES[each.outcome], check_ins.next_try(each)) for each in visits
        ],
        "incidents": [
            (KINDS.get(each.kind, each.kind), each)
            for each in doors.incidents(request.actor).filter(group=group).order_by("-happened_on")
        ],
        "arrival_form": ArrivalForm(initial=first_values(seen=placed.seen_of(standing))),
    }
    return render(request, "placement/placed_group.html", shown)


@worker
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Write down what came of a check-in."""
    row = doors.one(doors.check_ins(request.actor).select_related("group", "home"), pk)
    form = CheckInForm(request.POST or None, initial=first_values(version=row.version))
    if request.method == "POST" and _done(
        form, lambda values: check_ins.record(request.actor, row, **values)
    ):
        messages.success(request, _("Written down."))
        return redirect("placed_group", pk=row.group_id)
    shown = {"row": row, "kind": kind_of(row), "form": form, "tries": row.tries}
    return render(request, "placement/placed_check_in.html", shown, status=422 if form.errors else 200)


@worker
@require_http_methods(["POST"])
def arrival(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """They came on this day, or never."""
    group, form = _one(request, pk), ArrivalForm(request.POST)
    if "never" in request.POST:
        placed.did_not_arrive(
            request.actor, group, seen=request.POST.get("seen", ""), reason="did not arrive"
        )
        messages.warning(request, _("Written down: they did not come. They wait for a home again."))
        return redirect("placed_group", pk=pk)
    if _done(form, lambda values: placed.confirm_arrival(request.actor, group, **values)):
        messages.success(request, _("The arrival is confirmed."))
        return redirect("placed_group", pk=pk)
    return _form_page(request, group, form, _("When did they come?"), _("Confirm"))


@worker
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A move: first what it touches, then, on a second press, the move itself."""
    group = _one(request, pk)
    standing = placed.placements_of(group)
    first = first_values(seen=placed.seen_of(standing))
    here = {each.home_id for each in standing}
    form = MoveForm(request.POST or None, actor=request.actor, here=here, initial=first)
    told, refused = None, []
    if request.method == "POST" and form.is_valid():
        to, on = form.cleaned_data["to"], form.cleaned_data["on"]
        if "sure" in request.POST and _done(
            form, lambda v: moves.move(request.actor, group, v.pop("to"), **v)
        ):
            messages.success(request, _("They moved. A task is open for everything that the move touches."))
            return redirect("placed_group", pk=pk)
        told = moves.consequences(group, to, on=on)
        refused = [fault_sentence(each, to) for each in faults_of(group, to, moving=True)]
    shown = {"group": group, "form": form, "touches": told, "refused": refused}
    return render(request, "placement/placed_move.html", shown, status=422 if form.errors else 200)


@worker
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The stay ended, with its kind."""
    group = _one(request, pk)
    form = EndForm(request.POST or None, initial=_first(group))
    if request.method == "POST" and _done(form, lambda values: placed.end(request.actor, group, **values)):
        messages.success(request, _("Written down."))
        return redirect("placed_group", pk=pk)
    return _form_page(request, group, form, _("How did the stay end?"), _("Write it down"))


@worker
@require_http_methods(["GET", "HEAD", "POST"])
def broke_off(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The stay broke off: a new plan for the group together."""
    group = _one(request, pk)
    form = BrokeOffForm(request.POST or None, initial=_first(group))
    if request.method == "POST" and _done(form, lambda values: moves.disrupt(request.actor, group, **values)):
        messages.warning(request, _("Written down. A new home is looked for, for all of them together."))
        return redirect("placed_group", pk=pk)
    return _form_page(
        request, group, form, _("Why did the stay break off?"), _("Write it down and plan again")
    )


@worker
@require_http_methods(["GET", "HEAD", "POST"])
def incident(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Something happened in the home."""
    group = _one(request, pk)
    standing = placed.placements_of(group)
    form = IncidentForm(request.POST or None, initial=first_values())
    if request.method == "POST" and standing:
        home = standing[0].home
        if _done(form, lambda values: incidents.record(request.actor, group, home, **values)):
            messages.success(request, _("Written down. A task is open for the report."))
            return redirect("placed_group", pk=pk)
    return _form_page(request, group, form, _("What happened?"), _("Write it down"))


def _done(form: Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the form was whole and the service took it; what it refused stands at the fields."""
    if not form.is_valid():
        return False
    try:
        act(dict(form.cleaned_data))
    except FieldsRefused as refused:
        for field, sentence in refused.faults.items():
            form.add_error(field if field in form.fields else None, sentence)
        return False
    return True


def _one(request: OfficeRequest, pk: UUID) -> SiblingGroup:
    return doors.one(doors.groups(request.actor), pk)


def _first(group: SiblingGroup) -> dict[str, Any]:
    return first_values(seen=placed.seen_of(placed.placements_of(group)))


def _form_page(
    request: OfficeRequest, group: SiblingGroup, form: Form, title: str, button: str
) -> HttpResponse:
    shown = {"group": group, "form": form, "title": title, "button": button}
    return render(request, "placement/placed_form.html", shown, status=422 if form.errors else 200)


def _rows_of(request: OfficeRequest, show: str) -> dict[str, Any]:
    actor, number = request.actor, request.GET.get("page")
    if show in ("arrivals", "homes"):
        groups = arrivals_shown(actor) if show == "arrivals" else groups_shown(actor)
        some = Paginator(groups, PAGE).get_page(number)
        homes = homes_by_group(list(some))
        return {"page": some, "groups": [(each, homes.get(each.pk)) for each in some]}
    page = Paginator(check_ins_shown(actor, show), PAGE).get_page(number)
    rows = [(kind_of(each), each, *OUTCOMES[each.outcome], check_ins.next_try(each)) for each in page]
    return {"page": page, "rows": rows}


def _answer_line(counts: dict[str, int]) -> str:
    late = counts["overdue"]
    if late:
        return ngettext("%(n)d check-in is overdue", "%(n)d check-ins are overdue", late) % {"n": late}
    if counts["arrivals"]:
        told = ngettext("%(n)d arrival to confirm", "%(n)d arrivals to confirm", counts["arrivals"])
        return told % {"n": counts["arrivals"]}
    return _("No check-in is overdue")
