"""The virus scanner: none, or a command that reads the file from its standard input. It fails closed.

Comes in: bytes, and the setting DOCUMENT_SCANNER (a command such as `clamdscan --no-summary -`; empty: none).
Goes out: what to keep beside the document. Exit code 0 is clean, 1 infected; anything else refuses the file.
Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_scanner.py.
"""

import shlex
import subprocess

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from posada.office.refusals import Refusal

NOT_SCANNED, CLEAN = "not_scanned", "clean"
SECONDS = 60


class Infected(Refusal):
    """The scanner found something."""

    code = "infected"


class ScannerDown(Refusal):
    """The scanner gave no answer; without one nothing is taken."""

    code = "scanner_down"
    status = 503


def scan(content: bytes) -> str:
    """`clean`, or `not_scanned` where no scanner is set. Raises Infected, and ScannerDown without an answer."""
    try:
        command = shlex.split(getattr(settings, "DOCUMENT_SCANNER", "") or "")
    except ValueError:  # such as a quotation mark that is never closed
        raise ScannerDown(_SILENT) from None
    if not command:
        return NOT_SCANNED
    try:
        done = subprocess.run(  # noqa: S603 - the command is the deployment's own setting
            command, input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise ScannerDown(_SILENT) from None
    if done.returncode == 1:
        raise Infected(_("The virus scanner found something in this file. It was not taken."))
    if done.returncode != 0:
        raise ScannerDown(_SILENT)
    return CLEAN


_SILENT = _("The virus scanner gives no answer, so no file can be taken now. Tell your administrator.")
