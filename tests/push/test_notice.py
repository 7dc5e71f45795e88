"""What is sent to other people's servers: four fields, each too narrow to carry more."""

import json

import pytest

from posada.push.notice import NotANotice, Notice

TOPICS = ("breaking", "live", "exclusive")


def test_a_notice_is_these_four_fields_and_nothing_else() -> None:
    packed = Notice("live", "Sesión en línea", "/es/sala-de-prensa/x/", "live-7").packed(topics=TOPICS)
    assert json.loads(packed) == {
        "topic": "live",
        "title": "Sesión en línea",
        "link": "/es/sala-de-prensa/x/",
        "tag": "live-7",
    }


@pytest.mark.parametrize(
    "notice",
    [
        Notice("offer", "t", "/x/", "a"),
        Notice("live", "", "/x/", "a"),
        Notice("live", "two\nlines", "/x/", "a"),
        Notice("live", "t" * 201, "/x/", "a"),
        Notice("live", "t", "https://elsewhere.example/", "a"),
        Notice("live", "t", "//elsewhere.example/", "a"),
        Notice("live", "t", "/x/?child=7", "a"),
        Notice("live", "t", "/x/#a", "a"),
        Notice("live", "t", "javascript:x", "a"),
        Notice("live", "t", "/x/", "Ana María"),
    ],
    ids=lambda each: str(each)[:60],
)
def test_whatever_could_carry_more_is_refused(notice: Notice) -> None:
    with pytest.raises(NotANotice):
        notice.packed(topics=TOPICS)
