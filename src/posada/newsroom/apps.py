"""The public site as a Django app. Tests: tests/newsroom/test_site.py."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """Pages, clips, live events and forms."""

    name = "posada.newsroom"
    label = "newsroom"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let editors search among pages with others below them: Wagtail 8 shows that filter and fails with it."""
        from wagtail.models import Page
        from wagtail.search import index

        Page.search_fields.append(index.FilterField("numchild"))
