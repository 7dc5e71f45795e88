"""Every public page in a real browser: how heavy it is, whom it asks, and whether axe finds anything.

All pages of the sitemap, in both languages: on a phone in light colors, at a desk in dark ones.
"""

import re
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.chromium import chromium
from tests.newsroom.newsroom_site import Site

MOST_BYTES, MOST_REQUESTS = 100 * 1024, 10
PICTURES = ("image", "media")
SIZES = ((390, "light"), (1280, "dark"))


def pages_of(site: Site) -> list[str]:
    """Every page that the sitemap names."""
    found = re.findall(r"<loc>([^<]+)</loc>", site.get("/sitemap.xml").text)
    return [each.removeprefix(site.address) for each in found]


@pytest.mark.browser
def test_each_page_stays_within_its_budget_and_asks_nobody_else(site: Site) -> None:
    with chromium() as browser:
        page = browser.new_context(service_workers="block", reduced_motion="reduce").new_page()
        page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        asked: list[Any] = []
        page.on("requestfinished", lambda request: asked.append(request))
        for path in pages_of(site):
            asked.clear()
            page.set_viewport_size({"width": 390, "height": 844})
            page.emulate_media(color_scheme="light")
            page.goto(site.address + path, wait_until="networkidle")
            assert {urlsplit(each.url).netloc for each in asked} == {urlsplit(site.address).netloc}, path
            plain = [each for each in asked if each.resource_type not in PICTURES]
            assert len(plain) <= MOST_REQUESTS, (path, [each.url for each in plain])
            weight = sum(each.sizes()["responseBodySize"] for each in plain)
            assert weight <= MOST_BYTES, (path, weight)
            assert faults(page) == [], path


@pytest.mark.browser
def test_a_printed_article_is_its_text_with_number_day_and_transcript(site: Site) -> None:
    with chromium() as browser:
        page = browser.new_page(color_scheme="dark")
        for path, words in (
            ("/newsroom/a-state-asked/", "1,184"),
            ("/newsroom/who-opened-the-door/", "step up"),
        ):
            page.goto(site.address + path)
            with BytesIO(page.pdf(format="Letter")) as printed:
                text = " ".join(each.extract_text() for each in PdfReader(printed).pages)
            assert words in text and "Give your hours" not in text, text


def faults(page: Page) -> list[str]:
    """What axe finds, and where the page is wider than its window."""
    found = []
    for width, colors in SIZES:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=colors)  # type: ignore[arg-type]
        axe = Axe().run(page)
        found += [
            f"{width}: {each['id']}: {each['nodes'][0]['html'][:120]} {each['nodes'][0]['failureSummary']}"
            for each in axe.response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: wider than the window")
    return found
