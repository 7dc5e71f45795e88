"""Adding to a child's file: documents, notes, wishes and written names; opening, answering, and taking back.

Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_paper_views.py.
"""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import SEE_CHILDREN, Role
from posada.office.casefile import documents, remarks
from posada.office.casefile.bounded_upload import takes_a_file
from posada.office.casefile.documents import ADDS_TO_CHILD, NewDocument
from posada.office.casefile.forms import (
    AnswerForm,
    DocumentForm,
    NoteForm,
    VoidForm,
    WishForm,
    WrittenNameForm,
)
from posada.office.casefile.kinds import IDENTITY_PAPERS
from posada.office.casefile.models import Document
from posada.office.intake.models import Child
from posada.office.kept import Kept
from posada.office.kept_form import save_kept, version_of
from posada.office.licensing.models import Home
from posada.office.refusals import NotThere, Refusal


def _add(request: OfficeRequest, pk: UUID | None, form: Any, heading: Any, save: Any) -> HttpResponse:
    child = doors.one(doors.children(request.actor).select_related("group"), pk or "")
    return save_kept(
        request,
        form,
        lambda typed: save(child, typed.cleaned_data),
        template="casefile/add.html",
        done=reverse("child_page", args=[pk]),
        context={"child": child, "heading": heading},
    )


@opens_to(*ADDS_TO_CHILD)
@require_http_methods(["GET", "HEAD", "POST"])
@takes_a_file
def document_add(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Bring a document."""
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()

    def save(child: Child, typed: dict[str, Any]) -> Kept:
        return documents.add_document(request.actor, _brought(typed, child=child))

    return _add(request, pk, form, _("Add a document"), save)


@opens_to(*ADDS_TO_CHILD)
@require_POST
def document_open(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The content of a paper about a child, as a download. By POST, since the log notes each opening."""
    return _download(request, doors.one(doors.documents(request.actor).filter(home__isnull=True), pk))


@opens_to(*ADDS_TO_CHILD)
@require_POST
def document_legible(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A second person says whether an identity paper of a child can be read."""
    document = doors.one(doors.documents(request.actor).filter(child__isnull=False), pk)
    _mark(request, document)
    return redirect("child_page", document.child_id)


@opens_to(Role.LICENSING_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
@takes_a_file
def home_documents(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The papers of a home, and a form for one more."""
    home = doors.one(doors.homes(request.actor), pk)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    rows = (
        doors.documents(request.actor).filter(home=home).select_related("uploaded_by").order_by("-entered_at")
    )
    return save_kept(
        request,
        form,
        lambda typed: documents.add_document(request.actor, _brought(typed.cleaned_data, home=home)),
        template="casefile/home_documents.html",
        done=reverse("home_documents", args=[pk]),
        context={
            "home": home,
            "page": Paginator(rows, 25).get_page(request.GET.get("page")),
            "identity_papers": IDENTITY_PAPERS,
        },
    )


@opens_to(Role.LICENSING_WORKER)
@require_POST
def home_document_open(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The content of a paper about a home, as a download."""
    return _download(request, doors.one(doors.documents(request.actor).filter(home__isnull=False), pk))


@opens_to(Role.LICENSING_WORKER)
@require_POST
def home_document_legible(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A second person says whether an identity paper of a home can be read."""
    document = doors.one(doors.documents(request.actor).filter(home__isnull=False), pk)
    _mark(request, document)
    return redirect("home_documents", document.home_id)


def _brought(typed: dict[str, Any], *, child: Child | None = None, home: Home | None = None) -> NewDocument:
    told = {name: typed[name] for name in ("kind", "title", "language")}
    return NewDocument(typed["file"].read(), child=child, home=home, **told)


def _download(request: OfficeRequest, document: Document) -> HttpResponse:
    content = documents.open_document(request.actor, document)
    answer = HttpResponse(content, content_type=document.content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{documents.leaving_name(document)}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _mark(request: OfficeRequest, document: Document) -> None:
    version, answer = version_of(request.POST.get("version", "")), request.POST.get("legible", "")
    if not version or answer not in {"yes", "no"}:
        raise Refusal(_("Say whether you can read it."), code="no_answer")
    documents.mark_legible(request.actor, document, version=version, is_legible=answer == "yes")


@opens_to(*SEE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def note_add(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Write a note."""
    form = NoteForm(request.POST or None)
    return _add(
        request,
        pk,
        form,
        _("Write a note"),
        lambda child, typed: remarks.add_note(request.actor, typed["text"], child=child),
    )


@opens_to(*SEE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def wish_add(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Record a wish."""
    form = WishForm(request.POST or None)

    def save(child: Child, typed: dict[str, Any]) -> Kept:
        said = {name: typed[name] for name in ("wished_by", "kind")}
        return remarks.add_wish(request.actor, typed["text"], child=child, **said)

    return _add(request, pk, form, _("Record a wish"), save)


@opens_to(*remarks.ANSWERS_WISHES)
@require_http_methods(["GET", "HEAD", "POST"])
def wish_answer(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Answer a wish."""
    wish = doors.one(doors.wishes(request.actor).filter(child__isnull=False), pk)
    form = AnswerForm(request.POST or None, initial={"version": wish.version})

    def save(_child: Child, typed: dict[str, Any]) -> Kept:
        return remarks.answer_wish(request.actor, wish, typed["answer"], version=typed["version"])

    return _add(request, wish.child_id, form, _("Answer a wish"), save)


@opens_to(*remarks.WRITES_NAMES)
@require_http_methods(["GET", "HEAD", "POST"])
def name_add(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Keep a name as an authority writes it."""
    form = WrittenNameForm(request.POST or None)

    def save(child: Child, typed: dict[str, Any]) -> Kept:
        return remarks.write_name(request.actor, child, authority=typed["authority"], name=typed["name"])

    return _add(request, pk, form, _("A name as an authority writes it"), save)


@opens_to(*SEE_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def record_void(request: OfficeRequest, kind: str, pk: UUID) -> HttpResponse:
    """Take a record out that was a mistake, with a reason."""
    shown: dict[str, QuerySet[Any]] = {
        "note": doors.notes(request.actor),
        "wish": doors.wishes(request.actor),
        "document": doors.documents(request.actor),
        "name": remarks.written_names(request.actor),
    }
    if kind not in shown:
        raise NotThere
    record: Any = doors.one(shown[kind].filter(child__isnull=False), pk)
    form = VoidForm(request.POST or None, initial={"version": record.version})

    def save(_child: Child, typed: dict[str, Any]) -> Kept:
        return remarks.void_of_file(request.actor, record, version=typed["version"], reason=typed["reason"])

    return _add(request, record.child_id, form, _("Take this out as a mistake"), save)
