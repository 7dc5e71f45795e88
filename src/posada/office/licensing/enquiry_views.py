"""Pages of enquiries: the queue, one enquiry, and how far all of them came.

Tests: tests/office/licensing/test_enquiry_views.py.
"""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.audit.history import revisions_of
from posada.office.intake.forms import language_names
from posada.office.licensing import selectors, services
from posada.office.licensing.facts import rules_today, with_all
from posada.office.licensing.forms import EnquiryForm, MoveForm
from posada.office.licensing.models import Enquiry, Home
from posada.office.program import settings_of_program
from posada.office.refusals import Refusal

ROWS = 25
FILTERS = ("owner", "county", "stage")


@opens_to(Role.LICENSING_WORKER)
@require_safe
def queue(request: OfficeRequest) -> HttpResponse:
    """Whom to call first, and why."""
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    lines = selectors.queue(request.actor, **chosen)
    page = Paginator(lines, ROWS).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "query": "&".join(f"{name}={value}" for name, value in chosen.items()),
        "chosen": chosen,
        "counts": selectors.counts(request.actor),
        "workers": selectors.workers(),
        "soon": selectors.expiring_soon(request.actor, most=7),
    }
    return render(request, "licensing/queue.html", shown)


@opens_to(Role.LICENSING_WORKER)
@require_POST
def give(request: OfficeRequest) -> HttpResponse:
    """Give chosen enquiries to a worker."""
    chosen = [UUID(each) for each in request.POST.getlist("chosen") if _is_uuid(each)]
    owner = request.POST.get("owner", "")
    if not chosen or not _is_uuid(owner):
        raise Refusal(_("Choose enquiries and a worker."), code="nothing_chosen")
    given = services.give(request.actor, chosen, owner_id=UUID(owner))
    told = ngettext("%(n)d enquiry was given.", "%(n)d enquiries were given.", given) % {"n": given}
    messages.success(request, told)
    return redirect("enquiries")


@opens_to(Role.LICENSING_WORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Write down an enquiry."""
    form = EnquiryForm(request.POST or None, state=settings_of_program().state)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        contacts = {name: fields.pop(name) for name in ("contact_name", "phone", "email")}
        made = services.take_enquiry(request.actor, fields=fields, contacts=contacts)
        messages.success(request, _("Written down."))
        return redirect("enquiry_page", made.pk)
    status = 422 if form.is_bound else 200
    return render(
        request, "licensing/enquiry_new.html", {"form": form, "languages": language_names()}, status=status
    )


@opens_to(Role.LICENSING_WORKER)
@require_safe
def page(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One enquiry: where it stands, what is missing, whom to ask."""
    enquiry = doors.one(doors.enquiries(request.actor).select_related("owner"), pk)
    return render(request, "licensing/enquiry.html", _shown(enquiry, MoveForm(enquiry=enquiry)))


@opens_to(Role.LICENSING_WORKER)
@require_POST
def move(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Move an enquiry on."""
    enquiry = doors.one(doors.enquiries(request.actor), pk)
    form = MoveForm(request.POST, enquiry=enquiry)
    if not form.is_valid():
        return render(request, "licensing/enquiry.html", _shown(enquiry, form), status=422)
    services.move(request.actor, enquiry, **form.cleaned_data)
    messages.success(request, _("Moved on."))
    return redirect("enquiry_page", pk)


@opens_to(Role.LICENSING_WORKER)
@require_POST
def call(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Write down a call."""
    enquiry = doors.one(doors.enquiries(request.actor), pk)
    services.note_call(request.actor, enquiry, reached=request.POST.get("reached") == "yes")
    messages.success(request, _("The call is written down."))
    return redirect("enquiry_page", pk)


@opens_to(Role.LICENSING_WORKER, Role.PROGRAM_DIRECTOR)
@require_safe
def funnel(request: OfficeRequest) -> HttpResponse:
    """How far enquiries came; small counts are hidden."""
    by = request.GET.get("by", "source")
    by = by if by in ("source", "language", "county_fips") else "source"
    table, median = selectors.funnel_shown(request.actor, by=by)
    return render(request, "licensing/funnel.html", {"table": table, "median": median, "by": by})


def _shown(enquiry: Enquiry, form: MoveForm) -> dict[str, object]:
    home = with_all(Home.objects.filter(pk=enquiry.home_id)).first() if enquiry.home_id else None
    missing = selectors.missing_of(home, rules_today()) if home else []
    return {
        "enquiry": enquiry,
        "form": form,
        "home": home,
        "missing": missing,
        "filled": doors.has_sealed(enquiry),
        "history": revisions_of(enquiry)[:25],
    }


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
