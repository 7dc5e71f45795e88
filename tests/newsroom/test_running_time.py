"""The running time is the file's, to the millisecond, and damaged files are refused in words."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.newsroom.running_time import NotAClip, iso_time, kind_of, running_milliseconds, shown_time
from posada.newsroom.webm import Frame, webm


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, name) + content


def mp4(duration: int, scale: int, *, version: int = 0) -> bytes:
    times = (
        struct.pack(">QQIQ", 0, 0, scale, duration)
        if version
        else struct.pack(">IIII", 0, 0, scale, duration)
    )
    header = box(b"mvhd", bytes([version, 0, 0, 0]) + times + bytes(80))
    return box(b"ftyp", b"isom") + box(b"mdat", bytes(99)) + box(b"moov", box(b"udta", b"x") + header)


@given(st.integers(1, 3_600_000), st.sampled_from([0, 1]))
def test_an_mp4_runs_as_long_as_its_header_says(milliseconds: int, version: int) -> None:
    assert running_milliseconds(io.BytesIO(mp4(milliseconds, 1000, version=version))) == milliseconds


@given(st.integers(1, 3_600_000))
def test_a_webm_runs_as_long_as_its_header_says(milliseconds: int) -> None:
    made = webm([Frame(0, b"frame")], size=(64, 36), runs_ms=milliseconds)
    assert running_milliseconds(io.BytesIO(made)) == milliseconds
    assert kind_of(io.BytesIO(made)) == "video/webm"


def test_the_running_time_is_written_as_minutes_and_seconds() -> None:
    assert [shown_time(each) for each in (92_000, 92_999, 5_000, 3_661_000)] == [
        "1:32",
        "1:32",
        "0:05",
        "1:01:01",
    ]
    assert iso_time(92_000) == "PT1M32S"


@given(st.binary(max_size=200))
def test_no_file_breaks_it(rubbish: bytes) -> None:
    for start in (b"", b"\x1a\x45\xdf\xa3", b"\x00\x00\x00\x0cftypisom"):
        with pytest.raises(NotAClip):
            running_milliseconds(io.BytesIO(start + rubbish[:150]))


@given(st.integers(0, 200))
def test_a_file_that_was_cut_off_is_refused(length: int) -> None:
    whole = mp4(92_000, 1000)
    with pytest.raises(NotAClip):
        running_milliseconds(io.BytesIO(whole[: min(length, len(whole) - 90)]))
