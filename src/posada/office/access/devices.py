"""Where a person is signed in, and signing out one of those devices; all of them, when an account changes.

Tests: tests/office/access/test_devices.py.
"""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from posada.office.access.gate import SIGNED_IN, opens_to
from posada.office.access.models import User
from posada.office.access.request import OfficeRequest
from posada.office.audit.chain import append
from posada.office.refusals import NotThere

LONGEST_NUMBER = 10  # digits


@opens_to(SIGNED_IN)
@require_POST
def sign_out(request: OfficeRequest) -> HttpResponse:
    """Sign out one of one's own devices."""
    number = request.POST.get("device", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < LONGEST_NUMBER
    found = UserSession.objects.filter(user=request.user, pk=int(number) if is_number else 0).first()
    if found is None:
        raise NotThere
    found.end()
    append(request.actor, "account.device_signed_out", subject=request.user)
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")


def end_sessions_of(user: User) -> int:
    """Sign an account out everywhere, at once. Returns how many devices that were."""
    found = list(UserSession.objects.filter(user=user))
    for each in found:
        each.end()
    return len(found)
