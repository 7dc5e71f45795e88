"""How long a clip runs, read from the file itself (MP4 or WebM), and how that is written.

Comes in: the bytes of a file, from its beginning. Goes out: milliseconds. Nothing is decoded: only the boxes of MP4
(ISO/IEC 14496-12, `mvhd`) and the elements of WebM (Matroska: Segment, Info, Duration, TimestampScale) are read.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_running_time.py.
"""

import struct
from typing import BinaryIO

MOST_ELEMENTS = 10_000
MOST_MILLISECONDS = 24 * 3600 * 1000
_EBML, _SEGMENT, _INFO, _SCALE, _DURATION = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x2AD7B1, 0x4489


class NotAClip(Exception):
    """The file is no MP4 or WebM whose running time can be read."""


def running_milliseconds(file: BinaryIO) -> int:
    """The running time of an MP4 or WebM file in milliseconds. Raises NotAClip."""
    start = file.read(12)
    file.seek(0)
    try:
        if start[:4] == _EBML.to_bytes(4, "big"):
            found = _webm(file)
        elif start[4:8] == b"ftyp":
            found = _mp4(file)
        else:
            raise NotAClip("The file is neither MP4 nor WebM.")
    except (struct.error, IndexError, EOFError, OverflowError, ZeroDivisionError, ValueError):
        raise NotAClip("The file is damaged: its running time cannot be read.") from None
    if not 0 < found <= MOST_MILLISECONDS:
        raise NotAClip("The file names no running time between nothing and a day.")
    return found


def kind_of(file: BinaryIO) -> str:
    """`video/mp4` or `video/webm`, by the first bytes. Raises NotAClip."""
    start = file.read(12)
    file.seek(0)
    if start[:4] == _EBML.to_bytes(4, "big"):
        return "video/webm"
    if start[4:8] == b"ftyp":
        return "video/mp4"
    raise NotAClip("The file is neither MP4 nor WebM.")


def shown_time(milliseconds: int) -> str:
    """Minutes and seconds, m:ss (h:mm:ss from an hour on); a part of a second is dropped."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def iso_time(milliseconds: int) -> str:
    """As schema.org wants it: PT1M32S."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"PT{minutes}M{seconds}S"


def _mp4(file: BinaryIO) -> int:
    end = _size_of(file)
    moov = _box(file, b"moov", start=0, end=end)
    start, _ = _box(file, b"mvhd", start=moov[0], end=moov[1])
    file.seek(start)
    version = file.read(4)[0]
    if version == 1:
        _, _, scale, duration = struct.unpack(">QQIQ", file.read(28))
    else:
        _, _, scale, duration = struct.unpack(">IIII", file.read(16))
    return round(duration * 1000 / scale)


def _box(file: BinaryIO, name: bytes, *, start: int, end: int) -> tuple[int, int]:
    """Where the content of a box begins and ends."""
    for _ in range(MOST_ELEMENTS):
        if start + 8 > end:
            break
        file.seek(start)
        size, found = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            (size,), head = struct.unpack(">Q", file.read(8)), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            break
        if found == name:
            return start + head, start + size
        start += size
    raise NotAClip("The file names no running time.")


def _webm(file: BinaryIO) -> int:
    end = _size_of(file)
    segment = _element(file, _SEGMENT, start=0, end=end)
    info = _element(file, _INFO, start=segment[0], end=segment[1])
    start, stop = _element(file, _DURATION, start=info[0], end=info[1])
    file.seek(start)
    (duration,) = struct.unpack(">f" if stop - start == 4 else ">d", file.read(stop - start))
    try:
        start, stop = _element(file, _SCALE, start=info[0], end=info[1])
        file.seek(start)
        scale = int.from_bytes(file.read(stop - start), "big")
    except NotAClip:
        scale = 1_000_000
    return round(duration * scale / 1_000_000)


def _element(file: BinaryIO, wanted: int, *, start: int, end: int) -> tuple[int, int]:
    """Where the content of an element begins and ends."""
    for _ in range(MOST_ELEMENTS):
        if start >= end:
            break
        file.seek(start)
        name = _number(file, keep_marker=True)
        size = _number(file, keep_marker=False)
        content = file.tell()
        stop = end if size < 0 else content + size
        if stop > end:
            break
        if name == wanted:
            return content, stop
        start = stop
    raise NotAClip("The file names no running time.")


def _number(file: BinaryIO, *, keep_marker: bool) -> int:
    """A number of variable length; -1 is "not known"."""
    first = file.read(1)
    if not first or first[0] == 0:
        raise EOFError
    length = 9 - first[0].bit_length()
    rest = file.read(length - 1)
    if len(rest) != length - 1:
        raise EOFError
    value = int.from_bytes(first + rest, "big")
    if keep_marker:
        return value
    value &= (1 << (7 * length)) - 1
    return -1 if value == (1 << (7 * length)) - 1 else value


def _size_of(file: BinaryIO) -> int:
    file.seek(0, 2)
    return file.tell()
