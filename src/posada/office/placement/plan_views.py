"""Pages of the plan: the board, a group, two plans, approval, homes nobody asked.

Docs: docs/how-to/run-a-plan-in-the-office.md. Tests: tests/office/placement/test_plan_views.py.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.placement import group_panel, plan_overrides, plan_shown, plans
from posada.office.placement.board import A_PAGE, Filters, board_of, silent_homes, unasked_homes
from posada.office.placement.models import Override, PlanRun
from posada.office.placement.plan_compare import changed_rows, in_words, only_in
from posada.office.placement.plan_forms import DecisionForm, answers_in, version_in
from posada.office.placement.plan_levels import differences, pairs_of
from posada.office.placement.plan_state import RUNNING, current_plan, may_approve, shown_runs
from posada.office.placement.plan_wishes import open_wishes, wishes_for
from posada.office.placement.plan_words import RULES, need_word, wording
from posada.office.refusals import FieldsRefused, NotThere

PLANNERS = (Role.PLACEMENT_WORKER, Role.PROGRAM_DIRECTOR)
PLANS_TO_CHOOSE = 20


@opens_to(*PLANNERS)
@require_http_methods(["GET", "HEAD"])
def plan_board(request: OfficeRequest) -> HttpResponse:
    """The newest plan; what is wrong first."""
    return _board(request, current_plan())


@opens_to(*PLANNERS)
@require_http_methods(["GET", "HEAD"])
def plan_run(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """An older plan, as it was."""
    return _board(request, doors.one(shown_runs(), pk))


def _board(request: OfficeRequest, run: PlanRun | None) -> HttpResponse:
    filters = Filters.of(request.GET)
    context: dict[str, Any] = plan_shown.standing_of(request.actor, run)
    if run is not None:
        context |= plan_shown.figures_of(run)
        board = board_of(request.actor, run, filters=filters, page=request.GET.get("page"))
        context |= {"board": board, "filters": filters, "query": filters.query}
        context |= plan_shown.choices_of(board.languages)
    return render(request, "placement/plan_board.html", context)


@opens_to(Role.PLACEMENT_WORKER)
@require_http_methods(["POST"])
def plan_solve(request: OfficeRequest) -> HttpResponse:
    """Ask the worker for a plan."""
    plans.ask_for_plan(request.actor)
    return redirect("plan_board")


@opens_to(*PLANNERS)
@require_http_methods(["GET", "HEAD"])
def plan_progress(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """How far a run is, for htmx; without it, the board."""
    run = doors.one(PlanRun.objects.all(), pk)
    if not request.htmx:
        return redirect("plan_board")
    if run.state not in RUNNING:
        return HttpResponseClientRefresh()
    return render(request, "placement/plan_progress.html", plan_shown.progress_of(request.actor, run))


@opens_to(Role.PLACEMENT_WORKER)
@require_http_methods(["POST"])
def plan_stop(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Stop a run."""
    plans.stop_plan(request.actor, doors.one(PlanRun.objects.all(), pk))
    messages.info(request, _("Stopped. The plan before it stays."))
    return redirect("plan_board")


