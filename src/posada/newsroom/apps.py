"""The public site as a Django app. Tests: tests/newsroom/test_site.py."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """Pages, clips, live events and forms."""

    name = "posada.newsroom"
    label = "newsroom"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"
