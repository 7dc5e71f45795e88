"""No uploaded file is ever written to a disk before it is sealed, and no body is larger than an upload may be."""

from typing import Any

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from posada.office.access.roles import Role
from posada.web import upload_memory
from tests.office.people import browser_of, person

pytestmark = pytest.mark.django_db


def _large(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("children.csv", b"x" * size, content_type="text/csv")


def test_a_file_larger_than_django_keeps_in_memory_is_in_memory_all_the_same(monkeypatch: Any) -> None:
    def written(*_: Any, **__: Any) -> None:
        raise AssertionError("a file was about to be written down")

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", written)
    request = RequestFactory().post("/imports/", {"files": _large(4_000_000)})
    request.user = person(Role.INTAKE_WORKER)
    found = request.FILES["files"]
    assert isinstance(found, InMemoryUploadedFile)
    assert found.size == 4_000_000


def test_a_stranger_uploads_nothing_large() -> None:
    answer = Client(raise_request_exception=False).post("/accounts/login/", {"files": _large(2_200_000)})
    assert answer.status_code == 400


def test_a_body_larger_than_any_upload_is_refused_in_plain_words(monkeypatch: Any) -> None:
    monkeypatch.setattr(upload_memory, "MOST_BYTES", 3_000_000)
    client = browser_of(person(Role.INTAKE_WORKER))
    answer = client.post(reverse("import_upload"), {"files": _large(3_100_000)})
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()


def test_the_office_has_no_handler_that_writes_files() -> None:
    from django.conf import settings

    assert settings.FILE_UPLOAD_HANDLERS == ["posada.web.upload_memory.OnlyInMemory"]
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=1):
        request = RequestFactory().post("/imports/", {"files": _large(10)})
        request.user = person(Role.INTAKE_WORKER)
        assert isinstance(request.FILES["files"], InMemoryUploadedFile)
