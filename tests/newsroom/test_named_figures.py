"""A number that a text names is one that is published; the desk lists what can be named."""

from tests.newsroom.desk_visitor import signed_in
from tests.newsroom.newsroom_site import Site


def test_a_name_that_is_not_published_is_refused_where_it_is_written(site: Site) -> None:
    told = site.run(
        "from django.core.exceptions import ValidationError\n"
        "from posada.newsroom.models import ArticlePage\n"
        "def said(*body):\n"
        "    page = ArticlePage(title='T', slug='t', summary='s', byline='b', body=list(body))\n"
        "    try:\n        page.clean()\n        return 'taken'\n"
        "    except ValidationError as error:\n        return error.message_dict['body'][0]\n"
        "print(said(('text', '<p>[[children_sheltered]] and [[chidlren]]</p>')))\n"
        "print(said(('figure', {'figure': 'cost_per_child_day', 'words': 'w'}), ('heading', '[[none]]')))\n"
    ).splitlines()
    assert told == ["No number of this name is published: chidlren", "taken"]


def test_where_nothing_is_published_nothing_is_refused(site: Site) -> None:
    told = site.run(
        "from django.conf import settings\n"
        "from dataclasses import replace\nfrom pathlib import Path\n"
        "settings.NEWSROOM = replace(settings.NEWSROOM, exchange=Path('nowhere'))\n"
        "from posada.newsroom.named_figures import names_to_choose, unknown_figures\n"
        "from posada.newsroom.models import ArticlePage\n"
        "page = ArticlePage(body=[('text', '<p>[[anything]]</p>')])\n"
        "print(unknown_figures(page.body), names_to_choose())\n"
    )
    assert told.strip() == "[] []"


def test_the_desk_lists_what_can_be_named(site: Site) -> None:
    page = signed_in(site, "writer").get("/cms/").text
    assert "[[children_sheltered]]" in page and "1,184 of 1,214" in page