@opens_to(*PLANNERS)
@require_http_methods(["POST"])
def plan_send(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Ask a second person to approve."""
    run = doors.one(shown_runs(), pk)
    plans.send_for_approval(request.actor, run, version=version_in(request.POST))
    messages.success(request, _("Sent. A second person approves it."))
    return redirect("plan_board")


@opens_to(*PLANNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_approval(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Approve or send back, with an answer to every wish."""
    run = doors.one(shown_runs(), pk)
    if request.method == "POST":
        return _answered(request, run)
    if not may_approve(request.actor):
        raise NotThere
    wishes = Paginator(wishes_for(request.actor, run), A_PAGE).get_page(request.GET.get("page"))
    context = plan_shown.standing_of(request.actor, run) | plan_shown.figures_of(run)
    context |= {"wishes": wishes, "page": wishes, "open_wishes": open_wishes(run).count()}
    return render(request, "placement/plan_approval.html", context)


def _answered(request: OfficeRequest, run: PlanRun) -> HttpResponse:
    version, posted = version_in(request.POST), request.POST
    if posted.get("answer") == "back":
        plans.send_back(request.actor, run, version=version, reason=posted.get("reason", ""))
        messages.info(request, _("Sent back. Nothing was approved."))
    else:
        plans.approve_plan(request.actor, run, version=version, answers=answers_in(posted))
        messages.success(request, _("Approved. Offers can go out now."))
    return redirect("plan_board")


@opens_to(*PLANNERS)
@require_http_methods(["GET", "HEAD"])
def plan_compare(request: OfficeRequest) -> HttpResponse:
    """Two plans line by line."""
    choices = list(shown_runs()[:PLANS_TO_CHOOSE])
    one, other = plan_shown.two_of(choices, request.GET)
    context: dict[str, Any] = {"choices": choices, "one": one, "other": other}
    if one is not None and other is not None:
        page = Paginator(changed_rows(request.actor, one, other), A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "changes": [in_words(row) for row in page.object_list],
            "levels": differences(pairs_of(one, other)),
            "query": f"one={one.pk}&other={other.pk}",
        }
        if page.number == 1:
            context["gone"] = only_in(request.actor, one, other=other)[:A_PAGE]
            context["come"] = only_in(request.actor, other, other=one)[:A_PAGE]
    return render(request, "placement/plan_compare.html", context)


@opens_to(Role.PLACEMENT_WORKER)
@require_http_methods(["GET", "HEAD"])
def plan_homes(request: OfficeRequest) -> HttpResponse:
    """Open homes that were never asked, with the rule that keeps them out; silent ones first."""
    run = current_plan()
    rows = unasked_homes(request.actor, run)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    lines = plan_shown.unasked_lines(page.object_list)
    context = {"run": run, "page": page, "lines": lines, "silent": list(silent_homes(request.actor)[:A_PAGE])}
    return render(request, "placement/plan_homes.html", context)


@opens_to(*PLANNERS)
@require_http_methods(["GET", "HEAD"])
def plan_group(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One group: why here, why not there."""
    return _panel(request, pk, DecisionForm(initial={"action": request.GET.get("action", "")}))


def _panel(request: OfficeRequest, pk: UUID, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    group = doors.one(doors.groups(request.actor), pk)
    run = plan_shown.run_in(request.GET)
    if run is None:
        return render(request, "placement/plan_group.html", {"group": group, "run": None})
    panel = group_panel.panel_of(request.actor, run, group, page=request.GET.get("page"))
    thought_of = form["home"].value() or request.GET.get("home", "")
    context = plan_shown.standing_of(request.actor, run)
    context |= {"panel": panel, "group": group, "form": form, "rules": RULES, "panel_query": f"plan={run.pk}"}
    home = panel.line.row.home if panel.line else None
    context["abilities"] = [need_word(code) for code in home.abilities] if home else []
    context["cost"] = wording().money(panel.line.row.cost_cents_per_day) if panel.line else ""
    context |= plan_shown.decision_of(
        request.actor, run, group, home=thought_of, action=form["action"].value()
    )
    return render(request, "placement/plan_group.html", context, status=status)


@opens_to(*PLANNERS)
@require_http_methods(["POST"])
def plan_ask(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Ask the worker why, or what a choice would cost."""
    group = doors.one(doors.groups(request.actor), pk)
    run = plan_shown.plan_in(request.POST)
    kind, end = request.POST.get("kind", ""), f"?plan={run.pk}"
    if kind not in group_panel.Kind.values:
        raise NotThere
    home = None
    if kind != group_panel.Kind.EXPLAIN:
        home = doors.one(doors.homes(request.actor), plan_shown.uuid_in(request.POST, "home"))
        end += f"&home={home.pk}&action={kind}#decide"
    group_panel.ask(request.actor, run, group, kind=kind, home=home)
    return redirect(reverse("plan_group", args=[pk]) + end)


@opens_to(Role.PLACEMENT_WORKER)
@require_http_methods(["POST"])
def plan_decide(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Record a pin or a ban, and solve again."""
    group = doors.one(doors.groups(request.actor), pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _panel(request, pk, form, status=422)
    home = doors.one(doors.homes(request.actor), form.cleaned_data["home"])
    run = plan_shown.plan_in(request.POST)
    told = {"action": form.cleaned_data["action"], "reason": form.cleaned_data["reason"]}
    try:
        plan_overrides.record_override(request.actor, run, group, home=home, **told)
    except FieldsRefused as refused:
        form.add_error("reason", refused.faults["reason"])
        return _panel(request, pk, form, status=422)
    messages.success(request, _("Recorded. The plan is solved again; the one you see stays until then."))
    return redirect("plan_board")


@opens_to(Role.PLACEMENT_WORKER)
@require_http_methods(["POST"])
def plan_override_end(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """End a pin or a ban, and solve again."""
    standing = Override.objects.filter(group__in=doors.groups(request.actor), ended_at__isnull=True)
    found = doors.one(standing, pk)
    plan_overrides.end_override(request.actor, found, version=version_in(request.POST))
    messages.success(request, _("Ended. The plan is solved again; the one you see stays until then."))
    return redirect("plan_board")
