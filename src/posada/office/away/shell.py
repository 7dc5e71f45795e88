"""The one page that opens offline: the same for everybody, with nothing of anybody in it.

Comes in: nothing. Goes out: the addresses that the service worker keeps, and a name for them that changes with them.
Docs: docs/how-to/check-in-offline.md. Tests: tests/office/away/test_shell.py.
"""

import hashlib
from functools import lru_cache
from importlib import resources

from django.conf import settings
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse

from posada import __version__

ASSETS = (
    *("posada/posada.css", "posada/office.css", "posada/away.js", "posada/door.svg"),
    *("posada/app/icon-192.png",),
)
"""What the page needs. Fonts come from the device's own cache or not at all: the page is readable without."""
SOURCES = ("shell.html", "worker.js")


def kept_addresses() -> list[str]:
    """Every address that is kept: the page in each language and what it needs."""
    pages = [reverse("away_shell", args=[code]) for code, _name in settings.LANGUAGES]
    return [*pages, *(static(each) for each in ASSETS)]


@lru_cache
def kept_name() -> str:
    """A name for what is kept now: of the version, the page's sources and the addresses."""
    texts = [get_template(f"away/{each}").template.source for each in SOURCES]  # type: ignore[attr-defined]
    files = [resources.files("posada.web").joinpath("static", each).read_bytes() for each in ASSETS]
    told = "\n".join([__version__, *texts, *kept_addresses()]).encode()
    return "posada-away-" + hashlib.sha256(told + b"".join(files)).hexdigest()[:16]
