"""What a browser can say, and what is kept of it: no person."""

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.newsroom.newsroom_site import Answer, Site
from tests.newsroom.notifications.conftest import Newsroom

FIELDS = {
    *("id", "lookup", "endpoint", "p256dh", "auth", "breaking", "live", "exclusive", "language", "zone"),
    *("quiet_from", "quiet_until", "breaking_always", "made_at", "renewed_at", "sentitem"),
}


@pytest.fixture
def told(newsroom: Newsroom, told_site: Site) -> Iterator[Any]:
    def say(path: str, **words: Any) -> Answer:
        body = json.dumps(words).encode()
        return told_site._answer(urllib.request.Request(told_site.address + path, data=body))

    say.site = told_site  # type: ignore[attr-defined]
    return say


def browser(newsroom: Newsroom, path: str = "/ok/1") -> dict[str, Any]:
    keys = {"p256dh": newsroom.browser.p256dh, "auth": newsroom.browser.auth}
    return {"endpoint": newsroom.service.address + path, "keys": keys}


def test_a_choice_is_kept_without_a_person_and_without_an_address_of_a_machine(
    newsroom: Newsroom, told: Any
) -> None:
    answer = told(
        "/told/",
        **browser(newsroom),
        topics=["live", "child"],
        language="es",
        zone="America/Chicago",
        quiet_from="22:00",
        quiet_until="06:30",
        name="Ana",
    )
    kept = json.loads(answer.text)
    assert answer.status == 200 and answer.headers["cache-control"] == "no-store"
    assert (
        kept["topics"] == ["live"] and kept["quiet_until"] == "06:30" and "set-cookie" not in answer.headers
    )
    standing = newsroom.acts.standing()
    assert set(standing["columns"]) == FIELDS
    assert "Ana" not in str(standing["row"]) and "127.0.0.1" not in str(
        {name: value for name, value in standing["row"].items() if name != "endpoint"}
    )
    assert standing["row"]["zone"] == "America/Chicago" and standing["row"]["quiet_from"] == "1320"


def test_asking_again_changes_the_choice_and_no_topic_ends_it(newsroom: Newsroom, told: Any) -> None:
    told("/told/", **browser(newsroom), topics=["live"])
    again = json.loads(told("/told/", **browser(newsroom), topics=["breaking"]).text)
    assert again["topics"] == ["breaking"]
    assert json.loads(told("/told/standing/", **browser(newsroom)).text)["topics"] == ["breaking"]
    assert told("/told/", **browser(newsroom), topics=[]).status == 200
    assert told("/told/standing/", **browser(newsroom)).status == 404
    assert newsroom.acts.standing()["subscriptions"] == []


def test_a_link_ends_it_without_a_sign_in_and_only_when_it_is_pressed(newsroom: Newsroom, told: Any) -> None:
    link = json.loads(told("/told/", **browser(newsroom), topics=["live"]).text)["stop"]
    path = re.sub(r"^https?://[^/]+", "", link)
    page = told.site.get(path)
    assert page.status == 200 and page.headers["cache-control"] == "no-store"
    assert len(newsroom.acts.standing()["subscriptions"]) == 1
    known = told.site._answer(urllib.request.Request(told.site.address + path, data=b""))
    made_up = told.site._answer(urllib.request.Request(told.site.address + "/be-told/stop/abc/", data=b""))
    assert newsroom.acts.standing()["subscriptions"] == []
    assert known.status == made_up.status == 200 and known.body == made_up.body


def test_one_topic_is_ended_from_its_notification_and_the_last_one_ends_all(
    newsroom: Newsroom, told: Any
) -> None:
    told("/told/", **browser(newsroom), topics=["live", "breaking"])
    endpoint = browser(newsroom)["endpoint"]
    told("/told/stop/", endpoint=endpoint, topic="live")
    assert json.loads(told("/told/standing/", endpoint=endpoint).text)["topics"] == ["breaking"]
    known, unknown = (
        told("/told/stop/", endpoint=each, topic="breaking") for each in (endpoint, "https://nobody.example/")
    )
    assert known.status == unknown.status == 200 and known.body == unknown.body
    assert newsroom.acts.standing()["subscriptions"] == []


def test_a_renewed_endpoint_takes_the_choice_with_it(newsroom: Newsroom, told: Any) -> None:
    told("/told/", **browser(newsroom, "/ok/old"), topics=["exclusive"])
    old = browser(newsroom, "/ok/old")["endpoint"]
    renewed = told("/told/renew/", **browser(newsroom, "/ok/new"), old=old)
    assert json.loads(renewed.text)["topics"] == ["exclusive"]
    assert newsroom.acts.standing()["subscriptions"] == [newsroom.service.address + "/ok/new"]
    assert told("/told/renew/", **browser(newsroom, "/ok/x"), old="unknown").status == 404


def test_a_link_that_was_kept_ends_it_after_the_browser_has_another_endpoint(
    newsroom: Newsroom, told: Any
) -> None:
    first = json.loads(told("/told/", **browser(newsroom, "/ok/old"), topics=["live"]).text)["stop"]
    old = browser(newsroom, "/ok/old")["endpoint"]
    renewed = told("/told/renew/", **browser(newsroom, "/ok/new"), old=old)
    assert json.loads(renewed.text)["stop"] == first
    path = re.sub(r"^https?://[^/]+", "", first)
    told.site._answer(urllib.request.Request(told.site.address + path, data=b""))
    assert newsroom.acts.standing()["subscriptions"] == []


@pytest.mark.parametrize(
    "changed",
    [
        {"endpoint": "http://127.0.0.1:22/"},
        {"endpoint": "https://169.254.169.254/latest/"},
        {"endpoint": ""},
        {"keys": {}},
        {"keys": None},
        {"quiet_from": "25:00"},
        {"endpoint": ["https://fcm.googleapis.com/a"]},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_and_nothing_kept(
    newsroom: Newsroom, told: Any, changed: dict[str, Any]
) -> None:
    assert told("/told/", **{**browser(newsroom), "topics": ["live"], **changed}).status == 400
    assert newsroom.acts.standing()["subscriptions"] == []


def test_another_site_cannot_subscribe_a_browser_and_no_get_changes_anything(
    newsroom: Newsroom, told: Any
) -> None:
    body = json.dumps({**browser(newsroom), "topics": ["live"]}).encode()
    foreign = urllib.request.Request(
        told.site.address + "/told/", data=body, headers={"Origin": "https://elsewhere.example"}
    )
    assert told.site._answer(foreign).status == 403
    assert told.site.get("/told/").status == 405
    assert told("/told/", **browser(newsroom), topics=["live"], more="x" * 9000).status == 400
    assert newsroom.acts.standing()["subscriptions"] == []
