"""The clip of the demonstration: drawn here, 01:32 to the second, with captions that fit."""

import io
import struct

import pytest
from PIL import Image

from posada.newsroom.captions import read_captions
from posada.newsroom.running_time import running_milliseconds, shown_time
from posada.newsroom.story_clip import CARDS, RUNS_MS, story_clip
from posada.newsroom.webm import vp8_of_webp
from tests.newsroom.newsroom_site import FONT


def test_the_storys_clip_runs_one_minute_thirty_two() -> None:
    made = story_clip(heading_font=FONT)
    assert shown_time(running_milliseconds(io.BytesIO(made.video))) == "1:32"
    assert len(made.video) < 2_000_000
    for language in ("en", "es"):
        cues = read_captions(made.captions[language])
        assert len(cues) == len(CARDS)
        assert cues[0].start == 0 and cues[-1].end <= RUNS_MS
        assert all(cue.words in made.transcript[language] for cue in cues)


def test_a_lossy_picture_gives_a_key_frame_and_any_other_file_none() -> None:
    written = io.BytesIO()
    Image.new("RGB", (64, 36), "teal").save(written, "WEBP", quality=50)
    frame = vp8_of_webp(written.getvalue())
    assert frame[0] & 1 == 0 and frame[3:6] == b"\x9d\x01\x2a"
    assert struct.unpack("<HH", frame[6:10]) == (64, 36)
    with pytest.raises(ValueError, match="lossy"):
        vp8_of_webp(b"RIFF....WEBPVP8L....")
