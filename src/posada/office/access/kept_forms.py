"""What somebody had typed when the session ended, kept sealed for that person and that page, and given back.

Comes in: a POST of a session that has been idle for too long, after its token was found right. Goes out: the same
fields, after the same person has signed in, in the page that they were typed in. Passwords and files are not kept.
Docs: docs/explanation/sealed-fields.md. Tests: tests/office/access/test_kept_forms.py.
"""

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.http import HttpRequest
from django.utils import timezone

from posada.office.access.models import KeptForm, User
from posada.office.access.sealed_secret import open_bytes, seal_bytes

MOST_BYTES = 200_000
KEPT_FOR = timedelta(days=2)
NEVER_KEPT = ("/accounts/", "/sealed/", "/language/", "/still-here/", "/kept/", "/away/")
"""Addresses whose forms hold passwords, codes and reasons, or nothing that was typed."""
WAITING = "kept_forms"  # in the session: page → address that its form is sent to, of forms that wait for this person


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent. `address`: where to; `fields`: names with their values, in order."""

    address: str
    fields: list[tuple[str, list[str]]]


def page_of(request: HttpRequest) -> str:
    """The page that a form stands on: where the browser says it came from, if that is here, else its own address."""
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    if came.netloc == request.get_host() and came.path.startswith("/"):
        return came.path
    return request.path


def keep_form(request: HttpRequest, user_id: UUID) -> bool:
    """Keep what was sent, for the person who was signed in. Whether there was something to keep."""
    fields = [
        (name, [str(value) for value in values])
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    page = page_of(request)
    text = json.dumps(asdict(Kept(request.path, fields)))
    if request.path.startswith(NEVER_KEPT) or not any(any(values) for _, values in fields):
        return False
    if len(text) > MOST_BYTES or len(page) > 300:
        return False
    KeptForm.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR).delete()
    KeptForm.objects.update_or_create(
        user_id=user_id, path=page, defaults={"sealed": seal_bytes(text.encode()), "key_number": ""}
    )
    return True


def waiting_for(user: User) -> dict[str, str]:
    """The forms that are kept for a person: page → the address that its form is sent to."""
    rows = KeptForm.objects.filter(user=user, kept_at__gt=timezone.now() - KEPT_FOR)
    opened = {row.path: _opened(row) for row in rows}
    return {page: kept.address for page, kept in opened.items() if kept is not None}


def kept_form(user: User, page: str) -> Kept | None:
    """What was typed in a page. None: nothing is kept, or no key opens it."""
    row = KeptForm.objects.filter(user=user, path=page).first()
    return _opened(row) if row is not None else None


def let_go(user_id: UUID, page: str) -> None:
    """The form was sent, or is not wanted any more."""
    KeptForm.objects.filter(user_id=user_id, path=page).delete()


def _opened(row: KeptForm) -> Kept | None:
    try:
        read = json.loads(open_bytes(bytes(row.sealed)))
    except InvalidToken:
        return None
    return Kept(read["address"], [(name, values) for name, values in read["fields"]])
