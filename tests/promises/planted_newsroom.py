"""Plants payloads in every text of a newsroom that is served, by the editors' own ways, and names its pages.

Runs in a process of its own, as `python -m tests.promises.planted_newsroom pages`: prints addresses of the public
site and of its desk as JSON. `… plant LISTENER COUNT`: plants so many kinds; prints how many texts took some.
Rich text goes through the editor's own converter, and every page through its own rules.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import django

from tests.promises.payloads_that_run import Supply, payloads

ROOM = 1000
"""Letters of payloads in a long text; the rules of a summary allow fewer."""
OTHER_PAGES = (
    *(
        "/be-told/",
        "/es/que-le-avisemos/",
        "/offline/",
        "/cms/",
        "/cms/pages/",
        "/cms/snippets/newsroom/clip/",
    ),
    *(
        "/cms/sign-in/",
        "/cms/sign-in/factors/",
        "/cms/sign-in/passkeys/",
        "/cms/account/",
        "/cms/pages/search/?q=x",
    ),
)
PAGE_OF_DESK = (
    "/cms/pages/{}/edit/",
    "/cms/pages/{}/history/",
    "/cms/pages/{}/",
    "/cms/pages/{}/view_draft/",
)
VTT = "WEBVTT\n\n00:00.000 --> 00:04.000\n{}\n\n00:04.000 --> 00:08.000\n<v {}>said\n"


def main(what: str, *told: str) -> None:
    """Name the pages, or plant."""
    django.setup()
    if what == "pages":
        print(json.dumps(pages()))
        return
    listener, count = told
    print(json.dumps(Planter(Supply(payloads(listener, count=int(count)))).plant()))


def pages() -> list[str]:
    """Addresses of everything that is published, and of the desk's pages about it."""
    from django.urls import reverse
    from django.utils.translation import override
    from wagtail.models import Page

    from posada.newsroom.models import Clip, LiveEventPage

    found = list(OTHER_PAGES)
    for language in ("en", "es"):
        with override(language):
            found += [reverse("be_told"), reverse("offline"), "/not<script>alert(1)</script>there/"]
    for page in Page.objects.live().filter(depth__gt=1):
        found.append(page.get_url_parts()[2])
        found += [each.format(page.pk) for each in PAGE_OF_DESK]
        if isinstance(page.specific, LiveEventPage):
            found += [f"/cms/on-air/{page.pk}/", f"/cms/withdraw/{page.pk}/"]
    found += [f"/cms/snippets/newsroom/clip/edit/{each.pk}/" for each in Clip.objects.all()]
    return found


class Planter:
    """Fills texts with payloads."""

    def __init__(self, supply: Supply) -> None:
        self.supply = supply

    def plant(self) -> int:
        """Every page, clip, line that was said and person."""
        from django.contrib.auth.models import User
        from wagtail.models import Page

        from posada.newsroom.models import Clip, LiveUpdate

        for clip in Clip.objects.all():
            self._clip(clip)
        for said in LiveUpdate.objects.all():
            said.words, said.said_by = self.supply.text(ROOM), self.supply.text(150)
            said.full_clean()
            said.save()
        for page in Page.objects.live().filter(depth__gt=1):
            self._page(page.specific)
        for user in User.objects.all():
            user.first_name, user.last_name = self.supply.text(150), self.supply.text(150)
            user.save()
        return self.supply.texts

    def _clip(self, clip: Any) -> None:
        from django.core.files.base import ContentFile
        from django.db.models import Model

        clip.title = self.supply.line(200)
        clip.transcript_en, clip.transcript_es = self.supply.text(ROOM), self.supply.text(ROOM)
        name = self.supply.line(60).replace("/", "_") + ".vtt"
        for field in ("captions_en", "captions_es"):
            words = VTT.format(
                self.supply.line(ROOM).replace("-->", "--"), self.supply.line(80).replace("-->", "--")
            )
            getattr(clip, field).save(name, ContentFile(words.encode()), save=False)
        clip.full_clean()
        Model.save(clip)

    def _page(self, page: Any) -> None:
        for name, room in (("title", 255), ("seo_title", 255), ("byline", 120), ("dateline", 80)):
            if hasattr(page, name):
                setattr(page, name, self.supply.line(room))
        for name, room in (("summary", 300), ("lede", 400), ("search_description", 300)):
            if hasattr(page, name):
                setattr(page, name, self.supply.text(room))
        page.draft_title = page.title
        if hasattr(page, "body"):
            page.body = list(self._body())
        if hasattr(page, "corrections"):
            page.corrections = [
                ("correction", {"corrected_on": "2026-11-25", "words": self.supply.text(ROOM)})
            ]
            page.is_exclusive, page.breaking_until = True, "2044-01-01T00:00Z"
        page.full_clean()
        page.save_revision().publish()

    def _body(self) -> Iterator[tuple[str, Any]]:
        from wagtail.rich_text import RichText

        yield "heading", self.supply.line(120)
        yield "quote", self.supply.text(ROOM)
        yield "figure", {"figure": "children_sheltered", "words": self.supply.line(200)}
        for _ in range(2):
            yield "text", RichText(self._by_the_editor())

    def _by_the_editor(self) -> str:
        """What the editor's text field makes of a text of payloads, with a link that is one itself."""
        from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

        from posada.newsroom.blocks import PLAIN

        text = self.supply.text(ROOM)
        link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": self.supply.line(200)}}
        block = {
            "key": "x29",
            "text": text,
            "type": "unstyled",
            "depth": 0,
            "inlineStyleRanges": [{"offset": 0, "length": 9, "style": "BOLD"}],
            "entityRanges": [{"offset": 0, "length": min(20, len(text)), "key": 0}],
        }
        told = {"blocks": [block], "entityMap": {"0": link}}
        made: str = ContentstateConverter(features=PLAIN).to_database_format(json.dumps(told))
        return made


if __name__ == "__main__":
    main(*sys.argv[1:])
