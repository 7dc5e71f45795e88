"""Publishing: only what a second reader has approved goes out, and nobody has the right to publish otherwise.

Comes in: a workflow that has ended well. Goes out: the version that was approved, live or set for its time.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_desk.py.
"""

from typing import Any

from django.core.exceptions import PermissionDenied


def publish_what_was_read(workflow_state: Any, user: Any = None) -> None:
    """Publish what the second reader has approved; nobody could write in it meanwhile (`SecondReaderTask`).

    Raises PermissionDenied where nobody but its writer has read it.
    """
    from posada.newsroom.models.second_reader import SecondReaderTask, has_written  # Wagtail loads this first

    read = workflow_state.current_task_state
    page = workflow_state.content_object
    by_second_reader = read is not None and isinstance(read.task.specific, SecondReaderTask)
    if not by_second_reader or read.status != "approved" or has_written(page, read.finished_by):
        raise PermissionDenied("Nobody but its writer has read it.")
    page.get_latest_revision().publish(user=user, skip_permission_checks=True)
