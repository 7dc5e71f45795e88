"""The clip of the demonstration: the program's story in nine cards, 01:32 long, drawn here from nothing foreign.

Comes in: two fonts. Goes out: a WebM file, a poster, captions in two languages and their transcripts.
Docs: docs/how-to/publish-in-the-newsroom.md. Tests: tests/newsroom/test_webm.py.
"""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from posada.newsroom.webm import Frame, vp8_of_webp, webm

RUNS_MS = 92_000
SIZE = (640, 360)
FADE_MS, FADES, HOLD_MS = 80, 5, 2_000
DUSK, LAMP, PAPER, DOOR = (42, 32, 51), (232, 163, 61), (248, 238, 221), (28, 90, 80)
CARDS = (
    (
        "In 2014, 57,496 children reached the border alone.",
        "En 2014, 57 496 niños llegaron solos a la frontera.",
    ),
    (
        "Most were fleeing gangs in Honduras, El Salvador and Guatemala.",
        "La mayoría huía de las pandillas de Honduras, El Salvador y Guatemala.",
    ),
    ("A state asked its people to step up.", "Un estado pidió ayuda a su gente."),
    (
        "Families opened their homes. Each was checked, trained and visited.",
        "Las familias abrieron su hogar. Cada una fue revisada, capacitada y visitada.",
    ),
    ("Brothers and sisters stayed together.", "Los hermanos siguieron juntos."),
    (
        "Lawyers gave their hours, so that each child was heard.",
        "Los abogados dieron sus horas para que cada niño fuera escuchado.",
    ),
    (
        "Every number is counted from the work itself, and published.",
        "Cada número se cuenta a partir del trabajo mismo, y se publica.",
    ),
    ("Nobody publishes where a child is.", "Nadie publica dónde está un niño."),
    (
        "Somewhere tonight a child needs your spare room.",
        "Esta noche, en algún lugar, un niño necesita su cuarto libre.",
    ),
)
"""What the cards say, in English and Spanish."""


@dataclass(frozen=True, slots=True)
class StoryClip:
    """The files of the clip."""

    video: bytes
    poster: bytes
    captions: dict[str, bytes]
    transcript: dict[str, str]


def story_clip(*, heading_font: Path, quality: int = 70) -> StoryClip:
    """Draw the clip."""
    font = ImageFont.truetype(str(heading_font), 34)
    starts = [round(RUNS_MS * number / len(CARDS)) for number in range(len(CARDS) + 1)]
    frames: list[Frame] = []
    cards = [_card(english, font, lit=number / (len(CARDS) - 1)) for number, (english, _) in enumerate(CARDS)]
    dark = Image.new("RGB", SIZE, DUSK)
    for number, card in enumerate(cards):
        before = cards[number - 1] if number else dark
        for step in range(FADES):
            shown = Image.blend(before, card, (step + 1) / FADES)
            frames.append(Frame(starts[number] + step * FADE_MS, _vp8(shown, quality)))
        held = frames[-1].vp8
        for at in range(starts[number] + HOLD_MS, starts[number + 1], HOLD_MS):
            frames.append(Frame(at, held))
    poster = io.BytesIO()
    cards[-1].save(poster, "WEBP", quality=quality)
    return StoryClip(
        video=webm(frames, size=SIZE, runs_ms=RUNS_MS),
        poster=poster.getvalue(),
        captions={language: _captions(starts, at) for at, language in enumerate(("en", "es"))},
        transcript={
            language: "\n".join(card[at] for card in CARDS) for at, language in enumerate(("en", "es"))
        },
    )


def _card(words: str, font: ImageFont.FreeTypeFont, *, lit: float) -> Image.Image:
    """A door at dusk, opening wider from card to card, and words beside it."""
    card = Image.new("RGB", SIZE, DUSK)
    draw = ImageDraw.Draw(card)
    left, top, right, foot = 60, 110, 180, 320
    draw.pieslice((left, top - 60, right, top + 60), 180, 360, fill=LAMP)
    draw.rectangle((left, top, right, foot), fill=LAMP)
    edge = left + round((right - left) * (1 - 0.85 * lit))
    draw.rectangle((left, top, edge, foot), fill=DOOR)
    draw.ellipse((edge - 14, 215, edge - 6, 223), fill=PAPER)
    draw.polygon([(left, foot), (right, foot), (right + round(90 * lit), 360), (left, 360)], fill=LAMP)
    lines: list[str] = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) > 380:
            lines.append(word)
        else:
            lines[-1] = longer
    high = 180 - 22 * len(lines)
    for number, line in enumerate(lines):
        draw.text((225, high + 44 * number), line, font=font, fill=PAPER)
    return card


def _vp8(shown: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    shown.save(written, "WEBP", quality=quality, method=2)
    return vp8_of_webp(written.getvalue())


def _captions(starts: list[int], language: int) -> bytes:
    cues = [
        f"{_time(starts[number])} --> {_time(starts[number + 1] - 100)}\n{card[language]}"
        for number, card in enumerate(CARDS)
    ]
    return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()


def _time(milliseconds: int) -> str:
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
