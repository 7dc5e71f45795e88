"""While an event runs, a line goes out at once; no version that is published later takes a line or the state away."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.chromium import chromium
from tests.newsroom.desk_visitor import signed_in
from tests.newsroom.newsroom_site import Site

EVENT = (
    "from posada.newsroom.models import *\nevents = LiveEventPage.objects.filter(slug__contains='briefing')\n"
)
PLAYS = "() => document.querySelector('video').play().then(() => 'plays', error => error.name)"


@pytest.fixture
def number(site: Site) -> Iterator[str]:
    """The demonstration's event; put back as it was."""
    yield site.run(EVENT + "print(events.get().pk)").strip()
    site.run(
        EVENT
        + "LiveUpdate.objects.all().delete()\nLiveEventPage.objects.update(state='scheduled', source='')"
    )


def test_it_begins_in_every_language_and_a_line_is_said_once(site: Site, number: str) -> None:
    writer, path = signed_in(site, "writer"), f"/cms/on-air/{number}/"
    writer.post(path, state="live")
    assert "It is live" in site.get("/newsroom/briefing-winter-arrivals/").text
    assert "En vivo" in site.get("/es/").text
    for _ in range(2):  # the second press of the button is no second line
        writer.post(path, words="Beds are ready.")
    assert site.get("/newsroom/briefing-winter-arrivals/").text.count("Beds are ready.") == 1
    assert "writer" not in site.get("/newsroom/briefing-winter-arrivals/").text
    writer.post(path, state="ended")
    assert "It has ended" in site.get("/newsroom/briefing-winter-arrivals/").text


def test_a_version_that_is_published_later_changes_neither_lines_nor_state(site: Site, number: str) -> None:
    writer = signed_in(site, "writer")
    site.run(EVENT + "events.get().save_revision()")
    writer.post(f"/cms/on-air/{number}/", state="live")
    writer.post(f"/cms/on-air/{number}/", words="Said meanwhile.")
    site.run(EVENT + "events.get().get_latest_revision().publish()")
    text = site.get("/newsroom/briefing-winter-arrivals/").text
    assert "Said meanwhile." in text and "It is live" in text


def test_a_line_too_long_is_given_back_and_nothing_else_is_a_state(site: Site, number: str) -> None:
    writer, path = signed_in(site, "writer"), f"/cms/on-air/{number}/"
    answer = writer.post(path, words="x" * 1001)
    assert answer.status == 422 and "x" * 1001 in answer.text
    writer.post(path, state="scheduled<b>")
    assert "It has not begun" in site.get("/newsroom/briefing-winter-arrivals/").text


@pytest.mark.browser
def test_where_the_video_does_not_play_the_page_says_that_the_text_is_the_same_event(
    site: Site, number: str
) -> None:
    writer = signed_in(site, "writer")
    writer.post(f"/cms/on-air/{number}/", state="live")
    writer.post(f"/cms/on-air/{number}/", words="Beds are ready.")
    site.run(EVENT + "events.update(source='/robots.txt#live.m3u8')")  # comes, and is no video
    with chromium() as browser:
        for has_script in (True, False):
            page = browser.new_context(java_script_enabled=has_script).new_page()
            page.goto(site.address + "/newsroom/briefing-winter-arrivals/")
            if has_script:
                assert page.evaluate(PLAYS) == "NotSupportedError"
            expect(page.locator("video + #no-video")).to_be_visible()
            expect(page.locator("#no-video")).to_contain_text(
                "the updates below, as text, are the same event"
            )
            expect(page.get_by_text("Beds are ready.")).to_be_visible()
            assert "The video does not play here." in (page.locator("video").text_content() or "")
