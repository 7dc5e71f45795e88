"""Pages of a child's telling: begin, one question at a time, what stands, and the draft.

An answer that stands is shown by POST alone, since the log notes each reading.
Docs: docs/how-to/prepare-a-case.md. Tests: tests/office/preparation/test_declaration_views.py.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from posada.office.access import doors
from posada.office.access.gate import opens_to, shows_sealed
from posada.office.access.request import OfficeRequest
from posada.office.docket.hearings import spoken
from posada.office.kept_form import save_kept
from posada.office.preparation import checklists, declarations
from posada.office.preparation.checklists import PREPARES
from posada.office.preparation.declarations import NewDeclaration
from posada.office.preparation.forms import AnswerForm, DeclarationForm
from posada.office.preparation.models import Declaration
from posada.office.refusals import FieldsRefused, NotThere, SomebodySavedFirst
from posada.preparation.declaration import Told
from posada.preparation.interview import Question, asked_in, has_questions_in, shipped_interviews


@opens_to(*PREPARES)
@require_http_methods(["GET", "HEAD", "POST"])
def child_declarations(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The tellings of a child, and a form to begin one; no word of what was told."""
    child = checklists.child_of(request.actor, pk)
    best = (child.languages or [""])[0]
    form = DeclarationForm(request.POST or None, initial={"language": best})
    rows = declarations.declarations(request.actor).filter(child=child).order_by("-entered_at")
    titles = {each.interview_id: each.titles[spoken()] for each in shipped_interviews().sets}

    def save(typed: Any) -> Declaration:
        return declarations.begin(request.actor, child, NewDeclaration(**typed.cleaned_data))

    return save_kept(
        request,
        form,
        save,
        template="preparation/declarations.html",
        done=lambda made: reverse("declaration", args=[made.pk if made else pk]),
        context={
            "child": child,
            "rows": [(each, titles.get(each.interview_id, each.interview_id)) for each in rows],
        },
    )


@opens_to(*PREPARES)
@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Which questions have an answer; POST drafts the paper."""
    row = doors.one(declarations.declarations(request.actor), pk)
    if request.method == "POST":
        _paper, missing = declarations.draft(request.actor, row)
        said = _(
            "The draft is in the child’s file. It is read back to the child and corrected before she signs."
        )
        messages.success(request, said)
        if missing:
            told = _("Answers that have no English yet: %(n)s; the draft says so.") % {"n": len(missing)}
            messages.warning(request, told)
        return redirect("declaration", pk)
    interview, answers = declarations.interview_of(row), declarations.answers_of(row)
    return render(
        request,
        "preparation/declaration.html",
        {
            "child": row.child,
            "row": row,
            "title": interview.titles[spoken()],
            "language": declarations.language_name(row),
            "opening": _both(shipped_interviews().opening, row),
            "sections": [
                (
                    section.titles[spoken()],
                    [
                        (each, each.words[spoken()], answers.get(each.question_id))
                        for each in section.questions
                    ],
                )
                for section in interview.sections
            ],
            "answered": len(answers),
            "all": len(interview.questions),
            "first": next(
                (each for each in interview.questions if each.question_id not in answers),
                interview.questions[0],
            ),
        },
    )


@opens_to(*PREPARES)
@require_http_methods(["GET", "HEAD", "POST"])
def declaration_question(request: OfficeRequest, pk: UUID, question: str) -> HttpResponse:
    """One question. POST shows what stands, or saves what was told and goes on."""
    row = doors.one(declarations.declarations(request.actor), pk)
    interview = declarations.interview_of(row)
    asked = interview.question(question)
    if asked is None:
        raise NotThere
    stands = declarations.answers_of(row).get(question)
    if request.method == "POST" and request.POST.get("act") == "show":
        told, version = declarations.open_answer(request.actor, row, question)
        shows_sealed(request)
        given = {"told": told.original, "english": told.english, "version": version}
        return _page(request, row, asked, form=_form(row, initial=given), stands=stands)
    if request.method != "POST":
        form = None if stands else _form(row, initial={"version": 0})
        return _page(request, row, asked, form=form, stands=stands)
    return _save(request, row, asked, stands=stands)


def _save(request: OfficeRequest, row: Declaration, asked: Question, *, stands: Any) -> HttpResponse:
    form = _form(row, posted=request.POST)
    if not form.is_valid():
        return _page(request, row, asked, form=form, stands=stands, status=422)
    given = form.cleaned_data
    told = Told(given["told"].strip(), given.get("english", "").strip())
    try:
        declarations.save_answer(request.actor, row, asked.question_id, told, version=given["version"] or 0)
    except SomebodySavedFirst as first:
        shows_sealed(request)
        fresh = _form(row, initial={**first.yours, "version": first.version})
        return _page(request, row, asked, form=fresh, stands=stands, theirs=first.theirs, status=409)
    except FieldsRefused as refused:
        for name, sentence in refused.faults.items():
            form.add_error(name, sentence)
        return _page(request, row, asked, form=form, stands=stands, status=422)
    following = declarations.interview_of(row).after(asked.question_id)
    if following is None or request.POST.get("act") == "rest":
        return redirect("declaration", row.pk)
    return redirect("declaration_question", row.pk, following.question_id)


def _form(row: Declaration, *, posted: Any = None, initial: Any = None) -> AnswerForm:
    name = declarations.language_name(row)
    return AnswerForm(posted, initial=initial, in_english=row.language == "eng", language=name)


def _page(
    request: OfficeRequest,
    row: Declaration,
    asked: Question,
    *,
    form: Any,
    stands: Any,
    theirs: Any = None,
    status: int = 200,
) -> HttpResponse:
    interview = declarations.interview_of(row)
    shown = {
        "child": row.child,
        "row": row,
        "asked": asked,
        "words": _both(asked.words, row),
        "lang": asked_in(row.language),
        "for_interpreter": not has_questions_in(row.language),
        "language": declarations.language_name(row),
        "number": [each.question_id for each in interview.questions].index(asked.question_id) + 1,
        "all": len(interview.questions),
        "form": form,
        "stands": stands,
        "theirs": theirs,
        "title": interview.titles[spoken()],
    }
    return render(request, "preparation/question.html", shown, status=status)


def _both(words: Any, row: Declaration) -> dict[str, str]:
    """The question in the child's language, if we have it, and the English beside it."""
    language = asked_in(row.language)
    return {"own": words[language], "english": words["en"] if language != "en" else ""}
