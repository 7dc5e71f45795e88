"""Feeds, the sitemap and what search engines and links read, taken apart by libraries that are not ours."""

import json
import re
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import feedparser
import pytest

from tests.newsroom.newsroom_site import Site

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
JSON_FEED_ITEM = {"id", "url", "title", "content_text", "date_published"}
ISO_INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*[+Z].*"


def schema_of(site: Site, path: str) -> dict[str, Any]:
    """The block of data in a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', site.get(path).text)
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def properties(site: Site, path: str) -> dict[str, str]:
    """What a page says of itself to whoever links to it."""
    found = re.findall(r'<meta property="([^"]+)" content="([^"]*)"', site.get(path).text)
    return dict(found)


@pytest.mark.parametrize("kind", ["rss", "atom"])
@pytest.mark.parametrize("before", ["", "/es"])
def test_a_reader_of_feeds_finds_nothing_wrong(site: Site, kind: str, before: str) -> None:
    answer = site.get(f"{before}/feeds/news.{kind}")
    read = feedparser.parse(answer.body, response_headers={"content-type": answer.headers["content-type"]})
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == {"rss": "rss20", "atom": "atom10"}[kind]
    assert read.feed.title and read.feed.language == ("es" if before else "en")
    assert len(read.entries) >= 3
    for each in read.entries:
        assert each.title and each.summary and each.id and each.published_parsed
        assert site.get(each.link.removeprefix(site.address)).status == 200
    published = [each.published_parsed for each in read.entries]
    assert published == sorted(published, reverse=True)


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_the_feed_of_a_topic_is_titled_by_it_in_its_language(site: Site, kind: str) -> None:
    def title(path: str) -> str:
        return str(feedparser.parse(site.get(f"{path}.{kind}").body).feed.title)

    assert title("/feeds/live") == "Posada: newsroom · Live events"
    assert title("/feeds/breaking") == "Posada: newsroom · Breaking news"
    assert title("/es/feeds/live") == f"{title('/es/feeds/news')} · Eventos en vivo"


def test_the_json_feed_has_what_version_1_1_asks_for(site: Site) -> None:
    told = json.loads(site.get("/feeds/news.json").body)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert site.get(told["feed_url"].removeprefix(site.address)).status == 200
    for item in told["items"]:
        assert set(item) >= JSON_FEED_ITEM
        assert re.fullmatch(ISO_INSTANT, item["date_published"])
    assert len({item["id"] for item in told["items"]}) == len(told["items"])


def test_the_sitemap_names_each_page_once_with_both_languages_pointing_at_each_other(site: Site) -> None:
    tree = ElementTree.fromstring(site.get("/sitemap.xml").body)
    pages = {each.findtext(f"{SITEMAP}loc"): each for each in tree.findall(f"{SITEMAP}url")}
    assert len(pages) == len(tree)
    for each in pages.values():
        others = [link.attrib["href"] for link in each.findall("{http://www.w3.org/1999/xhtml}link")]
        assert set(others) <= set(pages) and len(others) in (0, 2)
    robots = RobotFileParser()
    robots.parse(site.get("/robots.txt").text.splitlines())
    assert robots.site_maps() == [f"{site.address}/sitemap.xml"]
    assert robots.can_fetch("any", "/newsroom/") and not robots.can_fetch("any", "/cms/pages/")


def test_an_article_and_a_clip_are_told_to_search_engines(site: Site) -> None:
    article = schema_of(site, "/newsroom/a-state-asked/")
    assert article["@context"] == "https://schema.org" and article["@type"] == "NewsArticle"
    for name in ("headline", "author", "publisher", "mainEntityOfPage", "inLanguage"):
        assert article[name]
    assert all(re.fullmatch(ISO_INSTANT, article[name]) for name in ("datePublished", "dateModified"))
    video = schema_of(site, "/newsroom/who-opened-the-door/")["video"]
    assert video["@type"] == "VideoObject" and video["duration"] == "PT1M32S"
    for name in ("contentUrl", "thumbnailUrl"):
        assert site.get(video[name].removeprefix(site.address)).status == 200
    assert re.fullmatch(ISO_INSTANT, video["uploadDate"]) and video["name"] and video["description"]


@pytest.mark.parametrize("path", ["/", "/es/", "/newsroom/a-state-asked/", "/newsroom/who-opened-the-door/"])
def test_a_link_to_a_page_shows_title_words_and_picture(site: Site, path: str) -> None:
    told = properties(site, path)
    assert told["og:title"] and told["og:description"] and told["og:url"] == site.address + path
    assert told["og:type"] in ("website", "article")
    assert told["og:locale"] == ("es_US" if path.startswith("/es/") else "en_US")
    picture = site.get(told["og:image"].removeprefix(site.address))
    assert picture.status == 200 and picture.headers["content-type"].startswith("image/")
