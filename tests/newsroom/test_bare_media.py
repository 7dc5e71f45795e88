"""What a camera and a program wrote into a clip's files is gone; what is seen and heard stays byte for byte."""

import io
import struct

import pytest
from PIL import Image, PngImagePlugin

from posada.newsroom.bare_media import bare_picture, blank_video
from posada.newsroom.running_time import NotAClip, running_milliseconds
from posada.newsroom.webm import Frame, _element, vp8_of_webp, webm

MARK = b"CANARY+38.9-077.0"


def box(kind: bytes, *inside: bytes) -> bytes:
    content = b"".join(inside)
    return struct.pack(">I4s", len(content) + 8, kind) + content


def handler(kind: bytes) -> bytes:
    return box(b"hdlr", bytes(8), kind, bytes(12), MARK + b"\0")


def film(*, track: bytes = b"vide") -> bytes:
    """An MP4 as a phone writes one, with a moment of film."""
    head = box(b"mvhd", bytes(4), struct.pack(">IIII", 3_900_000_000, 3_900_000_000, 1000, 92_000), bytes(80))
    trak = box(b"trak", box(b"udta", box(b"name", MARK)), box(b"mdia", handler(track)), box(b"meta", MARK))
    moov = box(
        b"moov", head, trak, box(b"udta", box(b"\xa9xyz", MARK)), box(b"uuid", MARK), box(b"free", MARK)
    )
    return (
        box(b"ftyp", b"isom", bytes(4))
        + moov
        + box(b"meta", bytes(4), MARK)
        + box(b"mdat", b"the film itself")
    )


def test_a_film_keeps_its_length_and_every_byte_of_it_and_says_nothing() -> None:
    file = io.BytesIO(film())
    blank_video(file)
    assert len(file.getvalue()) == len(film())
    assert MARK not in file.getvalue() and struct.pack(">I", 3_900_000_000) not in file.getvalue()
    assert file.getvalue().index(b"the film itself") == film().index(b"the film itself")
    file.seek(0)
    assert running_milliseconds(file) == 92_000
    before = file.getvalue()
    blank_video(file)
    assert file.getvalue() == before


def test_a_film_with_a_track_of_places_is_refused() -> None:
    with pytest.raises(NotAClip, match="track of data"):
        blank_video(io.BytesIO(film(track=b"meta")))


@pytest.mark.parametrize(
    "content", [film()[:-4], film()[:60], b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x01moov", b""]
)
def test_a_film_that_is_cut_off_is_refused(content: bytes) -> None:
    with pytest.raises(NotAClip):
        blank_video(io.BytesIO(content))


def test_a_webm_loses_tags_attachments_title_and_programs() -> None:
    held = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(held, "WEBP", quality=50)
    plain = webm([Frame(0, vp8_of_webp(held.getvalue()))], size=(32, 32), runs_ms=2_000)
    told = _element("1254C367", MARK * 20) + _element("1941A469", MARK)
    at = plain.index(bytes.fromhex("18538067"))
    size = plain[at + 4 :]
    length = 9 - size[0].bit_length()
    segment = size[length:]
    content = plain[:at] + _element("18538067", segment + told).replace(b"Posada", b"CANARY")
    file = io.BytesIO(content)
    blank_video(file)
    assert b"CANARY" not in file.getvalue() and len(file.getvalue()) == len(content)
    assert vp8_of_webp(held.getvalue()) in file.getvalue()
    file.seek(0)
    assert running_milliseconds(file) == 2_000


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_poster_keeps_its_picture_alone(kind: str) -> None:
    exif, held, words = Image.Exif(), io.BytesIO(), PngImagePlugin.PngInfo()
    exif[0x010F] = MARK.decode()
    words.add_text("Author", MARK.decode())
    image = Image.effect_noise((40, 30), 60).convert("RGB")
    more = {"pnginfo": words} if kind == "PNG" else {"xmp": MARK, "lossless": True}
    image.save(held, kind, exif=exif, icc_profile=MARK * 10, **more)
    bare = bare_picture(held.getvalue() + MARK)
    assert MARK in held.getvalue() and MARK not in bare
    with Image.open(io.BytesIO(bare)) as again:
        assert again.tobytes() == image.tobytes() and not again.getexif()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"<svg/>", b"GIF89a"])
def test_what_is_no_poster_is_refused(content: bytes) -> None:
    with pytest.raises(NotAClip):
        bare_picture(content)
