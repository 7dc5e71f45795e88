"""Pages of the register of remedies: each line, the questionnaire, the statement, an order found, and removal.

Docs: docs/reference/remedies.md. Tests: tests/office/docket/test_register_views.py.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.docket.remedies import UNEXAMINED, remedy_table
from posada.docket.screening import ASK_MORE, EXAMINE, LOOK, questionnaire
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.day import today
from posada.office.docket import register, removal
from posada.office.docket.events import RECORDS
from posada.office.docket.forms import AnswerForm, OrderForm, RemedyForm, RemovalForm
from posada.office.docket.hearings import spoken
from posada.office.docket.orders_found import FINDS_ORDERS, check_order
from posada.office.docket.remedy_words import FORUMS, fact_words
from posada.office.docket.views import READS_DOCKET, _child, papers_of
from posada.office.kept_form import save_kept
from posada.office.refusals import NotThere, Refusal

PROPOSALS = {
    LOOK: ("warn", _("an answer points to it: counsel looks at it")),
    ASK_MORE: ("unsure", _("a question about it is open")),
    EXAMINE: ("plain", _("no answer points to it: counsel examines it still")),
}
ANSWERS = {"yes": _("yes"), "no": _("no"), "not_known": _("not known")}


@opens_to(*READS_DOCKET)
@require_safe
def remedies(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Every remedy of a child, how it stands, and what the answers to the questionnaire point to."""
    child = _child(request, pk)
    last = register.screenings_of(child).first()
    proposals = {each.remedy_id: each for each in register.proposals_for(last.answers)} if last else {}
    told = [
        (line, register.TONES[line.state], register.STATES[line.state], _proposal(proposals, line))
        for line in register.statement_of(child, language=spoken())
    ]
    shown = {
        "child": child,
        "lines": told,
        "unexamined": sum(line.state == UNEXAMINED for line, *_rest in told),
        "screening": last,
        "outcome": removal.outcome_of(child),
        "may_record": request.actor.has(*RECORDS),
        "may_screen": request.actor.has(*register.SCREENS),
        "fact_words": fact_words,
    }
    return render(request, "docket/remedies.html", shown)


def _proposal(proposals: dict[str, Any], line: Any) -> Any:
    found = proposals.get(line.remedy_id)
    return PROPOSALS[found.says] if found is not None else None


