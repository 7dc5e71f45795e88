"""Whoever reads goes on reading while nothing can be written."""

from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from posada.office.access.roles import Role
from posada.office.access.session_saved import SessionSavedMiddleware
from tests.office.people import browser_of, person


def _refuse(*_: Any, **__: Any) -> None:
    raise OperationalError("database or disk is full")


def test_a_page_is_shown_though_the_session_cannot_be_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = browser_of(person(Role.AUDITOR))
    monkeypatch.setattr(SessionStore, "save", _refuse)
    assert browser.get("/").status_code == 200


def test_what_would_change_something_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    middleware = SessionSavedMiddleware(lambda _: HttpResponse())
    monkeypatch.setattr(SessionStore, "save", _refuse)
    for method, passes in (("get", True), ("head", True), ("post", False)):
        request = getattr(RequestFactory(), method)("/")
        request.session = SessionStore()
        request.session["x"] = 1
        if passes:
            assert middleware.process_response(request, HttpResponse()).status_code == 200
        else:
            with pytest.raises(OperationalError):
                middleware.process_response(request, HttpResponse())
