"""The end of a session: one press puts it off, and a form that was kept is let go.

Tests: tests/office/access/test_kept_forms.py.
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from posada.office.access.gate import SIGNED_IN, opens_to
from posada.office.access.kept_forms import WAITING, let_go
from posada.office.access.request import OfficeRequest


@opens_to(SIGNED_IN)
@require_POST
def still_here(request: OfficeRequest) -> HttpResponse:
    """The person is still here; the gate has noted it by letting this through."""
    if request.headers.get("accept", "").startswith("text/html"):
        return redirect(_path(request.POST.get("next", "")))
    return HttpResponse(status=204)


@opens_to(SIGNED_IN)
@require_POST
def kept_form_away(request: OfficeRequest) -> HttpResponse:
    """Throw away what was kept of a page's form."""
    path = _path(request.POST.get("next", ""))
    let_go(request.user.pk, path)
    waiting = request.session.get(WAITING, {})
    request.session[WAITING] = {page: waiting[page] for page in waiting if page != path}
    return redirect(path)


def _path(told: str) -> str:
    return told if told.startswith("/") and url_has_allowed_host_and_scheme(told, allowed_hosts=None) else "/"
