"""The tags that every template may use."""

from datetime import UTC, date, datetime

from posada.web.templatetags.shown import badge, day, icon, moment


def test_a_day_can_be_read_by_people_and_programs() -> None:
    assert day(date(2026, 11, 24)) == '<time datetime="2026-11-24">Tue 24 Nov 2026</time>'
    assert day(None) == "not known"


def test_an_instant_is_told_in_the_office_zone() -> None:
    assert "12:30" in str(moment(datetime(2026, 11, 24, 17, 30, tzinfo=UTC)))


def test_a_badge_says_by_word_what_its_color_says() -> None:
    assert "Overdue" in badge("stop", "Overdue")
    assert 'aria-hidden="true"' in icon("ok")


def test_a_badge_escapes_its_word() -> None:
    assert "<script>" not in badge("ok", "<script>")
