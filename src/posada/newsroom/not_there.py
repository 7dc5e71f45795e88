"""Pages for what is not there and what went wrong.

Tests: tests/newsroom/test_site.py.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_there(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Nothing stands at this address."""
    return render(request, "newsroom/not_there.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed here; no database is asked for the words."""
    return HttpResponse(
        "<!doctype html><title>Posada</title><p>Something failed here. Please try again.", status=500
    )
