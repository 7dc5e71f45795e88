"""Pages of children: the list and its search, the file, its print view, its history and its form.

Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_views.py.
"""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import SEE_CHILDREN, Role
from posada.office.audit.history import revisions_of
from posada.office.casefile.child_file import ChildFile, file_of
from posada.office.casefile.child_list import FILTERS, children_of, rows_of
from posada.office.casefile.children import CHANGES_CHILDREN, change_child
from posada.office.casefile.forms import ChildForm
from posada.office.casefile.kinds import AUTHORITIES, IDENTITY_PAPERS
from posada.office.casefile.remarks import ANSWERS_WISHES, VOIDS_ALL
from posada.office.casefile.revised import shown_revisions
from posada.office.casefile.search import find_children
from posada.office.casefile.timeline import timeline_of, wall_time
from posada.office.desk.models import Task
from posada.office.desk.task_words import title_of
from posada.office.kept_form import save_kept

A_PAGE = 25
READS_HISTORY = SEE_CHILDREN - {Role.FOSTER_PARENT}
MAKES_PACKETS = (Role.ATTORNEY, Role.LEGAL_COORDINATOR)


@opens_to(*SEE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def children(request: OfficeRequest) -> HttpResponse:
    """Everybody whom the person may see, or, by POST, those who answer to what was typed."""
    typed = request.POST.get("q", "").strip() if request.method == "POST" else ""
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in FILTERS else ""
    found = find_children(request.actor, typed) if typed else children_of(request.actor, wanted)
    number = request.POST.get("page") if typed else request.GET.get("page")
    page = Paginator(found, A_PAGE).get_page(number)
    shown = {
        "page": page,
        "rows": rows_of(request.actor, list(page.object_list)),
        "typed": typed,
        "wanted": wanted,
    }
    query = f"show={wanted}" if wanted else ""
    return render(request, "casefile/children.html", {**shown, "filters": FILTERS.items(), "query": query})


@opens_to(*SEE_CHILDREN)
@require_safe
def child_page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The file of one child."""
    file = file_of(request.actor, pk)
    page = Paginator(timeline_of(file), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "casefile/child_page.html", {"file": file, "page": page, **_around(request, file)})


@opens_to(*SEE_CHILDREN)
@require_safe
def child_print(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The whole file for paper: nothing paged, nothing sealed."""
    file = file_of(request.actor, pk)
    shown = {"file": file, "events": timeline_of(file), **_around(request, file)}
    return render(request, "casefile/child_print.html", shown)


@opens_to(*READS_HISTORY)
@require_safe
def child_history(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Every change of the child's record, with who and when."""
    works = doors.without_home(request.actor)
    child = doors.one(doors.children(works).select_related("group"), pk)
    page = Paginator(shown_revisions(revisions_of(child)), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "casefile/child_history.html", {"child": child, "page": page})


@opens_to(*CHANGES_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def child_change(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Change the record; who saves second sees both versions."""
    child = doors.one(doors.children(doors.without_home(request.actor)), pk)
    form = ChildForm(request.POST or None, instance=child)
    return save_kept(
        request,
        form,
        lambda typed: change_child(request.actor, child, version=typed.seen_version, changes=typed.changes),
        template="casefile/child_form.html",
        done=reverse("child_page", args=[pk]),
        context={"child": doors.one(doors.children(request.actor), pk)},
    )


def _around(request: OfficeRequest, file: ChildFile) -> dict[str, object]:
    """What the parts of the page need beside the file: hours in words, tasks in words, and how sealed fields open."""
    return {
        "hearings": [(each, wall_time(each, file.zone_of(each))) for each in file.hearings],
        "task_lines": [
            {"text": title_of(each), "due": each.due_on, "who": each.owner or "", "late": is_late(each, file)}
            for each in file.tasks[:A_PAGE]
        ],
        "written": [(each, AUTHORITIES.get(each.authority, each.authority)) for each in file.written_names],
        "identity_papers": IDENTITY_PAPERS,
        "voids_all": request.actor.has(*VOIDS_ALL),
        "answers_wishes": request.actor.has(*ANSWERS_WISHES),
        "makes_packets": request.actor.has(*MAKES_PACKETS),
        "sealed_templates": ["access/sealed.html", "casefile/sealed_later.html"],
    }


def is_late(task: Task, file: ChildFile) -> bool:
    """Whether a task should have been done before the day of the file."""
    return task.due_on is not None and task.due_on < file.on
