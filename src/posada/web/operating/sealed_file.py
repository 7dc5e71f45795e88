"""One encrypted file that is written and read as a stream: whole, in order, or refused.

A line of JSON, then chunks of 1 MiB, each sealed with AES-256-GCM under a fresh data key. The nonce of a chunk counts
it and says whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), and the
first line is authenticated with every chunk: a byte that was flipped, a chunk that was moved, repeated or left out,
and a file that was cut short are all refused. What is inside is compressed.
Docs: docs/how-to/back-up-and-restore.md. Tests: tests/web/operating/test_sealed_file.py.
"""

import json
import secrets
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from posada.web.operating.backup_keys import KEY_BYTES, is_wrapped, unwrap, wrap

FORMAT = "posada-backup 2"
CHUNK, TAG = 1 << 20, 16
LONGEST_HEADER = 65_536


class NotWhole(Exception):
    """The file is no backup, or is not as it was written."""


class SealedWriter:
    """Takes bytes and writes the sealed file. Close it: only then is it whole."""

    def __init__(self, file: BinaryIO, *, header: dict[str, Any], public: str) -> None:
        data_key = secrets.token_bytes(KEY_BYTES)
        told = {"format": FORMAT, **header, "key": wrap(data_key, public=public)}
        self.line = json.dumps(told, sort_keys=True).encode() + b"\n"
        self.file, self.cipher = file, AESGCM(data_key)
        self.count, self.waiting = 0, bytearray()
        self.packer = zlib.compressobj(6)
        file.write(self.line)

    def write(self, content: bytes) -> None:
        """Add bytes."""
        self.waiting += self.packer.compress(content)
        while len(self.waiting) > CHUNK:
            self._seal(CHUNK, is_last=False)

    def close(self) -> None:
        """Write what is left, marked as the end."""
        self.waiting += self.packer.flush()
        while len(self.waiting) > CHUNK:
            self._seal(CHUNK, is_last=False)
        self._seal(len(self.waiting), is_last=True)

    def _seal(self, size: int, *, is_last: bool) -> None:
        content = bytes(self.waiting[:size])
        del self.waiting[:size]
        self.file.write(self.cipher.encrypt(_nonce(self.count, is_last=is_last), content, self.line))
        self.count += 1


def read_header(file: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """The first line, read and as it stands. Raises NotWhole. Nothing in it is trusted before a chunk has opened."""
    line = file.readline(LONGEST_HEADER)
    try:
        header = json.loads(line)
    except ValueError:
        header = None
    if not isinstance(header, dict) or header.get("format") != FORMAT or not is_wrapped(header.get("key")):
        raise NotWhole("This is not a backup that Posada wrote.")
    return header, line


def read_sealed(file: BinaryIO, *, halves: tuple[str, str]) -> Iterator[bytes]:
    """What was written, in pieces of at most 1 MiB. Raises NotWhole, WrongKeys.

    Read it to its end before believing any of it: only the end says that the file is whole.
    """
    header, line = read_header(file)
    cipher = AESGCM(unwrap(header["key"], halves=halves))
    unpacker = zlib.decompressobj()
    for content in _opened(file, cipher=cipher, line=line):
        piece = content
        while piece:
            try:
                yield unpacker.decompress(piece, CHUNK)
            except zlib.error:
                raise NotWhole("The backup is damaged.") from None
            piece = unpacker.unconsumed_tail
    if not unpacker.eof or unpacker.unused_data:
        raise NotWhole("The backup ends too early.")


def _opened(file: BinaryIO, *, cipher: AESGCM, line: bytes) -> Iterator[bytes]:
    count, sealed = 0, file.read(CHUNK + TAG)
    while sealed:
        following = file.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(count, is_last=not following), sealed, line)
        except InvalidTag:
            raise NotWhole(
                f"The backup is damaged: it is not as it was written (part {count + 1:,})."
            ) from None
        count, sealed = count + 1, following
    if count == 0:
        raise NotWhole("The backup ends too early.")


def _nonce(count: int, *, is_last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([is_last])
