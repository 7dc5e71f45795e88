"""The encrypted file: what goes in comes out, and anything else is refused."""

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.web.operating import sealed_file
from posada.web.operating.backup_keys import WrongKeys, draw_keys
from posada.web.operating.sealed_file import CHUNK, TAG, NotWhole, SealedWriter, read_header, read_sealed

KEYS = draw_keys()


def sealed(content: bytes, **header: object) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, header=dict(header), public=KEYS.public)
    for start in range(0, len(content), 70_000):
        writer.write(content[start : start + 70_000])
    writer.close()
    return file.getvalue()


def opened(written: bytes) -> bytes:
    return b"".join(read_sealed(io.BytesIO(written), halves=KEYS.halves))


LARGE = random.Random(1).randbytes(2 * CHUNK + 12_345)
WRITTEN = sealed(LARGE)
SMALL = sealed(b"a few words")


@pytest.mark.parametrize("content", [b"", b"a few words", LARGE], ids=["empty", "small", "large"])
def test_what_goes_in_comes_out(content: bytes) -> None:
    assert opened(sealed(content)) == content


@given(place=st.integers(0, len(SMALL) - 1), bit=st.integers(0, 7))
@settings(max_examples=150, deadline=None)
def test_one_flipped_bit_is_refused(place: int, bit: int) -> None:
    changed = bytearray(SMALL)
    changed[place] ^= 1 << bit
    with pytest.raises((NotWhole, WrongKeys)):
        opened(bytes(changed))


@pytest.mark.parametrize("place", [len(WRITTEN) - 1, len(WRITTEN) - CHUNK - 5, len(WRITTEN) // 3])
def test_one_flipped_byte_of_a_large_file_is_refused(place: int) -> None:
    changed = bytearray(WRITTEN)
    changed[place] ^= 0xFF
    with pytest.raises(NotWhole):
        opened(bytes(changed))


def test_chunks_that_are_cut_off_moved_or_repeated_are_refused() -> None:
    head = WRITTEN.index(b"\n") + 1
    whole = CHUNK + TAG
    one, two, rest = (
        WRITTEN[head : head + whole],
        WRITTEN[head + whole : head + 2 * whole],
        WRITTEN[head + 2 * whole :],
    )
    for other in (one, one + two, two + one + rest, one + one + two + rest, one + rest, b""):
        with pytest.raises(NotWhole):
            opened(WRITTEN[:head] + other)


def test_what_was_added_behind_the_end_is_refused() -> None:
    with pytest.raises(NotWhole):
        opened(SMALL + b"more")


def test_another_file_is_said_to_be_no_backup() -> None:
    for other in (b"", b"{}\n", b"PK\x03\x04", b'{"format": "other"}\n'):
        with pytest.raises(NotWhole, match="not a backup"):
            read_header(io.BytesIO(other))


def test_the_header_tells_and_nothing_of_the_content_stands_in_clear() -> None:
    written = sealed(b"Brisa Lucero Ejemplo " * 100, version="1")
    header, _ = read_header(io.BytesIO(written))
    assert header["version"] == "1"
    assert header["format"] == sealed_file.FORMAT
    assert b"Brisa" not in written


def test_a_file_that_unpacks_to_a_great_deal_is_read_piece_by_piece() -> None:
    pieces = list(read_sealed(io.BytesIO(sealed(bytes(20 * CHUNK))), halves=KEYS.halves))
    assert sum(map(len, pieces)) == 20 * CHUNK
    assert max(map(len, pieces)) <= CHUNK
