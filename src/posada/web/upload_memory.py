"""Uploaded files stay in memory until they are sealed: nothing that was sent stands readable on a disk meanwhile.

Comes in: the body of a form with files, in pieces. Goes out: files that Django's forms read. A body that is longer
than the longest upload of the office is refused before any of it is kept.
Docs: docs/reference/settings.md. Tests: tests/web/test_upload_memory.py.
"""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

MOST_BYTES = 52 * 1024 * 1024
"""A little more than the files of an import together may have; each view bounds its own files further."""
MOST_BYTES_OF_STRANGERS = 2 * 1024 * 1024
"""Of somebody who has not signed in, and has nothing to upload."""


class OnlyInMemory(MemoryFileUploadHandler):
    """Takes every file, or refuses the whole body; never hands one on to a handler that would write it down."""

    def handle_raw_input(
        self, input_data: Any, meta: dict[str, Any], content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Raises RequestDataTooBig."""
        user = getattr(self.request, "user", None)
        is_known = user is not None and user.is_authenticated
        if content_length > (MOST_BYTES if is_known else MOST_BYTES_OF_STRANGERS):
            raise RequestDataTooBig("The files are larger than this office takes.")
        self.activated = True
