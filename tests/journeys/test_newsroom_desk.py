"""A day at the desk: a clip, an article with a live number, a second reader, a time, a correction, on air."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.newsroom.desk_visitor import account
from tests.newsroom.newsroom_site import Site, figures, make_site, served_site, write_figures
from tests.served_office import code_now

CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:04.000\nA door opens.\n"
TIME_PASSES = """
from datetime import timedelta
from django.utils import timezone
from posada.newsroom.models import ArticlePage
from posada.newsroom.worker import look
page, past = ArticlePage.objects.get(slug='ten-more-homes'), timezone.now() - timedelta(minutes=1)
waiting = page.scheduled_revision
assert waiting is not None and not page.live
waiting.content['go_live_at'] = past.isoformat()
waiting.approved_go_live_at = past
waiting.save()
look()
"""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A newsroom of its own: this day changes it."""
    with served_site(make_site(tmp_path_factory.mktemp("desk") / "newsroom")) as running:
        write_figures(running.exchange, figures())
        yield running


def at_desk(browser: Browser, newsroom: Site, username: str) -> Page:
    """A page at which somebody has signed in with both factors."""
    kept, page = account(newsroom, username), browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(10_000)
    page.goto(f"{newsroom.address}/cms/")
    page.get_by_label("User name").fill(kept["username"])
    page.get_by_label("Password").fill(kept["password"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(code_now(kept["totp_secret"]))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Begin here")).to_be_visible()
    return page


def test_a_day_at_the_desk(browser: Browser, newsroom: Site, tmp_path: Path) -> None:
    writer, reader = at_desk(browser, newsroom, "writer"), at_desk(browser, newsroom, "reader")
    add_clip(writer, newsroom, tmp_path)
    edit = write_article(writer, newsroom)
    submit(writer)
    writer.goto(f"{newsroom.address}/cms/")
    expect(writer.get_by_text("Awaiting your review")).to_have_count(0)
    assert newsroom.get("/newsroom/ten-more-homes/").status == 404
    approve(reader, newsroom, "Ten more homes")
    newsroom.run(TIME_PASSES)
    published = newsroom.get("/newsroom/ten-more-homes/").text
    assert "1,184 of 1,214" in published and "counted" in published and "Corrected" not in published
    assert "Ten more homes" in newsroom.get("/feeds/news.rss").text
    correct(writer, edit)
    submit(writer)
    approve(reader, newsroom, "Ten more homes")
    corrected = newsroom.get("/newsroom/ten-more-homes/").text
    assert "Corrected" in corrected and "It said eleven homes." in corrected
    go_on_air(writer, newsroom)
    withdraw(writer, newsroom)


def add_clip(page: Page, newsroom: Site, folder: Path) -> None:
    """Its running time is read from the file and shown."""
    (video,) = newsroom.folder.rglob("media/clips/*/*.webm")
    captions = folder / "words.vtt"
    captions.write_bytes(CAPTIONS)
    page.get_by_role("link", name="Clips").click()
    page.get_by_role("link", name=re.compile("Add clip", re.I)).first.click()
    page.locator("#id_title").fill("A door")
    page.locator("#id_video").set_input_files(video)
    page.locator("#id_captions_en").set_input_files(captions)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("row").filter(has_text="A door")).to_contain_text("1:32")


def write_article(page: Page, newsroom: Site) -> str:
    """With a number that is named, seen in the preview; a time is set. Returns where it is edited."""
    page.goto(f"{newsroom.address}/cms/")
    page.get_by_role("link", name="New: Article page").first.click()
    page.locator("#id_title").fill("Ten more homes")
    page.locator("#id_summary").fill("A short word on ten homes.")
    page.locator("#id_byline").fill("Nadia Newsroom")
    body = page.locator("#panel-child-content-body-section")
    body.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("Today [[children_sheltered]] children have a home.")
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile("children have a home"))
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(re.compile(r"/cms/pages/\d+/edit/"))
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    expect(page.get_by_text(re.compile("Times are read in America/New_York"))).to_be_visible()
    page.locator("#id_go_live_at").fill("2044-05-01 09:00")
    with page.expect_navigation():  # the picker of days lies over the button
        page.get_by_role("button", name="Save schedule").dispatch_event("click")
    edit = page.url
    page.get_by_role("button", name="Toggle preview").click()
    shown = page.frame_locator("iframe[title='Preview']").last
    expect(shown.get_by_text("1,184 of 1,214")).to_be_visible()
    return edit


def submit(page: Page) -> None:
    """To a second reader."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile("Submit to a second reader", re.I)).click()
    expect(page.get_by_text(re.compile("submitted for moderation"))).to_be_visible()


def approve(page: Page, newsroom: Site, title: str) -> None:
    """From the list of what waits for this reader."""
    page.goto(f"{newsroom.address}/cms/")
    row = page.get_by_role("row").filter(has_text=title).first
    row.get_by_role("button", name="Actions").click()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(
        page.get_by_role("row").filter(has_text=title).get_by_role("button", name="Approve")
    ).to_have_count(0)


def correct(page: Page, edit: str) -> None:
    """A correction stands below the story and is marked at its head."""
    page.goto(edit)
    section = page.locator("#panel-child-content-corrections-section")
    section.get_by_role("button", name="Insert a block").first.click()
    section.get_by_label("Corrected on").fill("2026-11-25")
    section.get_by_label("What was wrong").fill("It said eleven homes.")


def go_on_air(page: Page, newsroom: Site) -> None:
    """The event begins, a line is said, and both are seen at once without a second reader."""
    number = newsroom.run(
        "from posada.newsroom.models import LiveEventPage\n"
        "print(LiveEventPage.objects.get(locale__language_code='en').pk)"
    ).strip()
    page.goto(f"{newsroom.address}/cms/on-air/{number}/")
    page.get_by_role("button", name="It begins now").click()
    page.get_by_label("What is said").fill("Good evening: ten homes are ready.")
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_role("listitem").filter(has_text="ten homes are ready")).to_be_visible()
    public = newsroom.get("/newsroom/briefing-winter-arrivals/").text
    assert "It is live" in public and "ten homes are ready" in public
    assert "Live now" in newsroom.get("/").text


def withdraw(page: Page, newsroom: Site) -> None:
    """A story leaves the site in both languages, with the feeds."""
    number = newsroom.run(
        "from posada.newsroom.models import ArticlePage\nprint(ArticlePage.objects.get(slug='a-state-asked').pk)"
    ).strip()
    page.goto(f"{newsroom.address}/cms/withdraw/{number}/")
    assert newsroom.get("/newsroom/a-state-asked/").status == 200  # looking at it changes nothing
    page.get_by_role("button", name="Withdraw everywhere").click()
    expect(page.get_by_text("Withdrawn in every language.")).to_be_visible()
    assert newsroom.get("/newsroom/a-state-asked/").status == 404
    assert newsroom.get("/es/sala-de-prensa/un-estado-pidio-ayuda/").status == 404
    assert "A state asked" not in newsroom.get("/feeds/news.json").text
