"""Pages of arrivals: what came tonight, what waits, and one import from its preview to its end.

Tests: tests/office/intake/test_import_views.py.
"""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.intake import import_forms, jobs, looking, progress, selectors, services, uploads
from posada.office.intake.models import Import
from posada.office.intake.refused_files import refused_rows
from posada.office.intake.uploads import UploadRefused
from posada.office.kept_form import version_of
from posada.office.refusals import NotThere

ROWS = 25
NOT_PLAIN = re.compile(r"[^A-Za-z0-9._]+")
RUNNING = (Import.State.READING, Import.State.TAKING)


@opens_to(Role.INTAKE_WORKER)
@require_safe
def arrivals(request: OfficeRequest) -> HttpResponse:
    """What came tonight, what waits to be taken, what is held, and a form to load a folder."""
    return _arrivals(request)


@opens_to(Role.INTAKE_WORKER)
@require_POST
def upload(request: OfficeRequest) -> HttpResponse:
    """Keep the files that were sent and look at them: at once, or by the worker where they are large."""
    try:
        files = uploads.received(request.FILES.getlist("files"))
    except UploadRefused as refused:
        return _arrivals(request, fault=refused.message, status=422)
    brought = services.bring(files, actor=request.actor)
    if sum(map(len, files.values())) > services.LARGE:
        progress.note(brought.pk, "", 0, 0)
        jobs.look_at.enqueue(str(brought.pk))
    else:
        services.look(brought.pk)
    return redirect("import_page", brought.pk)


@opens_to(Role.INTAKE_WORKER)
@require_safe
def page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One import: what would happen, or what happened."""
    found = selectors.one_import(request.actor, pk)
    return render(request, "intake/import.html", _shown(request, found))


@opens_to(Role.INTAKE_WORKER)
@require_safe
def running(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """How far a running import is; when it is done, the page is loaded anew."""
    found = selectors.one_import(request.actor, pk)
    answer = render(request, "intake/progress.html", {"import": found, "progress": progress.read(pk)})
    if found.state not in RUNNING:
        answer["HX-Refresh"] = "true"
    return answer


@opens_to(Role.INTAKE_WORKER)
@require_POST
def choose(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Note how files are opened and what is done with fields that differ."""
    found = selectors.one_import(request.actor, pk)
    choices: dict[str, Any] = {}
    if "opened" in request.POST:
        choices["opened"] = import_forms.opened_from(request.POST, found.report)
    if "rules" in request.POST:
        choices.update(import_forms.rules_from(request.POST, found.report))
    services.choose(pk, version=_version(request), choices=choices, actor=request.actor)
    return redirect("import_page", pk)


@opens_to(Role.INTAKE_WORKER)
@require_POST
def take(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take the import, at once or by the worker."""
    found, version = selectors.one_import(request.actor, pk), _version(request)
    if sum(found.report.get("accepted", {}).values()) > 2_000:
        version = services.mark_taking(pk, version=version, actor=request.actor)
        jobs.take_import.enqueue(str(pk), version, str(request.actor.user_id))
    else:
        services.take(pk, version=version, actor=request.actor)
        messages.success(request, _("Taken."))
    return redirect("import_page", pk)


@opens_to(Role.INTAKE_WORKER)
@require_POST
def throw_away(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Throw the files away; nothing of them was taken."""
    services.throw_away(pk, version=_version(request), actor=request.actor)
    messages.success(request, _("Thrown away. Nothing of it was taken."))
    return redirect("arrivals")


@opens_to(Role.INTAKE_WORKER)
@require_safe
def refused(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The refused rows of one file, with a reason, as a file of the same shape."""
    found = selectors.one_import(request.actor, pk)
    files = [str(each[0]) for each in found.report.get("rejections", [])]
    file = request.GET.get("file") or next(iter(files), "")
    if file not in files:
        raise NotThere
    for_excel = request.GET.get("for") == "excel"
    body = refused_rows(found, file, actor=request.actor, for_excel=for_excel)
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_leaving_name(file)}"'
    return answer


def _leaving_name(file: str) -> str:
    """The name under which refused rows leave; of the name of what was sent only plain letters.

    >>> _leaving_name('kids"; filename="run.html.csv')
    'refused-kids-filename-run.html.csv'
    """
    return f"refused-{NOT_PLAIN.sub('-', file.removesuffix('.csv'))[:60]}.csv"


def _arrivals(request: OfficeRequest, *, fault: Any = "", status: int = 200) -> HttpResponse:
    rows = selectors.imports(request.actor)
    over = rows.filter(state__in=(Import.State.TAKEN, Import.State.THROWN_AWAY)).defer("sealed", "report")
    shown = {
        "fault": fault,
        "waiting": list(rows.exclude(state__in=(Import.State.TAKEN, Import.State.THROWN_AWAY))[:ROWS]),
        "page": Paginator(over, ROWS).get_page(request.GET.get("page")),
        "query": "",
        **selectors.tonight(request.actor),
    }
    return render(request, "intake/arrivals.html", shown, status=status)


def _shown(request: OfficeRequest, found: Import) -> dict[str, Any]:
    rules = found.choices.get("fields", {})
    fields = [
        {**each, "rule": rules.get(f"{each['file']}:{each['column']}", "")}
        for each in found.report.get("fields", [])
    ]
    told = {**found.report, "fields": fields}
    names = {each["other"] for each in told.get("duplicates", []) if each.get("stands")}
    seen = doors.children(request.actor).filter(child_id__in=names).select_related("group")
    refused_page = Paginator(told.get("rejections", []), ROWS).get_page(request.GET.get("page"))
    return {
        "import": found,
        "report": told,
        "running": found.state in RUNNING,
        "progress": progress.read(found.pk) if found.state in RUNNING else None,
        "page": refused_page,
        "query": "",
        "rows": sum(told.get("accepted", {}).values()),
        "refused": sum(told.get("refused_rows", {}).values()),
        "news": sum(told.get("new", {}).values()) + sum(told.get("changed", {}).values()),
        "duplicates": looking.standing_sides(told, seen)[:ROWS],
        "counts": _counts(told),
        "differences": [
            {**each, "rule": found.choices.get("rows", {}).get(each["mark"], "")}
            for each in told.get("differences", [])[: 2 * ROWS]
        ],
        "odd": [_fault_once(each) for each in told.get("recognized", []) if not _is_plain(each)],
    }


def _counts(told: dict[str, Any]) -> list[dict[str, Any]]:
    written = told.get("written", told)
    kinds = {"new": written, "changed": written, "same": told}
    return [
        {"file": file, "accepted": n, **{kind: of.get(kind, {}).get(file, 0) for kind, of in kinds.items()}}
        for file, n in told.get("accepted", {}).items()
    ]


def _fault_once(each: dict[str, Any]) -> dict[str, Any]:
    """A contradicted order of dates is said by the page in its own language, from the row that contradicts it."""
    said = any(order == each["order"] for order, *_ in each["against"])
    return {**each, "fault": "" if said else each["fault"]}


def _is_plain(each: dict[str, Any]) -> bool:
    plain = each["encoding"] in ("utf-8", "utf-8-sig") and each["delimiter"] == ","
    return plain and each["order"] == "iso" and not each["fault"] and not each["changed"]


def _version(request: OfficeRequest) -> int:
    return version_of(request.POST.get("version", ""))
