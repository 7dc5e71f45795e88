"""What stands inside a backup: entries with a name, each a run of blocks.

Comes in and goes out as a stream, so that a backup of any size takes the memory of one block.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_entries.py.
"""

from collections.abc import Callable, Iterable, Iterator

MOST_BLOCK = 1 << 24
"""Bytes of one block: more is refused, so that a damaged length takes no memory."""


class NotReadableEntry(Exception):
    """The stream does not hold entries."""


def write_entry(write: Callable[[bytes], None], name: str, blocks: Iterable[bytes]) -> None:
    """Write one entry. An empty block is left out."""
    _block(write, name.encode())
    for block in blocks:
        if block:
            _block(write, block)
    write(bytes(4))


def _block(write: Callable[[bytes], None], content: bytes) -> None:
    if len(content) > MOST_BLOCK:
        raise ValueError("a block is too long")
    write(len(content).to_bytes(4, "big"))
    write(content)


def read_entries(pieces: Iterable[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Names with their blocks, in order. Blocks of one entry are read to their end before the next is given."""
    stream = _Stream(pieces)
    while not stream.is_at_end():
        try:
            name = stream.block().decode()
        except UnicodeDecodeError:
            raise NotReadableEntry("a name is no text") from None
        blocks = iter(stream.block, b"")
        yield name, blocks
        for _ in blocks:
            pass


class _Stream:
    """Takes exact numbers of bytes out of pieces of any size."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = iter(pieces)
        self.waiting = bytearray()

    def block(self) -> bytes:
        size = int.from_bytes(self._take(4), "big")
        if size > MOST_BLOCK:
            raise NotReadableEntry("a block is too long")
        return self._take(size)

    def is_at_end(self) -> bool:
        return not self._has(1)

    def _has(self, size: int) -> bool:
        while len(self.waiting) < size:
            piece = next(self.pieces, None)
            if piece is None:
                return False
            self.waiting += piece
        return True

    def _take(self, size: int) -> bytes:
        if not self._has(size):
            raise NotReadableEntry("the stream ends too early")
        taken = bytes(self.waiting[:size])
        del self.waiting[:size]
        return taken
