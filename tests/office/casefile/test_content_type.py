"""A file is what its content says, whatever its name says."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.office.casefile.content_type import KINDS, FileNotTaken, kind_of
from tests.office.casefile.papers import HEIC, JPEG, PDF, PNG, TIFF

WHOLE = {"pdf": PDF, "jpg": JPEG, "png": PNG, "tif": TIFF, "heic": HEIC}


@pytest.mark.parametrize("ending", WHOLE)
def test_the_five_kinds_are_known(ending: str) -> None:
    assert kind_of(WHOLE[ending]).ending == ending


@pytest.mark.parametrize(
    "content",
    [
        *(
            b"<html><script>1</script>",
            b"MZ\x90\x00",
            b"PK\x03\x04",
            b"#!/bin/sh\n",
            b"<svg xmlns=''/>",
            b"GIF89a",
        ),
        *(b"\n%PDF-1.7 %%EOF", b"\x00" * 50, b"RIFF....WEBPVP8 ", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 30),
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(FileNotTaken, match="unknown_kind"):
        kind_of(content)


@pytest.mark.parametrize("content", [PDF[:-8], JPEG[:-2], PNG[:-12], TIFF[:8]])
def test_a_file_without_its_end_is_refused(content: bytes) -> None:
    with pytest.raises(FileNotTaken, match="cut_short"):
        kind_of(content)


def test_an_empty_and_a_too_large_file_are_refused() -> None:
    with pytest.raises(FileNotTaken, match="empty_file"):
        kind_of(b"")
    with pytest.raises(FileNotTaken, match="too_large"):
        kind_of(PDF, most_bytes=len(PDF) - 1)


@given(st.binary(max_size=200))
def test_no_content_breaks_the_look(content: bytes) -> None:
    with contextlib.suppress(FileNotTaken):
        assert kind_of(content) in KINDS.values()
