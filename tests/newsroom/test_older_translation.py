"""A translation older than its source says so; a source never does, and neither does a translation that follows."""

from tests.newsroom.newsroom_site import Site

TWO = """
from datetime import timedelta
from django.utils import timezone
from posada.newsroom.models import ArticlePage
english = ArticlePage.objects.get(slug='a-state-asked')
spanish = ArticlePage.objects.get(slug='un-estado-pidio-ayuda')
"""
WORDS = "se modificó después de esta traducción"


def test_a_translation_says_that_its_source_was_changed_since(site: Site) -> None:
    path = "/es/sala-de-prensa/un-estado-pidio-ayuda/"
    assert WORDS not in site.get(path).text
    site.run(TWO + "english.save_revision().publish()")
    assert WORDS in site.get(path).text
    assert "after this translation" not in site.get("/newsroom/a-state-asked/").text
    site.run(TWO + "spanish.save_revision().publish()")
    assert WORDS not in site.get(path).text


def test_a_page_without_a_translation_or_unpublished_says_nothing(site: Site) -> None:
    told = site.run(
        TWO + "from posada.newsroom.older_translation import newer_source\n"
        "print(newer_source(english), newer_source(ArticlePage(title='x')))\n"
    )
    assert told.strip() == "None None"
