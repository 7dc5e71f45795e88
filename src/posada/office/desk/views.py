"""The first page of each role, the keys, and the director's figures. Tests: tests/office/desk/test_views.py."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from posada.office.access.gate import SIGNED_IN, opens_to
from posada.office.access.models import User
from posada.office.access.request import OfficeRequest
from posada.office.access.roles import Role
from posada.office.desk.director import program_figures
from posada.office.desk.first_page import first_page_of
from posada.office.desk.task_views import row_of


@opens_to(SIGNED_IN)
@require_safe
def home(request: OfficeRequest) -> HttpResponse:
    """What is due, overdue, and waiting for this person."""
    page = first_page_of(request.actor)
    shown = {"page": page, "rows": [row_of(each) for each in page.tasks]}
    return render(request, "desk/home.html", shown)


@opens_to(Role.PROGRAM_DIRECTOR)
@require_safe
def director(request: OfficeRequest) -> HttpResponse:
    """The program in figures; small ones are hidden, and no record opens from here."""
    return render(request, "desk/director.html", {"program": program_figures()})


@opens_to(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: OfficeRequest) -> HttpResponse:
    """The single-key shortcuts, and a switch to turn them off."""
    if request.method == "POST":
        user = request.user
        User.objects.filter(pk=user.pk).update(keys_off=not user.keys_off)
        return redirect("keys")
    return render(request, "desk/keys.html")
