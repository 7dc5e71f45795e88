"""Everybody who asked is told once, awake, in their language; whoever is gone is forgotten and holds nobody up."""

from pathlib import Path

from tests.newsroom.notifications.conftest import Newsroom


def test_each_topic_reaches_those_who_asked_for_it_in_their_language(newsroom: Newsroom) -> None:
    newsroom.subscribe("/ok/breaking", "breaking")
    newsroom.subscribe("/ok/live", "live", language="es")
    newsroom.subscribe("/ok/exclusive", "exclusive")
    newsroom.subscribe("/ok/all", "breaking", "live", "exclusive", language="es")
    newsroom.acts.publish(name="storm", breaking=True)
    newsroom.acts.publish(name="letters", exclusive=True)
    newsroom.acts.go_live(name="briefing")
    assert newsroom.acts.deliver() == {"sent": 6}
    assert newsroom.service.refused == []
    (storm,), (briefing,) = newsroom.told("/ok/breaking"), newsroom.told("/ok/live")
    assert storm["title"] == "storm en" and storm["link"] == "/newsroom/told-storm-en/"
    assert storm["topic"] == "breaking" and set(storm) == {"topic", "title", "link", "tag"}
    assert briefing["title"] == "briefing es" and briefing["link"].startswith("/es/sala-de-prensa/")
    assert {each["title"] for each in newsroom.told("/ok/all")} == {"storm es", "letters es", "briefing es"}
    assert newsroom.service.headers["/ok/breaking"]["Urgency"] == "high"
    assert newsroom.service.headers["/ok/exclusive"]["Urgency"] == "normal"


def test_nobody_is_told_the_same_twice(newsroom: Newsroom) -> None:
    newsroom.subscribe("/ok/both", "breaking", "exclusive")
    newsroom.subscribe("/ok/breaking", "breaking")
    newsroom.acts.publish(name="big", exclusive=True)
    newsroom.acts.deliver(times=3)
    newsroom.acts.publish(name="big", exclusive=True, breaking=True)
    newsroom.acts.deliver(times=2)
    newsroom.acts.deliver(in_hours=2)
    assert len(newsroom.told("/ok/both")) == 1
    assert [each["topic"] for each in newsroom.told("/ok/breaking")] == ["breaking"]
    assert newsroom.acts.standing()["open"] == 0


def test_a_worker_that_was_killed_tells_nothing_rather_than_twice(newsroom: Newsroom) -> None:
    newsroom.subscribe("/ok/1", "breaking")
    newsroom.acts.publish(name="big", breaking=True)
    newsroom.acts.claim_and_die()
    assert newsroom.acts.deliver(times=2) == {}
    assert newsroom.told("/ok/1") == []


def test_a_worker_that_is_told_to_stop_gives_back_what_it_has_not_begun(newsroom: Newsroom) -> None:
    paths = [f"/ok/{at}" for at in range(10)]
    for path in paths:
        newsroom.subscribe(path, "breaking")
    newsroom.acts.publish(name="big", breaking=True)
    assert newsroom.acts.deliver_in_batches(at_once=4, then="stop") == {"sent": 4, "later": 4}
    kept = newsroom.acts.standing()
    assert kept["open"] == 1 and kept["outcomes"] == ["later"] * 4 + ["sent"] * 4
    assert newsroom.acts.deliver() == {"sent": 6}
    assert all(len(newsroom.told(path)) == 1 for path in paths)


def test_what_goes_wrong_costs_one_batch_and_the_rest_are_told_later(newsroom: Newsroom) -> None:
    for at in range(10):
        newsroom.subscribe(f"/ok/{at}", "breaking")
    newsroom.acts.publish(name="big", breaking=True)
    newsroom.acts.deliver_in_batches(at_once=4, then="fails")
    kept = newsroom.acts.standing()
    assert kept["open"] == 1 and kept["outcomes"] == ["claimed"] * 4 + ["sent"] * 4
    assert newsroom.acts.deliver() == {}, "not at once: batch after batch would be lost"
    assert newsroom.acts.deliver(in_hours=0.5) == {"sent": 2}


def test_a_title_that_may_not_be_sent_claims_nobody_and_holds_up_no_other_story(newsroom: Newsroom) -> None:
    newsroom.subscribe("/ok/1", "breaking")
    newsroom.acts.publish(name="nameless", breaking=True)
    newsroom.acts.retitle(name="nameless", title="\u200b")
    newsroom.acts.publish(name="big", breaking=True)
    assert newsroom.acts.deliver() == {"sent": 1}
    newsroom.acts.retitle(name="nameless", title="named")
    assert newsroom.acts.deliver(in_hours=0.5) == {"sent": 1}


def test_a_push_service_keeps_a_message_not_into_quiet_hours(newsroom: Newsroom) -> None:
    for path, always in (("/ok/soon", False), ("/ok/always", True)):
        endpoint = newsroom.subscribe(path, "breaking", breaking_always=always)
        newsroom.acts.quiet(endpoint=endpoint, begins_in=2, ends_in=9)
    newsroom.acts.publish(name="big", breaking=True)
    newsroom.acts.deliver()
    kept = {path: int(told["TTL"]) for path, told in newsroom.service.headers.items()}
    assert 3600 < kept["/ok/soon"] <= 2 * 3600 and kept["/ok/always"] == 6 * 3600


