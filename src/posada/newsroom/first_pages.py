"""The pages that every newsroom begins with, in both languages, and the rule that a second reader publishes.

Comes in: an empty site. Goes out: home, open your home, give your hours, newsroom, numbers, know your rights, about,
contact, privacy, each with its translation at an address in that language. Pages that are there are left alone.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_site.py.
"""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale, Page, Site, Workflow, WorkflowPage, WorkflowTask

from posada.newsroom import page_words as words
from posada.newsroom.models import (
    FormPage,
    HomePage,
    NewsroomIndexPage,
    NumbersPage,
    SecondReaderTask,
    TextPage,
)

LANGUAGES = tuple(dict(settings.LANGUAGES))


def make_pages() -> None:
    """Make the pages of both languages, once."""
    if HomePage.objects.exists():
        return
    with transaction.atomic():
        root = Page.objects.filter(depth=1).get()
        for welcome in root.get_children():
            welcome.delete()
        homes, keys = {}, [uuid.uuid4() for _ in range(len(words.PAGES) + 1)]
        for language in LANGUAGES:
            homes[language] = _tree(Page.objects.get(pk=root.pk), language, keys)
        Site.objects.all().delete()
        Site.objects.create(hostname="localhost", port=8001, root_page=homes["en"], is_default_site=True)
        _second_reader(homes.values())


def _tree(root: Page, language: str, keys: list[uuid.UUID]) -> HomePage:
    locale, _ = Locale.objects.get_or_create(language_code=language)
    at = LANGUAGES.index(language)
    home = HomePage(
        title=words.HOME[at][0],
        slug=("home", "inicio")[at],
        lede=words.HOME[at][1],
        locale=locale,
        translation_key=keys[0],
    )
    root.add_child(instance=home)
    for each, key in zip(words.PAGES, keys[1:], strict=True):
        title, slug, lede = each.told[at]
        fields: dict[str, Any] = {"title": title, "slug": slug, "locale": locale, "translation_key": key}
        page: Any
        if each.kind in ("home", "hours"):
            page = FormPage(kind=each.kind, lede=lede, **fields)
        elif each.kind == "newsroom":
            page = NewsroomIndexPage(**fields)
        elif each.kind == "numbers":
            page = NumbersPage(lede=lede, **fields)
        else:
            page = TextPage(
                body=[("text", f"<p>{paragraph}</p>") for paragraph in lede.split("\n")], **fields
            )
        page.show_in_menus = each.in_menu
        home.add_child(instance=page)
    return home


def _second_reader(homes: Any) -> None:
    """Every page below the homes takes a second reader, of the group of moderators."""
    task = SecondReaderTask.objects.create(name="Second reader")
    task.groups.set(Group.objects.filter(name="Moderators"))
    workflow = Workflow.objects.create(name="a second reader")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.all().delete()
    for home in homes:
        WorkflowPage.objects.create(workflow=workflow, page=home)
