"""Tasks as a list and one by one, and the monthly list of a counsel. Tests: tests/office/desk/test_task_views.py."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from posada.office.access import doors
from posada.office.access.gate import SIGNED_IN, opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.day import today
from posada.office.desk import confirmations, tasks
from posada.office.desk.models import Task
from posada.office.desk.selectors import SHOWN, open_tasks, tasks_shown
from posada.office.desk.task_words import kind_words, next_step_of, page_of, title_of
from posada.office.kept_form import version_of
from posada.office.refusals import NotThere, Refusal

PAGE = 25


@opens_to(SIGNED_IN)
@require_safe
def task_list(request: OfficeRequest) -> HttpResponse:
    """The tasks of one's queues, overdue first."""
    actor, show, kind = request.actor, request.GET.get("show", ""), request.GET.get("kind", "")[:40]
    show = show if show in SHOWN else ""
    page = Paginator(tasks_shown(actor, show, kind=kind), PAGE).get_page(request.GET.get("page"))
    kinds = open_tasks(actor).order_by("kind").values_list("kind").annotate(n=Count("pk"))
    shown = {
        "page": page,
        "rows": [row_of(each) for each in page],
        "shown": [(code, words, code == show) for code, words in SHOWN.items()],
        "show": show,
        "kind": kind,
        "kinds": sorted(((kind_words(code), code, n) for code, n in kinds)),
        "query": "&".join(f"{name}={value}" for name, value in (("show", show), ("kind", kind)) if value),
        "answer": _answer_line(page.paginator.count, show),
    }
    return render(request, "desk/tasks.html", shown)


@opens_to(*Role)
@require_safe
def task_page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One task: what, why, until when, and what can be done with it."""
    task = _one(request, pk)
    shown = {
        "row": row_of(task),
        "task": task,
        "next_step": next_step_of(task),
        "role": Role(task.role).label,
    }
    return render(request, "desk/task.html", shown)


@opens_to(*Role)
@require_http_methods(["POST"])
def task_act(request: OfficeRequest, pk: UUID, act: str) -> HttpResponse:
    """Take it, put it to rest, or say that it is done."""
    task, version = _one(request, pk), _version(request)
    if act == "take":
        tasks.take(request.actor, task, version=version)
    elif act == "acknowledge":
        tasks.acknowledge(request.actor, task, version=version)
    elif act == "done":
        tasks.finish(request.actor, task, version=version, outcome=request.POST.get("outcome") or "done")
        messages.success(request, _("Done: %(what)s") % {"what": title_of(task)})
        return redirect("tasks")
    else:
        raise NotThere
    return redirect("task_page", pk=pk)


@opens_to(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def my_list(request: OfficeRequest) -> HttpResponse:
    """A counsel's groups, to be looked through once a month in two taps."""
    own = doors.counsel(request.actor).filter(user_id=request.actor.user_id).first()
    if request.method == "POST":
        if own is None:
            raise Refusal(_("No counsel of the program is tied to your account."))
        confirmations.confirm_counsel(request.actor, own, differs=request.POST.get("answer") == "differs")
        return redirect("my_list")
    groups = doors.groups(request.actor).prefetch_related("children").order_by("sibling_group_id")
    shown = {
        "page": Paginator(groups, PAGE).get_page(request.GET.get("page")),
        "to_confirm": own is not None and not confirmations.has_confirmed(own),
    }
    return render(request, "desk/my_list.html", shown)


def row_of(task: Task) -> dict[str, Any]:
    """What a list shows of a task."""
    late = task.due_on is not None and task.due_on < today() and task.done_at is None
    return {"task": task, "title": title_of(task), "address": page_of(task), "is_late": late}


def _version(request: OfficeRequest) -> int:
    version = version_of(request.POST.get("version", ""))
    if not version:
        raise Refusal(_("The form was not whole. Load the page again."))
    return version


def _one(request: OfficeRequest, pk: UUID) -> Task:
    rows = doors.tasks(request.actor).select_related("group", "home", "counsel", "owner", "done_by")
    return doors.one(rows, pk)


def _answer_line(count: int, show: str) -> str:
    if not count:
        return _("Nothing here waits for you")
    if show == "overdue":
        return ngettext("%(n)d task is overdue", "%(n)d tasks are overdue", count) % {"n": count}
    if show == "done":
        return ngettext("%(n)d task is done", "%(n)d tasks are done", count) % {"n": count}
    return ngettext("%(n)d task waits", "%(n)d tasks wait", count) % {"n": count}
