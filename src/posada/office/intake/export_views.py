"""Pages of the export: ask, see whether somebody agreed, and take the file once.

Tests: tests/office/intake/test_export_views.py.
"""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from posada.office.access import doors
from posada.office.access.gate import opens_to
from posada.office.access.models import Approval
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.intake import archive, exporting


class AskForm(forms.Form):
    """What is asked for, and why."""

    reason = forms.CharField(label=gettext_lazy("Why, and for whom"), min_length=5, max_length=500)
    sealed = forms.BooleanField(
        label=gettext_lazy("With names of children and addresses of homes"), required=False
    )
    country = forms.BooleanField(label=gettext_lazy("With the countries of children"), required=False)
    location = forms.BooleanField(
        label=gettext_lazy("With the counties where children are now"), required=False
    )


@opens_to(Role.PROGRAM_DIRECTOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: OfficeRequest) -> HttpResponse:
    """Ask for an export, and see what became of earlier requests."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        scope = exporting.scope_of(
            sealed=typed["sealed"], country=typed["country"], location=typed["location"]
        )
        exporting.ask(request.actor, scope=scope, reason=typed["reason"])
        messages.success(request, _("Asked. Another person has to agree on the page of approvals."))
        return redirect("export")
    mine = Approval.objects.filter(act=exporting.ACT, asked_by_id=request.actor.user_id).order_by("-asked_at")
    shown = {
        "form": form,
        "asked": list(mine.select_related("answered_by")[:10]),
        "shortest": archive.SHORTEST,
    }
    return render(request, "intake/export.html", shown, status=422 if form.is_bound else 200)


@opens_to(Role.PROGRAM_DIRECTOR, Role.ADMINISTRATOR)
@require_POST
def write(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The archive, once, for the person who asked and somebody else who agreed."""
    mine = Approval.objects.filter(act=exporting.ACT, asked_by_id=request.actor.user_id)
    approval = doors.one(mine, pk)
    body = exporting.write(request.actor, approval, passphrase=request.POST.get("passphrase", ""))
    answer = HttpResponse(body, content_type="application/octet-stream")
    answer["Content-Disposition"] = 'attachment; filename="program.posada"'
    return answer
