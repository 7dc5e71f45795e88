"""Pages for what went wrong outside a room: plain words for people, nothing for an attacker.

Tests: tests/web/test_errors.py.
"""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from posada.office.what_failed import failed


def not_there(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The same page for what does not exist and what is not yours."""
    return render(request, "office/not_there.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed here."""
    return failed(request, sys.exc_info()[1])


def not_understood(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """A request that no page of ours sends."""
    return render(request, "office/not_understood.html", status=400)
