"""Settings, addresses and the look of the office as a Django app. Tests: tests/web/test_settings.py."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates and static files that every room shares."""

    name = "posada.web"
    label = "web"
