"""Clips are served in ranges, to anybody, once a published page shows them."""

import re

from tests.newsroom.newsroom_site import Site


def video_of(site: Site) -> str:
    found = re.search(r'/clips/[^"]+/video', site.get("/newsroom/who-opened-the-door/").text)
    assert found
    return found[0]


def test_a_range_is_answered_with_exactly_its_bytes(site: Site) -> None:
    path = video_of(site)
    whole = site.get(path)
    size = len(whole.body)
    assert whole.headers["content-type"] == "video/webm" and whole.headers["accept-ranges"] == "bytes"
    for asked, first, last in (("0-99", 0, 99), ("100-", 100, size - 1), ("-50", size - 50, size - 1)):
        part = site.get(path, Range=f"bytes={asked}")
        assert part.status == 206
        assert part.body == whole.body[first : last + 1]
        assert part.headers["content-range"] == f"bytes {first}-{last}/{size}"


def test_a_range_beyond_the_end_is_refused_and_nonsense_is_the_whole(site: Site) -> None:
    path = video_of(site)
    assert site.get(path, Range="bytes=99999999-").status == 416
    assert site.get(path, Range="bytes=-0").status == 416
    assert site.get(path, Range="bytes=9-1").status == 200
    assert site.get(path, Range="pages=1-2").status == 200


def test_captions_and_poster_are_served_and_nothing_else_is(site: Site) -> None:
    folder = video_of(site).rpartition("/")[0]
    assert site.get(f"{folder}/captions.es.vtt").body.startswith(b"WEBVTT")
    assert site.get(f"{folder}/poster").headers["content-type"] == "image/webp"
    assert site.get(f"{folder}/transcript_en").status == 404


def test_a_clip_that_no_published_page_shows_is_not_there(site: Site) -> None:
    made = site.run(
        "from posada.newsroom.models import Clip\n"
        "one = Clip.objects.first(); one.pk = __import__('uuid').uuid4(); one._state.adding = True; one.save()\n"
        "print(one.pk)"
    )
    assert site.get(f"/clips/{made.strip()}/video").status == 404
