"""Views that take files: the gate first, then the bound, and only then is anything of the body read.

Django's protection against forged forms reads the whole body before a view runs; a view marked here is read
after the gate has let the person through and the length is known to be bearable.
Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_bounded_upload.py.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from posada.office.access.request import OfficeRequest
from posada.office.casefile.content_type import MOST_BYTES
from posada.office.refusals import Refusal

ROOM_FOR_FIELDS = 128 * 1024  # bytes of a form beside its file
MOST_TOGETHER = 200 * 1024 * 1024  # bytes of many files at once


class TooLarge(Refusal):
    """The body is longer than a form with one file may be."""

    code = "too_large"
    status = 413


def takes_a_file(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Bound the body of a view that takes one file. Put it inside `opens_to`: `@opens_to(…)` stands above it."""
    return _bounded(
        view, MOST_BYTES, _("The file is larger than 25 MB. Scan it in fewer colors or in parts.")
    )


def takes_files(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Bound the body of a view that takes many files at once; each of them is bounded where it is kept."""
    return _bounded(
        view, MOST_TOGETHER, _("These files are larger than 200 MB together. Send fewer at once.")
    )


def _bounded(view: Callable[..., HttpResponse], most: int, too_large: Any) -> Callable[..., HttpResponse]:
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def bounded(request: OfficeRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if _length(request) > most + ROOM_FOR_FIELDS:
            raise TooLarge(too_large)
        return protected(request, *arguments, **named)

    return bounded


def _length(request: OfficeRequest) -> int:
    stated = request.META.get("CONTENT_LENGTH") or "0"
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 20 else 0
