"""The clip in a real browser: it plays when asked, and not before."""

import pytest

from tests.chromium import chromium
from tests.newsroom.newsroom_site import Site

PLAYS = """async () => {
  const video = document.querySelector('video');
  video.muted = true;
  await video.play();
  const told = [Math.round(video.duration), video.videoWidth, video.textTracks.length];
  await new Promise(done => { video.onseeked = done; video.currentTime = 61; });
  return [...told, Math.floor(video.currentTime)];
}"""


@pytest.mark.browser
def test_the_clip_plays_when_asked_and_asks_nobody_else(site: Site) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site.address + "/newsroom/who-opened-the-door/")
        assert page.evaluate("document.querySelector('video').paused")
        assert page.evaluate(PLAYS) == [92, 640, 2, 61]
        assert [each for each in asked if not each.startswith(site.address)] == []
