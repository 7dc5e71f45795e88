"""Blanks in a clip's files what nobody sees in them: where and when it was filmed, with what, by whom.

Comes in: a file that is open for reading and writing. What tells is overwritten where it stands and marked as unused
room, so that every other byte keeps its place; pictures are written anew without it. A track that tells of places
all along the film is refused, since players would stumble over a hole.
Sources: ISO/IEC 14496-12 (MP4), RFC 9559 (Matroska, WebM), PNG third edition, RFC 9649 (WebP).
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_bare_media.py.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from posada.newsroom.running_time import NotAClip, kind_of

MOST_PARTS = 20_000
_TELLS = frozenset((b"udta", b"meta", b"uuid", b"free", b"skip", b"ilst", b"keys", b"xml ", b"bxml", b"cprt"))
_HOLDS = frozenset((b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf", b"edts"))
_DATED = frozenset((b"mvhd", b"tkhd", b"mdhd"))
_PLAYED = frozenset((b"vide", b"soun", b"subt", b"text", b"clcp", b"sbtl", b"tmcd", b"alis", b"url "))
_WEBM_HOLDS = frozenset((0x18538067, 0x1549A966, 0x1654AE6B, 0xAE))
_WEBM_TELLS = frozenset((0x1254C367, 0x1941A469))
"""Tags and attachments."""
_WEBM_SAYS = frozenset((0x7BA9, 0x4D80, 0x5741, 0x4461, 0x536E, 0x7384, 0x3C83AB, 0x3E83BB, 0xEC))
"""Title, programs, date, names of tracks and of files, which stay with nothing in them; and what is void already."""
_PNG_KEPT = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"sRGB",
        b"gAMA",
        b"cHRM",
        b"pHYs",
        b"acTL",
        b"fcTL",
        b"fdAT",
    )
)
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"))
_DATA = "This film carries a track of data, such as the places where it was filmed. Export it anew without."
_WEBP_FLAGS = 0xFF ^ (0x20 | 0x08 | 0x04)  # without color profile, EXIF, XMP


def blank_video(file: BinaryIO) -> None:
    """In an MP4 or WebM file. Raises NotAClip where it can't be done."""
    file.seek(0)
    is_mp4 = kind_of(file) == "video/mp4"
    file.seek(0, 2)
    end = file.tell()
    try:
        if is_mp4:
            _blank_mp4(file, 0, end)
        else:
            _blank_webm(file, 0, end)
    except (struct.error, IndexError):
        raise NotAClip("The file is damaged: what it says beside the film can't be taken out.") from None


def bare_picture(content: bytes) -> bytes:
    """A PNG or WebP picture without what stands beside it. Raises NotAClip for anything else."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return content[:8] + b"".join(_png_parts(content))
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            body = b"".join(_webp_parts(content))
            return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
    except (struct.error, IndexError):
        raise NotAClip("The picture is damaged.") from None
    raise NotAClip("A poster is a PNG or WebP picture.")


def _blank_mp4(file: BinaryIO, at: int, end: int) -> None:
    for _ in range(MOST_PARTS):
        if at + 8 > end:
            return
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            (size,), head = struct.unpack(">Q", file.read(8)), 16
        stop = end if size == 0 else at + size
        if stop > end or stop < at + head:
            raise NotAClip("The file is cut off or damaged.")
        if kind in _TELLS:
            file.seek(at + 4)
            file.write(b"free")
            _fill(file, at + head, stop)
        elif kind in _DATED:
            file.seek(at + head)
            version = file.read(1)[0]
            _fill(file, at + head + 4, at + head + 4 + (16 if version == 1 else 8))
        elif kind == b"hdlr":
            file.seek(at + head + 8)
            if file.read(4) not in _PLAYED:
                raise NotAClip(_DATA)
            _fill(file, at + head + 24, stop - 1)
        elif kind in _HOLDS:
            _blank_mp4(file, at + head, stop)
        at = stop
    raise NotAClip("The file has more parts than can be looked through.")


def _blank_webm(file: BinaryIO, at: int, end: int) -> None:
    for _ in range(MOST_PARTS):
        if at >= end:
            return
        name, after_name = _number(file, at, keep_mark=True)
        size, start = _number(file, after_name, keep_mark=False)
        unknown = size == (1 << (7 * (start - after_name))) - 1
        stop = end if unknown else start + size
        if stop > end:
            raise NotAClip("The file is cut off or damaged.")
        if name in _WEBM_TELLS:
            _void(file, at, stop)
        elif name in _WEBM_SAYS:
            _fill(file, start, stop)
        elif name in _WEBM_HOLDS:
            _blank_webm(file, start, stop)
        elif unknown:
            return  # a live recording: clusters to the end
        at = stop
    raise NotAClip("The file has more parts than can be looked through.")


def _number(file: BinaryIO, at: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number of Matroska, and where it ends."""
    file.seek(at)
    first = file.read(1)[0]
    length = 9 - first.bit_length()
    if length > 8:
        raise NotAClip("The file is damaged.")
    value = first if keep_mark else first & ((1 << (8 - length)) - 1)
    return int.from_bytes(bytes([value]) + file.read(length - 1), "big"), at + length


def _void(file: BinaryIO, at: int, stop: int) -> None:
    """In place of an element one that says nothing, of the same length."""
    room = stop - at
    if room < 2:
        return
    length = 1 if room - 2 < 127 else 8
    inside = room - 1 - length
    file.seek(at)
    file.write(b"\xec" + (inside | (1 << (7 * length))).to_bytes(length, "big"))
    _fill(file, at + 1 + length, stop)


def _fill(file: BinaryIO, start: int, stop: int) -> None:
    file.seek(start)
    for at in range(start, stop, 1 << 20):
        file.write(bytes(min(1 << 20, stop - at)))


def _png_parts(content: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        if kind in _PNG_KEPT:
            yield content[at : at + size + 12]
        at += size + 12
        if kind == b"IEND":
            return
    raise IndexError("cut off")


def _webp_parts(content: bytes) -> Iterator[bytes]:
    at, end = 12, 8 + int(struct.unpack("<I", content[4:8])[0])
    while at + 8 <= min(end, len(content)):
        kind, size = struct.unpack("<4sI", content[at : at + 8])
        stop = at + 8 + size + size % 2
        part = content[at:stop]
        if kind == b"VP8X":
            part = part[:8] + bytes([part[8] & _WEBP_FLAGS]) + part[9:]
        if kind in _WEBP_KEPT:
            yield part
        at = stop
