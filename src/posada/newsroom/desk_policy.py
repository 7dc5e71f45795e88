"""The editors' desk needs a wider policy than the public pages: inline styles and scripts, pictures from memory.

Comes in: every answer. Goes out: the same; under /cms/, but not where one signs in, it asks django-csp for the wider
policy.
Docs: docs/explanation/the-public-site.md. Tests: tests/newsroom/test_site.py.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

DESK = "/cms/"
SIGN_IN = "/cms/sign-in/"
"""Pages of our own, where passwords and codes are typed: they run nothing inline."""


class DeskPolicyMiddleware:
    """Stands inside of django-csp's own middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Widen the policy for the pages of Wagtail; keep all of the desk out of every cache."""
        if not request.path.startswith(DESK):
            return self._public(request)
        response = self.get_response(request)
        wider = settings.SIGN_IN_POLICY if request.path.startswith(SIGN_IN) else settings.DESK_POLICY
        response._csp_update = wider  # type: ignore[attr-defined]
        response["Cache-Control"] = "no-store"
        return response

    def _public(self, request: HttpRequest) -> HttpResponse:
        """Public pages know nobody: there is no cookie to borrow. Forms of other sites are refused all the same."""
        origin = request.headers.get("Origin")
        if request.method == "POST" and origin and origin.partition("://")[2] != request.get_host():
            return HttpResponse(status=403)
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return self.get_response(request)
