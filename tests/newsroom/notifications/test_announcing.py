"""What is announced: marks that somebody can have asked for, once."""

from tests.newsroom.notifications.conftest import Newsroom


def test_a_story_without_a_mark_is_announced_to_nobody(newsroom: Newsroom) -> None:
    newsroom.acts.publish(name="plain")
    assert newsroom.acts.standing()["announced"] == []


def test_a_story_is_announced_once_in_both_languages_and_however_often_it_is_published(
    newsroom: Newsroom,
) -> None:
    newsroom.acts.publish(name="big", breaking=True)
    newsroom.acts.publish(name="big", breaking=True)
    assert newsroom.acts.standing()["announced"] == [["story", "breaking"]]


def test_another_mark_widens_the_same_announcement(newsroom: Newsroom) -> None:
    newsroom.acts.publish(name="big", exclusive=True)
    newsroom.acts.publish(name="big", exclusive=True, breaking=True)
    assert newsroom.acts.standing()["announced"] == [["story", "breaking exclusive"]]


def test_a_translation_or_an_exclusive_mark_that_comes_days_later_is_no_news_but_breaking_is(
    newsroom: Newsroom,
) -> None:
    newsroom.acts.publish(name="old", languages=["en"])
    newsroom.acts.age_story(name="old")
    newsroom.acts.publish(name="old", languages=["es"], exclusive=True)
    newsroom.acts.publish(name="old", exclusive=True)
    assert newsroom.acts.standing()["announced"] == []
    newsroom.acts.publish(name="old", exclusive=True, breaking=True)
    assert newsroom.acts.standing()["announced"] == [["story", "breaking"]]


def test_an_event_is_announced_when_it_goes_live_and_not_before_or_after(newsroom: Newsroom) -> None:
    newsroom.acts.go_live(name="briefing", state="scheduled")
    assert newsroom.acts.standing()["announced"] == []
    newsroom.acts.go_live(name="briefing")
    newsroom.acts.go_live(name="briefing", state="ended")
    newsroom.acts.go_live(name="briefing")
    assert newsroom.acts.standing()["announced"] == [["live", "live"]]
