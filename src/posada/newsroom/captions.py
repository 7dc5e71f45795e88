"""Captions in WebVTT: whether a file can be shown as such, and its words as a plain transcript.

Comes in: bytes of a file. Goes out: its cues. Source: W3C WebVTT, the parts that captions need.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_captions.py.
"""

import re
from dataclasses import dataclass

MOST_BYTES = 500_000
_TIMES = re.compile(
    r"(?:(\d+):)?([0-5]\d):([0-5]\d)\.(\d{3}) --> (?:(\d+):)?([0-5]\d):([0-5]\d)\.(\d{3})(?: .*)?"
)


class NotCaptions(Exception):
    """The file cannot be used as captions; the message says which line is wrong."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that stand on the screen from one millisecond to another."""

    start: int
    end: int
    words: str


def read_captions(raw: bytes) -> tuple[Cue, ...]:
    """The cues of a WebVTT file, in order. Raises NotCaptions."""
    if len(raw) > MOST_BYTES:
        raise NotCaptions("The captions are larger than 500 kB.")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise NotCaptions("The captions are not UTF-8.") from None
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise NotCaptions("The first line of captions must be WEBVTT.")
    cues: list[Cue] = []
    for block in re.split(r"\n{2,}", text)[1:]:
        lines = block.strip("\n").split("\n")
        if not block.strip() or lines[0].startswith(("NOTE", "STYLE", "REGION")):
            continue
        cues.append(_cue(lines if "-->" in lines[0] else lines[1:], after=cues[-1].start if cues else 0))
    if not cues:
        raise NotCaptions("The captions hold no words.")
    return tuple(cues)


def _cue(lines: list[str], *, after: int) -> Cue:
    told = _TIMES.fullmatch(lines[0].strip()) if lines else None
    if told is None:
        raise NotCaptions(f"Not a time of captions: {lines[0][:60] if lines else 'a block without one'}")
    start, end = _milliseconds(told.groups()[:4]), _milliseconds(told.groups()[4:])
    if start >= end or start < after:
        raise NotCaptions(f"The times of captions must go forward: {lines[0][:60]}")
    return Cue(start, end, re.sub(r"<[^>]*>", "", " ".join(lines[1:])).strip())


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (int(each or 0) for each in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
