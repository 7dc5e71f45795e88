"""Pages about access itself. Tests: tests/office/access/test_views.py."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: Any = "") -> HttpResponse:
    """The page for a form whose token no longer holds: what to do next, and nothing about why."""
    return render(request, "office/form_expired.html", status=403)
