"""Writes a WebM file from still pictures, without an encoder of video.

A lossy WebP picture holds one key frame of VP8 (RFC 9649, RFC 6386); a WebM file (Matroska, RFC 9559) holds such
frames with their times. So pictures that Pillow has written as WebP become a clip that browsers play and seek in.
Comes in: WebP pictures and when each is shown. Goes out: bytes of a WebM file.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_webm.py.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

CLUSTER_MS = 4_000


@dataclass(frozen=True, slots=True)
class Frame:
    """A key frame of VP8 and the millisecond at which it is shown."""

    at_ms: int
    vp8: bytes


def vp8_of_webp(webp: bytes) -> bytes:
    """The key frame within a lossy WebP picture without transparency. Raises ValueError for any other file."""
    if webp[:4] != b"RIFF" or webp[8:16] != b"WEBPVP8 ":
        raise ValueError("not a plain lossy WebP picture")
    (size,) = struct.unpack("<I", webp[16:20])
    return webp[20 : 20 + size]


def webm(frames: Sequence[Frame], *, size: tuple[int, int], runs_ms: int) -> bytes:
    """A WebM file of these frames, in order of their times; `size` is width and height in pixels."""
    info = _element(
        "1549A966",
        _uint("2AD7B1", 1_000_000)
        + _element("4489", struct.pack(">d", float(runs_ms)))
        + _element("4D80", b"Posada")
        + _element("5741", b"Posada"),
    )
    track = _uint("D7", 1) + _uint("73C5", 1) + _uint("9C", 0) + _uint("83", 1) + _element("86", b"V_VP8")
    track += _element("E0", _uint("B0", size[0]) + _uint("BA", size[1]))
    head = info + _element("1654AE6B", _element("AE", track))
    clusters = _clusters(frames)
    cues_size = len(_cues([(start, 0) for start, _ in clusters]))
    position, points = len(head) + cues_size, []
    for start, written in clusters:
        points.append((start, position))
        position += len(written)
    body = head + _cues(points) + b"".join(written for _, written in clusters)
    ebml = _uint("4286", 1) + _uint("42F7", 1) + _uint("42F2", 4) + _uint("42F3", 8)
    ebml += _element("4282", b"webm") + _uint("4287", 2) + _uint("4285", 2)
    return _element("1A45DFA3", ebml) + _element("18538067", body)


def _clusters(frames: Sequence[Frame]) -> list[tuple[int, bytes]]:
    grouped: list[tuple[int, list[Frame]]] = []
    for frame in frames:
        if not grouped or frame.at_ms - grouped[-1][0] >= CLUSTER_MS:
            grouped.append((frame.at_ms, []))
        grouped[-1][1].append(frame)
    made = []
    for start, group in grouped:
        blocks = b"".join(
            _element("A3", b"\x81" + struct.pack(">hB", each.at_ms - start, 0x80) + each.vp8)
            for each in group
        )
        made.append((start, _element("1F43B675", _uint("E7", start) + blocks)))
    return made


def _cues(points: Sequence[tuple[int, int]]) -> bytes:
    """Where each time is found; every number has the same width, so that the size is known before the places are."""
    return _element(
        "1C53BB6B",
        b"".join(
            _element("BB", _wide("B3", at) + _element("B7", _uint("F7", 1) + _wide("F1", place)))
            for at, place in points
        ),
    )


def _element(name: str, content: bytes) -> bytes:
    return bytes.fromhex(name) + (len(content) | 1 << 56).to_bytes(8, "big") + content


def _uint(name: str, value: int) -> bytes:
    return _element(name, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _wide(name: str, value: int) -> bytes:
    return _element(name, value.to_bytes(8, "big"))
