"""Pages of checklists: all of a child's, one of them, one item to tick, and what is late over all cases.

Docs: docs/how-to/prepare-a-case.md. Tests: tests/office/preparation/test_checklist_views.py.
"""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.day import today
from posada.office.docket.event_kinds import title_of
from posada.office.docket.hearings import spoken
from posada.office.docket.remedy_words import FORUMS
from posada.office.kept_form import save_kept
from posada.office.preparation import checklists
from posada.office.preparation.checklists import PREPARES, Marked, ShownChecklist
from posada.office.preparation.forms import MarkForm
from posada.office.preparation.late_items import late_cases
from posada.office.preparation.templatetags.late_shown import late_line
from posada.office.preparation.words import NEEDS, PROVIDERS, STATE_TONES, STATE_WORDS

A_PAGE = 25


@opens_to(*PREPARES)
@require_safe
def late_items(request: OfficeRequest) -> HttpResponse:
    """Every case with something late, by the day of its date."""
    asked = request.GET.get("counsel", "")
    counsel = doors.counsel(request.actor).filter(pk=asked).first() if _is_id(asked) else None
    found = late_cases(request.actor, counsel=counsel)
    page = Paginator(found.lines, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "lines": [late_line(each) for each in page],
        "has_more": found.has_more,
        "query": f"counsel={counsel.pk}" if counsel else "",
    }
    return render(request, "preparation/late_items.html", shown)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@opens_to(*PREPARES)
@require_safe
def preparation(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """What is prepared for a child: her checklists, those with a date first."""
    child = checklists.child_of(request.actor, pk)
    rows = [
        (each, each.checklist.titles[spoken()], FORUMS.get(each.checklist.forum, each.checklist.forum))
        for each in checklists.all_of(child)
    ]
    return render(
        request,
        "preparation/preparation.html",
        {
            "child": child,
            "rows": rows,
            "late": sum(each.late for each, *_rest in rows),
            "at_risk": sum(each.at_risk for each, *_rest in rows),
        },
    )


@opens_to(*PREPARES)
@require_safe
def checklist(request: OfficeRequest, pk: UUID, checklist: str) -> HttpResponse:
    """One checklist: what is late or at risk first, each with its days, who provides it, and its source."""
    child, named = checklists.child_of(request.actor, pk), checklists.checklist_named(checklist)
    found = checklists.checklist_of(child, named)
    return render(
        request,
        "preparation/checklist.html",
        {
            "child": child,
            "found": found,
            "title": named.titles[spoken()],
            "forum": FORUMS.get(named.forum, named.forum),
            "lines": [_told(each, found) for each in found.lines],
            "rule": title_of(found.deadline.rule_id) if found.deadline else "",
            "rules": [title_of(each) for each in named.rules],
            "today": today(),
        },
    )


def _told(marked: Marked, found: ShownChecklist) -> dict[str, Any]:
    line, language = marked.line, spoken()
    items = {each.item_id: each for each in found.checklist.items}
    return {
        "line": line,
        "mark": marked.mark,
        "title": line.item.titles[language],
        "tone": STATE_TONES[line.state],
        "state": STATE_WORDS[line.state],
        "by": PROVIDERS[line.item.by],
        "need": NEEDS[line.item.need],
        "waits_for": [items[name].titles[language] for name in line.waits_for],
    }


@opens_to(*PREPARES)
@require_http_methods(["GET", "HEAD", "POST"])
def checklist_item(request: OfficeRequest, pk: UUID, checklist: str, item: str) -> HttpResponse:
    """Say where one item stands."""
    child, named = checklists.child_of(request.actor, pk), checklists.checklist_named(checklist)
    asked = checklists.item_of(named, item)
    marked = next(
        (each for each in checklists.checklist_of(child, named).lines if each.line.item is asked), None
    )
    mark = marked.mark if marked else None
    form = MarkForm(request.POST or None, papers=_papers(request, child), initial=_initial(mark))

    def save(typed: Any) -> Any:
        given = dict(typed.cleaned_data)
        version = given.pop("version") or 0
        new = checklists.NewMark(**given)
        return checklists.mark_item(request.actor, child, named, item, new, version=version)

    return save_kept(
        request,
        form,
        save,
        template="preparation/item.html",
        done=reverse("checklist", args=[pk, checklist]),
        context={
            "child": child,
            "checklist_id": checklist,
            "checklist_title": named.titles[spoken()],
            "item": asked,
            "title": asked.titles[spoken()],
            "standing": _told(marked, checklists.checklist_of(child, named)) if marked else None,
        },
    )


def _initial(mark: Any) -> dict[str, Any]:
    if mark is None:
        return {"version": 0, "state": "open", "on": today()}
    names = ("version", "state", "on", "document", "note", "reason")
    return {name: getattr(mark, name) for name in names}


def _papers(request: OfficeRequest, child: Any) -> Any:
    rows = doors.documents(request.actor).filter(group_id=child.group_id, home__isnull=True)
    return rows.order_by("-entered_at")
