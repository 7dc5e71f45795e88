"""A body that is too long is refused before it is read; a forged form is refused still."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from posada.office.access.gate import opened_to, opens_to
from posada.office.access.roles import Role
from posada.office.casefile.bounded_upload import TooLarge, takes_a_file
from posada.office.casefile.content_type import MOST_BYTES


@opens_to(Role.INTAKE_WORKER)
@takes_a_file
def _view(request: object) -> HttpResponse:
    return HttpResponse("read")


def test_a_body_that_is_too_long_is_refused_unread() -> None:
    request = RequestFactory().post("/", {"x": "y"})
    request.META["CONTENT_LENGTH"] = str(MOST_BYTES + 1_000_000)
    request._read_started = False
    with pytest.raises(TooLarge):
        _view(request)
    assert not hasattr(request, "_post")


def test_a_forged_form_is_refused_and_the_gate_knows_the_view() -> None:
    request = RequestFactory(enforce_csrf_checks=True).post("/", {"x": "y"})
    request.user = None  # type: ignore[assignment]
    request._dont_enforce_csrf_checks = False
    assert _view.csrf_exempt  # type: ignore[attr-defined]
    assert opened_to(_view, "") == {Role.INTAKE_WORKER}