def test_whoever_stopped_while_a_service_was_busy_is_not_told(newsroom: Newsroom) -> None:
    newsroom.subscribe("/busy/2/1", "breaking", "exclusive")
    newsroom.acts.publish(name="big", exclusive=True)
    assert newsroom.acts.deliver() == {"later": 1}
    newsroom.acts.drop(topic="exclusive")
    assert newsroom.acts.deliver(in_hours=0.5) == {}


def test_gone_ones_are_deleted_busy_ones_told_later_and_hanging_ones_not_again(newsroom: Newsroom) -> None:
    live = [f"/ok/{at}" for at in range(20)]
    for path in ("/hang/1", "/gone/1", "/missing/1", "/full/1", "/broken/1", *live):
        newsroom.subscribe(path, "breaking")
    newsroom.acts.publish(name="big", breaking=True)
    assert newsroom.acts.deliver(answer_seconds=3.0) == {"sent": 20, "gone": 2, "later": 2, "unsure": 1}
    kept = newsroom.acts.standing()
    assert len(kept["subscriptions"]) == 23 and kept["gone"] == 2 and kept["open"] == 1
    assert all(len(newsroom.told(path)) == 1 for path in live)
    newsroom.acts.deliver(in_hours=0.5)
    assert all(len(newsroom.told(path)) == 1 for path in live)
    assert newsroom.service.asked["/hang/1"] == 1
    assert newsroom.service.asked["/full/1"] == 1, "it asked for half a day"
    assert newsroom.service.asked["/broken/1"] == 4


def test_a_browser_that_renews_while_it_is_found_gone_is_kept(newsroom: Newsroom) -> None:
    endpoint = newsroom.subscribe("/gone/1", "breaking")
    newsroom.acts.publish(name="big", breaking=True)
    assert newsroom.acts.renew_while_sending(endpoint=endpoint) == 1


def test_quiet_hours_hold_a_message_until_they_end_breaking_too_unless_the_person_chose(
    newsroom: Newsroom,
) -> None:
    for path, always in (("/ok/asleep", False), ("/ok/always", True)):
        newsroom.acts.quiet(
            endpoint=newsroom.subscribe(path, "breaking", "exclusive", breaking_always=always)
        )
    newsroom.acts.publish(name="big", breaking=True)
    newsroom.acts.publish(name="small", exclusive=True)
    assert newsroom.acts.deliver(times=2) == {"sent": 1}
    assert [each["title"] for each in newsroom.told("/ok/always")] == ["big en"]
    assert newsroom.acts.deliver(in_hours=1.1) == {"sent": 3}
    assert len(newsroom.told("/ok/asleep")) == 2 and len(newsroom.told("/ok/always")) == 2


def test_what_was_withdrawn_meanwhile_and_an_event_that_has_ended_are_not_told(newsroom: Newsroom) -> None:
    newsroom.subscribe("/ok/1", "breaking", "live")
    newsroom.acts.publish(name="wrong", breaking=True)
    newsroom.acts.withdraw(name="wrong")
    newsroom.acts.go_live(name="briefing")
    newsroom.acts.go_live(name="briefing", state="ended")
    assert newsroom.acts.deliver() == {}


def test_news_of_yesterday_is_told_to_nobody(newsroom: Newsroom) -> None:
    newsroom.subscribe("/ok/1", "exclusive")
    newsroom.acts.publish(name="big", exclusive=True)
    assert newsroom.acts.deliver(in_hours=25) == {}
    assert newsroom.acts.standing()["open"] == 0


def test_a_draft_in_one_language_is_told_in_the_other(newsroom: Newsroom) -> None:
    newsroom.subscribe("/ok/1", "exclusive", language="es")
    newsroom.acts.publish(name="big", exclusive=True, languages=["en"])
    newsroom.acts.deliver()
    assert [each["title"] for each in newsroom.told("/ok/1")] == ["big en"]


def test_a_muted_copy_sends_nothing_at_all(newsroom: Newsroom) -> None:
    newsroom.subscribe("/ok/1", "exclusive")
    newsroom.acts.publish(name="big", exclusive=True)
    muted = Path(newsroom.folder) / "muted"
    muted.touch()
    try:
        assert newsroom.acts.deliver() == {} and not newsroom.service.asked
    finally:
        muted.unlink()
    assert newsroom.acts.deliver() == {"sent": 1}


def test_an_endpoint_that_is_no_longer_allowed_is_not_called(newsroom: Newsroom) -> None:
    words = {"p256dh": newsroom.browser.p256dh, "auth": newsroom.browser.auth, "topics": ["exclusive"]}
    newsroom.acts.subscribe(endpoint="http://127.0.0.1:1/inward", **words)
    newsroom.acts.publish(name="big", exclusive=True)
    assert newsroom.acts.deliver() == {"not_allowed": 1}
