"""Starts Django for a command that works on an office, and puts what the office refuses into lines.

Docs: docs/reference/office-commands.md. Tests: tests/cli/test_office_start.py.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from posada.cli.refusals import NothingDone
from posada.cli.streams import say

if TYPE_CHECKING:
    from subprocess import Popen

    from posada.web.deployment import Deployment

SETTINGS = "posada.web.settings.office"
EXTRA = ("django", "allauth", "granian", "whitenoise", "cryptography")
"""Packages of the extra `office`, of which one that is missing says that the extra is."""


def start_office(data: Path) -> "Deployment":
    """Set Django up for the office in a folder; afterwards its tables can be used.

    Raises NothingDone where the extra is not installed, or the deployment cannot be used as it stands.
    """
    require_office()
    from posada.web.deployment import FOLDER, DeploymentUnusable

    os.environ[FOLDER] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django
    from django.conf import settings

    try:
        django.setup()
    except DeploymentUnusable as error:
        raise NothingDone(str(error)) from None
    found: Deployment = settings.DEPLOYMENT
    return found


def require_office() -> None:
    """Raises NothingDone where the packages of the office are not installed."""
    if any(find_spec(name) is None for name in EXTRA):
        raise NothingDone("The office is not installed here. Install it with: pip install 'posada[office]'")


def finish_newsroom(preparing: "Popen[str]") -> None:
    """Wait until the public site is prepared. The office works without it: what went wrong is told, no more."""
    from posada.web.operating.newsroom import NewsroomNotPrepared, finish

    try:
        finish(preparing)
    except NewsroomNotPrepared as error:
        say(str(error))


@contextmanager
def refusals_told() -> Iterator[None]:
    """What the office or its database refuses becomes a line: the office's own sentence, or what to run first."""
    from django.db import DatabaseError

    from posada.office.refusals import Refusal

    try:
        yield
    except Refusal as refusal:
        raise NothingDone(str(refusal.message)) from None
    except DatabaseError as error:
        raise NothingDone(
            f"The database of the office cannot be used as it stands ({type(error).__name__}).",
            "See what is wrong with `posada doctor`; bring it up to date with `posada init`.",
        ) from error