@opens_to(*RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def remedy_entry(request: OfficeRequest, pk: UUID, remedy: str) -> HttpResponse:
    """Say how a remedy stands; by counsel that examines it, by anybody else it is a note."""
    child = _child(request, pk)
    found = next((each for each in remedy_table() if each.remedy_id == remedy), None)
    if found is None:
        raise NotThere
    facts = tuple((name, fact_words(name)) for name in found.facts)
    form = RemedyForm(request.POST or None, papers=papers_of(request, child), facts=facts)

    def save(typed: Any) -> Any:
        given = typed.cleaned_data
        told = {name: given[name] for name in ("state", "reason", "evidence", "document")}
        return register.record_entry(
            request.actor, child, register.NewEntry(remedy, facts=typed.facts(), **told)
        )

    return save_kept(
        request,
        form,
        save,
        template="docket/remedy.html",
        done=reverse("remedies", args=[pk]),
        context={
            "child": child,
            "remedy": found,
            "title": found.titles[spoken()],
            "forum": FORUMS.get(found.forum, found.forum),
            "entries": [
                (each, register.STATES.get(each.state, each.state))
                for each in reversed(register.register_of(child).of(remedy))
            ],
            "is_counsel": request.actor.has(Role.ATTORNEY),
        },
    )


@opens_to(*register.SCREENS)
@require_http_methods(["GET", "HEAD", "POST"])
def screening(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Plain questions, in English or Spanish whatever the page speaks; the answers propose and decide nothing."""
    child = _child(request, pk)
    asked = request.GET.get("in", "") or request.POST.get("in", "")
    language = asked if asked in ("en", "es") else spoken()
    if request.method == "POST":
        answers = {
            each.question_id: request.POST[each.question_id]
            for each in questionnaire()
            if request.POST.get(each.question_id) in ANSWERS
        }
        register.screen(request.actor, child, answers, language=language)
        return redirect("remedies", pk)
    last = register.screenings_of(child).first()
    given = last.answers if last else {}
    shown = {
        "child": child,
        "language": language,
        "answers": ANSWERS.items(),
        "questions": [
            (each.question_id, each.texts[language], given.get(each.question_id, ""))
            for each in questionnaire()
        ],
        "last": last,
    }
    return render(request, "docket/screening.html", shown)


@opens_to(*READS_DOCKET)
@require_safe
def remedies_statement(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The statement of remedies, for the file: every line, none left out."""
    child = _child(request, pk)
    lines = [
        (line, [(fact_words(name), value) for name, value in line.facts])
        for line in register.statement_of(child, language=spoken())
    ]
    shown = {"child": child, "lines": lines, "today": today(), "outcome": removal.outcome_of(child)}
    return render(request, "docket/statement.html", shown)


@opens_to(*FINDS_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def order_check(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """An order of removal that the child comes with: what is known, and the tasks that follow."""
    child = _child(request, pk)
    form = OrderForm(request.POST or None, papers=papers_of(request, child))

    def save(typed: Any) -> Any:
        given = typed.cleaned_data
        kept, _tasks = check_order(
            request.actor,
            child,
            on=given["on"],
            facts=typed.facts(),
            evidence=given["evidence"],
            document=given["document"],
        )
        return kept

    return save_kept(
        request,
        form,
        save,
        template="docket/form.html",
        done=reverse("docket_child", args=[pk]),
        context={
            "child": child,
            "heading": _("Check an order of removal"),
            "lead": _("What is not known counts as perhaps, and becomes a task to find it out."),
            "button": _("Open the tasks"),
        },
    )


@opens_to(*RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def removal_page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Removal as an outcome: everything that stands in the way; only without any of it is a second person asked."""
    child = _child(request, pk)
    form = RemovalForm(request.POST or None, initial={"explained_language": (child.languages or [""])[0]})
    if request.method != "POST" or not form.is_valid():
        return _removal(request, child, form, status=422 if form.is_bound else 200)
    asked = removal.Asked(**form.cleaned_data)
    try:
        removal.ask(request.actor, child, asked, language=spoken())
    except removal.StandsInTheWay as refused:
        return _removal(request, child, form, refused=refused.obstacles, status=422)
    except Refusal as refused:
        if refused.status != 422:
            raise
        form.add_error(None, refused.message)
        return _removal(request, child, form, status=422)
    return redirect("removal_page", pk)


def _removal(
    request: OfficeRequest, child: Any, form: Any, *, refused: list[str] | None = None, status: int = 200
) -> HttpResponse:
    approval = removal.pending(child)
    asked = removal.asked_in(approval) if approval else None
    found = removal.obstacles(child, asked, approval=approval)
    missing = [
        removal.in_words(each, language=spoken())
        for each in found
        if approval is not None or each.code not in ("no_second_person", "not_explained")
    ]
    mine = approval is not None and approval.asked_by_id == request.actor.user_id
    shown = {
        "child": child,
        "form": form,
        "answer_form": AnswerForm(),
        "missing": refused or missing,
        "refused": refused is not None,
        "approval": approval,
        "asked": asked,
        "is_mine": mine,
        "outcome": removal.outcome_of(child),
    }
    return render(request, "docket/removal.html", shown, status=status)


@opens_to(*RECORDS)
@require_POST
def removal_answer(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The second person agrees, or does not."""
    child = _child(request, pk)
    approve = request.POST.get("answer") == "agree"
    reason = request.POST.get("reason", "")
    removal.answer(request.actor, child, _pending(child), approve=approve, reason=reason)
    return redirect("removal_page", pk)


@opens_to(*RECORDS)
@require_POST
def removal_record(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Record what the second person agreed to."""
    child = _child(request, pk)
    approval = _pending(child)
    asked = removal.asked_in(approval)
    removal.record(request.actor, child, asked, approval.pk, language=spoken())
    return redirect("removal_page", pk)


def _pending(child: Any) -> Any:
    found = removal.pending(child)
    if found is None:
        raise Refusal(_("Nobody has asked for this, or the request has lapsed."), code="nothing_asked")
    return found
