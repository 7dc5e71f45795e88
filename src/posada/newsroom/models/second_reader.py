"""The step of the workflow that takes a second person: whoever wrote since the last publication cannot approve.

Tests: tests/newsroom/test_desk.py.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.models import AbstractGroupApprovalTask

APPROVE = "approve"


def has_written(page: Any, user: Any) -> bool:
    """Whether this person has saved a version that is not published yet."""
    written = page.revisions.filter(user=user)
    if page.live and page.last_published_at:
        written = written.filter(created_at__gt=page.last_published_at)
    return bool(written.exists())


class SecondReaderTask(AbstractGroupApprovalTask):
    """Approval by somebody of the groups who has not written it."""

    def locked_for_user(self, page: Any, user: Any) -> bool:
        """While it is read nobody writes in it: what is approved is what was read. The writer can take it back."""
        return True

    def get_actions(self, page: Any, user: Any) -> list[Any]:
        """No approval is offered to who wrote it."""
        offered = super().get_actions(page, user)
        return [each for each in offered if each[0] != APPROVE] if has_written(page, user) else offered

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Nor does it work. Raises PermissionDenied."""
        if action_name == APPROVE and has_written(task_state.workflow_state.content_object, user):
            raise PermissionDenied("Whoever wrote it cannot approve it.")
        return super().on_action(task_state, user, action_name, **kwargs)
