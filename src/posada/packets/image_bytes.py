"""Take out of a compressed picture what no eye sees: camera, place and time, thumbnails, comments.

Only whole segments are dropped; the picture itself stays as it is, byte for byte.
Sources: ITU-T T.81 (JPEG), ISO/IEC 15444-1 Annex I (JPEG 2000). Tests: tests/packets/test_pictures.py.
"""

from collections.abc import Iterator

_START, _SCAN, _END = 0xD8, 0xDA, 0xD9
_ALONE = {0x01, *range(0xD0, 0xDA)}  # markers without a length
_KEPT_APPLICATION = {0xE0, 0xEE}  # JFIF's density; Adobe's note of how colors are coded
_COMMENT = 0xFE
_ICC = b"ICC_PROFILE\0"

_KEPT_BOXES = {b"jP  ", b"ftyp", b"jp2h", b"jp2c", b"rreq"}


class NotAPicture(ValueError):  # noqa: N818
    """The bytes are no whole picture of this kind."""


def bare_jpeg(picture: bytes, *, keep_profile: bool = True) -> bytes:
    """A JPEG without EXIF, XMP, IPTC, thumbnails and comments. Raises NotAPicture if its head is cut off.

    `keep_profile`: whether the color profile (ICC) stays. What follows the picture's end is dropped too.
    """
    parts, rest = [b"\xff\xd8"], len(picture)
    for marker, start, end in _segments(picture):
        if marker == _SCAN:
            rest = start
            break
        segment = picture[start:end]
        is_profile = marker == 0xE2 and segment[4 : 4 + len(_ICC)] == _ICC
        if marker == _COMMENT or (
            0xE0 <= marker <= 0xEF and marker not in _KEPT_APPLICATION and not (keep_profile and is_profile)
        ):
            continue
        if marker == 0xE0 and segment[4:9] != b"JFIF\0":
            continue  # JFXX holds a thumbnail
        parts.append(_without_thumbnail(segment) if marker == 0xE0 else segment)
    if rest >= len(picture):
        raise NotAPicture("a JPEG that is cut off")
    return b"".join((*parts, _bare_scans(picture[rest:])))


def _bare_scans(scans: bytes) -> bytes:
    """From the first scan to the picture's end; a phone may put a second picture behind it."""
    position = 0
    while True:
        position = scans.find(b"\xff", position)
        if position < 0 or position + 1 >= len(scans):
            return scans  # readers draw what is there
        marker = scans[position + 1]
        if marker == _END:
            return scans[: position + 2]
        if marker == 0 or marker == 0xFF or 0xD0 <= marker <= 0xD7:
            position += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(scans[position + 2 : position + 4], "big")
        if 0xE0 <= marker <= 0xEF or marker == _COMMENT:
            scans = scans[:position] + scans[position + 2 + length :]
            continue
        position += 2 + max(length, 2)


def _segments(picture: bytes) -> Iterator[tuple[int, int, int]]:
    if picture[:2] != b"\xff\xd8":
        raise NotAPicture("no JPEG")
    position = 2
    while position + 4 <= len(picture):
        if picture[position] != 0xFF:
            raise NotAPicture("a damaged JPEG")
        marker = picture[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker in _ALONE:
            position += 2
            continue
        length = int.from_bytes(picture[position + 2 : position + 4], "big")
        end = position + 2 + length
        if length < 2 or end > len(picture):
            raise NotAPicture("a JPEG that is cut off")
        yield marker, position, end
        position = end


def _without_thumbnail(segment: bytes) -> bytes:
    """JFIF's own segment without the small picture that may follow its 16 bytes."""
    if len(segment) <= 18:
        return segment
    head = segment[:16] + b"\0\0"
    return head[:2] + (len(head) - 2).to_bytes(2, "big") + head[4:]


def bare_jpeg2000(picture: bytes) -> bytes:
    """A JPEG 2000 file without XML and UUID boxes (XMP, EXIF, place). A bare code stream stays as it is."""
    if picture[:4] == b"\xff\x4f\xff\x51":
        return picture
    kept, position = [], 0
    while position + 8 <= len(picture):
        length, kind = (
            int.from_bytes(picture[position : position + 4], "big"),
            picture[position + 4 : position + 8],
        )
        if length == 1:
            length = int.from_bytes(picture[position + 8 : position + 16], "big")
        if length == 0:
            length = len(picture) - position
        if length < 8 or position + length > len(picture):
            raise NotAPicture("a JPEG 2000 picture that is cut off")
        if kind in _KEPT_BOXES:
            kept.append(picture[position : position + length])
        position += length
    if not kept:
        raise NotAPicture("no JPEG 2000 picture")
    return b"".join(kept)
