"""The public site as a visitor without a cookie and without scripts finds it."""

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from tests.newsroom.newsroom_site import Site, figures, write_figures

PAGES = [
    *(
        "/",
        "/es/",
        "/open-your-home/",
        "/es/abra-su-hogar/",
        "/give-your-hours/",
        "/es/de-sus-horas/",
        "/newsroom/",
    ),
    *(
        "/es/sala-de-prensa/",
        "/numbers/",
        "/es/cifras/",
        "/know-your-rights/",
        "/es/conozca-sus-derechos/",
        "/about/",
    ),
    *("/privacy/", "/contact/", "/newsroom/a-state-asked/", "/es/sala-de-prensa/un-estado-pidio-ayuda/"),
    *("/newsroom/who-opened-the-door/", "/newsroom/briefing-winter-arrivals/"),
]
MOST_BYTES, MOST_REQUESTS = 100 * 1024, 9


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_loads_nothing_foreign_has_no_script_within_and_sets_no_cookie(
    site: Site, path: str
) -> None:
    page = site.get(path)
    assert page.status == 200
    assert "set-cookie" not in page.headers
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert not re.search(r"<script(?! type=.application/ld\+json| src=)|\sstyle=|\son\w+=", page.text)
    loaded = re.findall(
        r'<(?:link rel="(?:stylesheet|icon)"|img|script|track)[^>]*?(?:href|src)="([^"]+)"', page.text
    )
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
    sheets = [each for each in loaded if each.endswith(".css")]
    fonts = [
        address
        for sheet in sheets
        for address in re.findall(
            r"url\([\"']?([^\"')]+woff2)", site.get(sheet, Accept_Encoding="identity").text
        )
    ]
    assert len(loaded) + len(fonts) + 1 <= MOST_REQUESTS
    folder = sheets[0].rpartition("/")[0]
    scripts = [each for each in loaded if each.endswith(".js")]
    assert len(scripts) == 1
    sizes = [len(site.get(each, Accept_Encoding="gzip").body) for each in (*sheets, *scripts)] + [
        len(site.get(f"{folder}/{each}").body) for each in fonts
    ]
    assert len(page.body) + sum(sizes) <= MOST_BYTES


@pytest.mark.parametrize("path", PAGES)
def test_each_page_names_its_language_and_leads_to_the_other(site: Site, path: str) -> None:
    text = site.get(path).text
    language, other = ("es", "en") if path.startswith("/es/") else ("en", "es")
    assert f'<html lang="{language}">' in text
    found = re.search(rf'<a href="([^"]+)" lang="{other}"', text)
    assert found and site.get(found[1]).status == 200
    assert found[1].startswith("/es/") == (other == "es")


def test_numbers_in_an_article_are_the_published_ones_with_denominator_and_day(site: Site) -> None:
    text = site.get("/newsroom/a-state-asked/").text
    assert "1,184 of 1,214" in text and "counted" in text
    assert "number not published now" in text  # siblings_together is not in these figures


def test_old_and_missing_figures_are_said_to_be(site: Site) -> None:
    path = site.exchange / "to_public" / "figures.json"
    try:
        write_figures(site.exchange, figures(made_on=(datetime.now(UTC) - timedelta(days=3)).isoformat()))
        assert "out of date" in site.get("/numbers/").text
        assert "not counted since" in site.get("/newsroom/a-state-asked/").text
        path.write_text(path.read_text().replace("1184", "9999"))
        assert "9,999" not in site.get("/numbers/").text
        path.unlink()
        assert "no published figures" in site.get("/").text
    finally:
        write_figures(site.exchange, figures())


def test_a_hidden_figure_is_hidden_in_the_table_and_in_the_file(site: Site) -> None:
    assert "fewer than 11" in site.get("/numbers/").text
    plain, excel = site.get("/numbers/?csv=plain"), site.get("/numbers/?csv=excel")
    assert excel.body == b"\xef\xbb\xbf" + plain.body
    assert "children_waiting,,,,children,," in plain.text
    assert "'=children wait" in plain.text  # no formula for a table program


def test_feeds_hold_every_story_of_their_language(site: Site) -> None:
    rss = ElementTree.fromstring(site.get("/feeds/news.rss").body)
    assert len(rss.findall("channel/item")) == 3
    atom = ElementTree.fromstring(site.get("/es/feeds/news.atom").body)
    assert len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == 3
    told = json.loads(site.get("/feeds/news.json").body)
    assert told["version"].endswith("1.1") and len(told["items"]) == 3
    assert all(each["url"].startswith(site.address + "/newsroom/") for each in told["items"])


def test_the_sitemap_leads_to_pages_that_are_there_in_both_languages(site: Site) -> None:
    found = re.findall(r"<loc>([^<]+)</loc>", site.get("/sitemap.xml").text)
    assert len(found) >= 26
    assert all(site.get(each.removeprefix(site.address)).status == 200 for each in found)


def test_a_clips_page_tells_its_running_time_captions_and_never_plays_by_itself(site: Site) -> None:
    text = site.get("/newsroom/who-opened-the-door/").text
    assert "01:32" in text and "PT1M32S" in text and "autoplay" not in text
    assert text.count('<track kind="captions"') == 2
    schema = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert schema and json.loads(schema[1])["video"]["@type"] == "VideoObject"


def test_an_event_says_when_in_which_zone_and_works_as_text(site: Site) -> None:
    text = site.get("/newsroom/briefing-winter-arrivals/").text
    assert "Scheduled" in text and re.search(r"\d\d:00 E[SD]T", text)
    assert "Nothing has been said yet" in text


def test_what_is_not_there_is_said_in_the_language_of_the_address(site: Site) -> None:
    assert site.get("/nothing/").status == 404
    assert 'lang="es"' in site.get("/es/nada/").text


def test_the_desk_is_behind_a_sign_in_and_no_cache_keeps_it(site: Site) -> None:
    page = site.get("/cms/sign-in/")
    assert page.status == 200 and page.headers["cache-control"] == "no-store"
    assert "/cms/sign-in/" in site.get("/cms/pages/").url
    assert "Disallow: /cms/" in site.get("/robots.txt").text


def test_preparing_again_changes_nothing(site: Site) -> None:
    count = "from wagtail.models import Page, Revision; print(Page.objects.count(), Revision.objects.count())"
    before = site.run(count)
    site.run("from posada.newsroom.first_pages import make_pages; make_pages()")
    site.run(
        "from pathlib import Path; from posada.newsroom.demonstration import fill; fill(heading_font=Path('x'))"
    )
    assert site.run(count) == before
