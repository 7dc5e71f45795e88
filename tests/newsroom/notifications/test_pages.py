"""Pages of being told and of the installed app, without a script."""

import json
import re

import pytest

from posada.newsroom.demonstration_words import ARTICLE, CLIP, EVENT
from posada.newsroom.notifications.topics import TOPICS
from tests.newsroom.newsroom_site import Site


@pytest.mark.parametrize(
    ("path", "words"), [("/be-told/", "Breaking news"), ("/es/reciba-avisos/", "Última hora")]
)
def test_the_switches_stand_in_both_languages_with_feeds_for_those_without_a_script(
    site: Site, path: str, words: str
) -> None:
    text = site.get(path).text
    assert words in text and text.count('role="switch"') == 3
    assert re.search(r'<form id="told"[^>]* hidden>', text), "nothing to press where it would do nothing"
    feeds = re.findall(r'<li>[^<]+: <a href="([^"]+\.rss)"', text)
    assert len(feeds) == 4
    assert all(site.get(feed).status == 200 for feed in feeds)
    assert f'href="{path}"' in site.get("/es/" if path.startswith("/es/") else "/").text


def test_a_feed_of_a_topic_holds_only_what_can_be_told_of(site: Site) -> None:
    article, clip, event = (each[0]["title"] for each in (ARTICLE, CLIP, EVENT))
    held = {
        topic: set(re.findall(r"<item><title>([^<]+)", site.get(f"/feeds/{topic}.rss").text))
        & {article, clip, event}
        for topic in TOPICS
    }
    assert held == {"breaking": set(), "live": {event}, "exclusive": {article}}
    assert site.get("/feeds/children.rss").status == 404 and site.get("/feeds/live.exe").status == 404


@pytest.mark.parametrize(
    ("path", "language", "start"), [("/app.webmanifest", "en", "/"), ("/es/app.webmanifest", "es", "/es/")]
)
def test_the_site_can_be_installed_in_each_language(site: Site, path: str, language: str, start: str) -> None:
    answer = site.get(path)
    told = json.loads(answer.text)
    assert answer.headers["content-type"].startswith("application/manifest+json")
    assert (told["lang"], told["start_url"], told["scope"], told["id"]) == (language, start, "/", "/")
    assert {each["purpose"] for each in told["icons"]} == {"any", "maskable"}
    for each in told["icons"]:
        picture = site.get(each["src"]).body
        width = int.from_bytes(picture[16:20], "big")
        assert picture.startswith(b"\x89PNG") and each["sizes"] == f"{width}x{width}"
    assert len(told["shortcuts"]) == 4
    assert all(site.get(each["url"]).status == 200 for each in told["shortcuts"])


def test_the_service_worker_is_fresh_small_and_under_the_policy_of_the_pages(site: Site) -> None:
    answer = site.get("/sw.js")
    assert answer.headers["cache-control"] == "no-cache" and len(answer.body) < 12_000
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    told = json.loads(answer.text.split("const SITE = ", 1)[1].split(";\n", 1)[0])
    assert all(site.get(each).status == 200 for each in told["shell"])
    assert len(told["key"]) == 87 and told["words"]["es"]["live"] == "Eventos en vivo"
    assert "://" not in answer.text.split(";\n", 1)[0]


def test_every_text_is_in_spanish() -> None:
    from pathlib import Path

    import polib

    import posada.newsroom.notifications

    folder = Path(posada.newsroom.notifications.__path__[0])
    catalog = polib.pofile(str(folder / "locale/es/LC_MESSAGES/django.po"))
    there = {each.msgid for each in catalog if each.translated()}
    wanted: set[str] = set()
    for page in folder.rglob("*.html"):
        wanted |= set(re.findall(r"{% translate ['\"](.+?)['\"] %}", page.read_text(encoding="utf-8")))
    for code in folder.glob("*.py"):
        wanted |= set(re.findall(r'\b_\("(.+?)"\)', code.read_text(encoding="utf-8")))
    assert wanted and wanted - there <= {"What the program does, as it happens"}
