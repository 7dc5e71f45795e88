"""What a file is, told by its content; its name and what the browser says about it are never asked. Pure.

Comes in: bytes. Goes out: one of the five kinds of file that the office takes, or a refusal in words.
Docs: docs/how-to/keep-a-childs-file.md. Tests: tests/office/casefile/test_content_type.py.
"""

from dataclasses import dataclass

HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
PDF_END_WITHIN = 2_048  # bytes from the end in which a whole PDF says that it ends
MOST_BYTES = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its media type and the ending of the name that it is given when it leaves."""

    media_type: str
    ending: str


PDF = FileKind("application/pdf", "pdf")
JPEG = FileKind("image/jpeg", "jpg")
PNG = FileKind("image/png", "png")
TIFF = FileKind("image/tiff", "tif")
HEIC = FileKind("image/heic", "heic")
KINDS = {each.media_type: each for each in (PDF, JPEG, PNG, TIFF, HEIC)}


class FileNotTaken(ValueError):
    """`code`: empty_file, too_large, unknown_kind or cut_short."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def kind_of(content: bytes, *, most_bytes: int = MOST_BYTES) -> FileKind:
    """The kind of a file. Raises FileNotTaken: empty, too large, of no known kind, or without its end.

    >>> kind_of(b"%PDF-1.7 ... %%EOF").ending
    'pdf'
    >>> kind_of(b"<html>%PDF-1.7 %%EOF")
    Traceback (most recent call last):
    ...
    posada.office.casefile.content_type.FileNotTaken: unknown_kind
    """
    if not content:
        raise FileNotTaken("empty_file")
    if len(content) > most_bytes:
        raise FileNotTaken("too_large")
    found = _begins(content)
    if found is None:
        raise FileNotTaken("unknown_kind")
    if not _ends(content, found):
        raise FileNotTaken("cut_short")
    return found


def _begins(content: bytes) -> FileKind | None:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith((b"II*\x00", b"MM\x00*")):
        return TIFF
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return HEIC
    return None


def _ends(content: bytes, kind: FileKind) -> bool:
    if kind is PDF:
        return b"%%EOF" in content[-PDF_END_WITHIN:]
    if kind is PNG:
        return b"IEND" in content[-64:]
    if kind is JPEG:
        return b"\xff\xd9" in content[-PDF_END_WITHIN:]
    return len(content) > 16
