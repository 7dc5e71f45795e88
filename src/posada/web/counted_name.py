"""The name under which wrong passwords are counted, on both sites.

Comes in: what django-axes knows of a try. Goes out: the user name. Its two sides are told it under two words, one
writing and one reading, and must find one count.
Tests: tests/promises/test_37_guessing_is_slow.py, tests/newsroom/test_desk_gate.py.
"""

from typing import Any

from django.http import HttpRequest


def name_given(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The user name of a try."""
    told = credentials or {}
    return str(told.get("username") or told.get("login") or request.POST.get("login", "")).strip().lower()
