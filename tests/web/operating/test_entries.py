"""Entries within a backup: any blocks, in any pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.web.operating.entries import MOST_BLOCK, NotReadableEntry, read_entries, write_entry

NAMED = st.lists(
    st.tuples(st.text(min_size=1, max_size=20), st.lists(st.binary(min_size=1, max_size=200), max_size=5))
)


def written(entries: list[tuple[str, list[bytes]]]) -> bytes:
    out = bytearray()
    for name, blocks in entries:
        write_entry(out.extend, name, blocks)
    return bytes(out)


@given(entries=NAMED, step=st.integers(1, 97))
def test_what_is_written_is_read_whatever_the_pieces(
    entries: list[tuple[str, list[bytes]]], step: int
) -> None:
    stream = written(entries)
    pieces = [stream[start : start + step] for start in range(0, len(stream), step)]
    assert [(name, list(blocks)) for name, blocks in read_entries(pieces)] == entries


def test_blocks_that_nobody_read_are_passed_over() -> None:
    stream = written([("one", [b"1", b"2"]), ("two", [b"3"])])
    assert [name for name, _ in read_entries([stream])] == ["one", "two"]


def test_a_stream_that_ends_too_early_or_names_a_huge_block_is_refused() -> None:
    stream = written([("one", [b"12345"])])
    with pytest.raises(NotReadableEntry, match="too early"):
        list(read_entries([stream[:-6]]))
    with pytest.raises(NotReadableEntry, match="too long"):
        list(read_entries([(MOST_BLOCK + 1).to_bytes(4, "big")]))


def test_a_block_that_is_too_long_is_not_written() -> None:
    with pytest.raises(ValueError, match="too long"):
        write_entry(lambda _: None, "one", [bytes(MOST_BLOCK + 1)])


def test_a_name_that_is_no_text_is_refused() -> None:
    with pytest.raises(NotReadableEntry, match="no text"):
        list(read_entries([(2).to_bytes(4, "big") + b"\xff\xfe" + bytes(4)]))
