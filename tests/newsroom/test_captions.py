"""Captions are WebVTT whose times go forward; what is wrong is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.newsroom.captions import NotCaptions, read_captions

GOOD = (
    b"WEBVTT\n\nNOTE a note\n\n1\n00:00.000 --> 00:02.000 align:start\n<v Ana>Hello\n\n"
    b"00:02.500 --> 01:00:00.000\nA\nB\n"
)


def test_cues_are_read_with_their_times() -> None:
    first, second = read_captions(GOOD)
    assert (first.start, first.end, first.words) == (0, 2000, "Hello")
    assert (second.end, second.words) == (3_600_000, "A B")
    assert read_captions(b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\r\n")) == (first, second)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "first line"),
        (b"WEBVTTX\n\n", "first line"),
        (b"WEBVTT\n", "no words"),
        (b"WEBVTT\n\n00:02.000 --> 00:01.000\nx", "go forward"),
        (b"WEBVTT\n\nname\nwords", "Not a time"),
        (b"WEBVTT\n\n\xff", "UTF-8"),
        (b"WEBVTT" + bytes(600_000), "larger"),
    ],
)
def test_what_is_wrong_is_named(raw: bytes, words: str) -> None:
    with pytest.raises(NotCaptions, match=words):
        read_captions(raw)


@given(st.binary(max_size=300))
def test_no_file_breaks_it(rubbish: bytes) -> None:
    try:
        read_captions(b"WEBVTT\n\n" + rubbish)
    except NotCaptions as error:
        assert str(error)
