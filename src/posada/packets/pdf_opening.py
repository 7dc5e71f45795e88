"""Open an exhibit's PDF, or say why not: locked, damaged, not a PDF, without pages, or made to exhaust.

Comes in: a path. Goes out: the open PDF, its pages counted by two libraries, its sizes bounded.
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_build.py.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Name

from posada.packets.located import NotUsable

MOST_PAGES = 10_000
MOST_DECODED_BYTES = 200_000_000
"""Of one stream that is no picture: page content, font, form."""
MOST_PICTURE_BYTES = 500_000_000
"""Of one picture, unpacked."""
_MOST_EXPANSION = {
    "/FlateDecode": 1_032,
    "/Fl": 1_032,
    "/LZWDecode": 1_400,
    "/LZW": 1_400,
    "/RunLengthDecode": 64,
}
_READ_AT_ONCE = 1 << 20
_MOST_VERIFIED_BYTES = 50_000_000
"""Of packed pictures that are unpacked only to see whether they are whole."""

LOCKED = "it is locked with a password; open it with the password, print it to a new PDF, and use that one"
RESTRICTED = (
    "it is locked against changes (it is encrypted); open it, print it to a new PDF, and use that one"
)
DAMAGED = (
    "it is damaged or cut off; open it in a PDF reader, print it to a new PDF, look at it, and use that one"
)


@contextmanager
def opened(path: Path) -> Iterator[pikepdf.Pdf]:
    """The PDF, checked page by page. Raises NotUsable."""
    _check_start(path)
    try:
        pdf = pikepdf.open(path, attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise NotUsable(LOCKED) from None
    except pikepdf.PdfError as error:
        raise NotUsable(RESTRICTED if "encrypt" in str(error).lower() else DAMAGED) from None
    except (RuntimeError, ValueError, TypeError, RecursionError):
        raise NotUsable(DAMAGED) from None
    with pdf:
        if pdf.is_encrypted:
            raise NotUsable(RESTRICTED)
        _check_pages(pdf, path)
        yield pdf


def _check_start(path: Path) -> None:
    with path.open("rb") as stream:
        start = stream.read(1024)
    if b"%PDF-" in start:
        return
    for beginning, kind in _OTHERS.items():
        if start.startswith(beginning):
            raise NotUsable(f"it is not a PDF: what is in it is {kind}")
    raise NotUsable("it is not a PDF, whatever its name says")


_OTHERS = {
    b"\xff\xd8\xff": "a JPEG picture; give it the ending .jpg",
    b"\x89PNG": "a PNG picture; give it the ending .png",
    b"II*\0": "a TIFF picture; give it the ending .tif",
    b"MM\0*": "a TIFF picture; give it the ending .tif",
    b"PK\x03\x04": "an archive or an office document; print it to a PDF",
    b"{\\rtf": "a text document; print it to a PDF",
    b"\xd0\xcf\x11\xe0": "an office document; print it to a PDF",
    b"<": "a web page or another text; print it to a PDF",
}


def _check_pages(pdf: pikepdf.Pdf, path: Path) -> None:
    try:
        count = len(pdf.pages)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, RecursionError):
        raise NotUsable(DAMAGED) from None
    if count == 0:
        raise NotUsable("it has no pages")
    if count > MOST_PAGES:
        raise NotUsable(f"it has more than {MOST_PAGES:,} pages")
    if pdf.Root.get(Name.NeedsRendering, False) is True:
        reason = "it is a form that only Adobe Reader can draw (XFA); print it to a new PDF, and use that one"
        raise NotUsable(reason)
    _check_streams(pdf)
    counted = _counted_by_another(path)
    if counted != count:
        raise NotUsable(f"{DAMAGED} (one reader finds {count} pages in it, another {counted or 'none'})")
    for number, page in enumerate(pdf.pages, 1):
        _check_content(page.obj, number=number)


def _counted_by_another(path: Path) -> int:
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            return len(pdf)
    except pypdfium2.PdfiumError:
        return 0


def _check_content(page: Any, *, number: int) -> None:
    contents = page.get(Name.Contents)
    listed = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    for each in listed:
        if each is None:
            continue
        if not isinstance(each, pikepdf.Stream):
            raise NotUsable(DAMAGED, page=number)
        try:
            each.read_bytes()
        except (pikepdf.PdfError, RuntimeError, ValueError, NotImplementedError):
            raise NotUsable(DAMAGED, page=number) from None
        if not is_sound(each):
            raise NotUsable(DAMAGED, page=number)


def is_sound(stream: Any) -> bool:
    """Whether a stream unpacks to its end and to what was packed (its checksum: RFC 1950)."""
    if _filters(stream) not in (["/FlateDecode"], ["/Fl"]):
        return True
    packed = stream.read_raw_bytes()
    unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    checksum, waiting = 1, packed[2:]
    try:
        while waiting and not unpacker.eof:
            piece = unpacker.decompress(waiting, _READ_AT_ONCE)
            checksum = zlib.adler32(piece, checksum)
            waiting = unpacker.unconsumed_tail
    except zlib.error:
        return False
    written = unpacker.unused_data[:4]
    return unpacker.eof and (len(written) < 4 or int.from_bytes(written, "big") == checksum)


def _check_streams(pdf: pikepdf.Pdf) -> None:
    left = _MOST_VERIFIED_BYTES
    for each in pdf.objects:
        if not isinstance(each, pikepdf.Stream):
            continue
        if each.get(Name.F) is not None:
            raise NotUsable("a part of it lies in another file; print it to a new PDF, and use that one")
        if each.get(Name.Subtype) == Name.Image:
            _check_picture(each)
            left -= len(each.read_raw_bytes())
            if left > 0 and not is_sound(each):
                raise NotUsable(DAMAGED)
        elif _may_grow_beyond(each) and _grows_beyond(each):
            raise NotUsable("it grows beyond all measure when it is unpacked; it may be made to do harm")


def _check_picture(picture: Any) -> None:
    try:
        dots = int(picture.get(Name.Width, 0)) * int(picture.get(Name.Height, 0))
        bits = int(picture.get(Name.BitsPerComponent, 1)) * _components(picture)
    except (TypeError, ValueError):
        raise NotUsable(DAMAGED) from None
    if dots * bits > 8 * MOST_PICTURE_BYTES:
        raise NotUsable(f"a picture in it has {dots:,} dots, more than can be read safely")


def _components(picture: Any) -> int:
    """How many numbers a dot has; three where its colors are not one of the plain kinds."""
    colors = str(picture.get(Name.ColorSpace, ""))
    is_one = "Gray" in colors or "Indexed" in colors or picture.get(Name.ImageMask, False) is True
    return 1 if is_one else 4 if "CMYK" in colors else 3


def _filters(stream: Any) -> list[str]:
    given = stream.get(Name.Filter)
    if given is None:
        return []
    return [str(each) for each in given] if isinstance(given, pikepdf.Array) else [str(given)]


def _may_grow_beyond(stream: Any) -> bool:
    size = float(stream.get(Name.Length, 0)) or float(len(stream.read_raw_bytes()))
    for each in _filters(stream):
        size *= _MOST_EXPANSION.get(each, 1)
    return size > MOST_DECODED_BYTES


def _grows_beyond(stream: Any) -> bool:
    """Unpack, piece by piece, and stop at the bound."""
    filters = _filters(stream)
    if any(each in ("/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode") for each in filters):
        return False
    if set(filters) - {"/FlateDecode", "/Fl"}:
        return _read_whole_is_large(stream)
    layers = [zlib.decompressobj() for _ in filters]
    return _size_through(layers, stream.read_raw_bytes(), 0) > MOST_DECODED_BYTES


def _size_through(layers: list[Any], packed: bytes, total: int) -> int:
    if not layers:
        return total + len(packed)
    first, rest = layers[0], layers[1:]
    try:
        waiting = packed
        while waiting and not first.eof and total <= MOST_DECODED_BYTES:
            total = _size_through(rest, first.decompress(waiting, _READ_AT_ONCE), total)
            waiting = first.unconsumed_tail
    except zlib.error:
        pass  # damaged: what reads it later says so
    return total


def _read_whole_is_large(stream: Any) -> bool:
    try:
        return len(stream.read_bytes()) > MOST_DECODED_BYTES
    except MemoryError:
        return True
    except (pikepdf.PdfError, RuntimeError, ValueError, NotImplementedError):
        return False
