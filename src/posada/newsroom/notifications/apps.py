"""The notifications of the public site as a Django application.

Tests: tests/newsroom/notifications/test_announcing.py.
"""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Listens for publications."""

    name = "posada.newsroom.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of every publication."""
        from wagtail.signals import page_published

        from posada.newsroom.notifications.announcing import hear

        page_published.connect(hear, dispatch_uid="announce")
