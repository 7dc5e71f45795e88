"""Words and pictures that a page holds and does not show: under a box, white on white, drawn unseen, beside the page.

Comes in: the path of a PDF of Letter pages. Goes out: the same, in which each such page is a picture of itself, so
that what is sent is what is seen; and their numbers. A page is drawn, and every letter is looked for where it stands.
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_unseen.py.
"""

import ctypes
import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as raw
from pikepdf import Array, Dictionary, Name
from PIL import Image

from posada.packets.image_bytes import bare_jpeg
from posada.packets.page_space import HEIGHT, WIDTH
from posada.packets.pictures import DOTS_PER_INCH, JPEG_QUALITY

IN_A_ROW = 2
"""So many letters that are not seen, one after another, are no accident of a font."""
_FAINTEST = 20
"""Of 255: a place whose darkest and lightest dot are no further apart shows no letter."""
_SOLID = frozenset("-‐‑‒–—−_.·•∙,:;'`´‘’\"“”|/\\lI1i!■█▪●▬=~°")
"""Letters that may fill their box wholly: they are looked for with what is around them."""
_SMALLEST_COVER = 4.0
"""Points: what is smaller covers nothing that could be read."""


def show_only_what_is_seen(path: Path) -> list[int]:
    """Turn pages with something unseen into pictures of themselves, in place; their numbers from 1."""
    pictures: dict[int, bytes] = {}
    with pypdfium2.PdfDocument(path) as document:
        for number in range(len(document)):
            page = document[number]
            if _hides_something(page):
                pictures[number] = _picture(page)
            page.close()
    if pictures:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            for number, picture in pictures.items():
                _put(pdf, pdf.pages[number].obj, picture)
            pdf.remove_unreferenced_resources()
            pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return [number + 1 for number in sorted(pictures)]


def _hides_something(page: Any) -> bool:
    if _covers_a_picture(page):
        return True
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count < IN_A_ROW:
            return False
        drawn = page.render(scale=1, grayscale=True).to_pil().convert("L")
        in_a_row = 0
        for at in range(count):
            is_seen = _is_seen(text, at, drawn)
            if is_seen is not None:
                in_a_row = 0 if is_seen else in_a_row + 1
            if in_a_row >= IN_A_ROW:
                return True
        return False
    finally:
        text.close()


def _is_seen(text: Any, at: int, drawn: Image.Image) -> bool | None:
    """Whether a letter is seen; None where there is nothing to be seen in any case."""
    code = raw.FPDFText_GetUnicode(text, at)
    letter = chr(code) if 0 < code < 0x110000 else "\0"
    if (
        letter.isspace()
        or unicodedata.category(letter)[0] in "CZM"
        or raw.FPDFText_IsGenerated(text, at) == 1
    ):
        return None
    left, bottom, right, top = text.get_charbox(at)
    around = 2.0 if letter in _SOLID or right - left < 2 or top - bottom < 2 else 0.0
    box = (
        *(max(0, int(left - around)), max(0, int(HEIGHT - top - around))),
        *(
            min(drawn.width, int(right + around + 0.99)),
            min(drawn.height, int(HEIGHT - bottom + around + 0.99)),
        ),
    )
    if box[2] - box[0] < 1 or box[3] - box[1] < 1:
        return False
    darkest, lightest = drawn.crop(box).getextrema()
    if lightest - darkest >= _FAINTEST:  # type: ignore[operator]
        return True
    return None if _lacks_its_font(text, at) else False


def _lacks_its_font(text: Any, at: int) -> bool:
    """Whether a letter may be missing only here: its font is not in the file, and it would be drawn."""
    drawn_as = raw.FPDFText_GetTextObject(text, at)
    font = raw.FPDFTextObj_GetFont(drawn_as) if drawn_as else None
    if not font or raw.FPDFFont_GetIsEmbedded(font) == 1:
        return False
    buffer = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, buffer, 200)
    standard = (b"Helvetica", b"Times", b"Courier", b"Arial", b"Symbol", b"ZapfDingbats")
    return not buffer.value.startswith(standard)


def _covers_a_picture(page: Any) -> bool:
    """Whether a filled shape lies upon a picture: what is under it is still in the file."""
    pictures: list[tuple[float, float, float, float]] = []
    for kind, box, is_filled in _objects(page):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(box)
        elif is_filled and any(_lies_upon(box, each) for each in pictures):
            return True
    return False


def _objects(page: Any) -> Iterator[tuple[int, tuple[float, float, float, float], bool]]:
    kinds = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH)
    for each in page.get_objects(filter=kinds, max_depth=8):
        is_filled = each.type == raw.FPDF_PAGEOBJ_PATH and _is_filled(each.raw)
        if is_filled or each.type == raw.FPDF_PAGEOBJ_IMAGE:
            yield each.type, each.get_bounds(), is_filled


def _is_filled(path: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, mode, stroke) or mode.value == raw.FPDF_FILLMODE_NONE:
        return False
    return not raw.FPDFPageObj_HasTransparency(path)


def _lies_upon(cover: tuple[float, ...], picture: tuple[float, ...]) -> bool:
    across = min(cover[2], picture[2]) - max(cover[0], picture[0])
    up = min(cover[3], picture[3]) - max(cover[1], picture[1])
    return across > _SMALLEST_COVER and up > _SMALLEST_COVER


def _picture(page: Any) -> bytes:
    image = page.render(scale=DOTS_PER_INCH / 72, may_draw_forms=False).to_pil().convert("RGB")
    held = io.BytesIO()
    image.save(held, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return bare_jpeg(held.getvalue())


def _put(pdf: pikepdf.Pdf, page: Any, picture: bytes) -> None:
    across, up = round(WIDTH / 72 * DOTS_PER_INCH), round(HEIGHT / 72 * DOTS_PER_INCH)
    image = pdf.make_stream(
        picture,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=across,
        Height=up,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    for key in [key for key in page.keys() if key not in ("/Type", "/Parent")]:  # noqa: SIM118
        del page[key]
    page[Name.MediaBox] = Array([0, 0, WIDTH, HEIGHT])
    page[Name.Resources] = Dictionary(XObject=Dictionary(Im0=image))
    page[Name.Contents] = pdf.make_stream(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im0 Do Q".encode("ascii"))
