"""Take out of a PDF what is not on its pages: properties, scripts, attachments, thumbnails, camera data.

Comes in: an open PDF. Goes out: the same, with nothing left that only a program would see.
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_build.py.
"""

import base64
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from posada.packets.image_bytes import NotAPicture, bare_jpeg, bare_jpeg2000
from posada.packets.located import NotUsable

_DEEPEST = 60
_DROPPED: dict[str, tuple[type, ...]] = {
    "/Metadata": (Stream,),
    "/PieceInfo": (Dictionary,),
    "/AA": (Dictionary,),
    "/OpenAction": (Dictionary, Array),
    "/AF": (Dictionary, Array),
    "/Thumb": (Stream,),
    "/OPI": (Dictionary,),
    "/PtData": (Dictionary, Array),
    "/EmbeddedFiles": (Dictionary,),
    "/JavaScript": (Dictionary,),
    "/LastModified": (pikepdf.String,),
}
"""Entries that no page needs in order to look as it does; dropped where the value is of the kind named."""

_NOT_BARED = "a picture is too damaged for what a camera wrote beside it to be taken out; print and scan it"
_TOO_DEEP = "its parts lie within each other too deep to be looked through; print and scan it"
_CATALOG_KEPT = ("/Type", "/Pages", "/StructTreeRoot", "/MarkInfo", "/Lang", "/Version", "/OCProperties")


def scrub(pdf: pikepdf.Pdf) -> None:
    """Drop everything that stands beside the pages, and what their objects carry along unseen.

    Raises NotUsable where that can't be done.
    """
    for key in [key for key in pdf.Root.keys() if key not in _CATALOG_KEPT]:  # noqa: SIM118
        del pdf.Root[key]
    for key in [key for key in pdf.trailer.keys() if key in ("/Info",)]:  # noqa: SIM118
        del pdf.trailer[key]
    for each in pdf.objects:
        _scrub_object(each, depth=0)
        if isinstance(each, Stream) and each.get(Name.Subtype) == Name.Image:
            _bare(each)


def _scrub_object(value: Any, *, depth: int) -> None:
    if depth > _DEEPEST:
        raise NotUsable(_TOO_DEEP)
    if isinstance(value, Array):
        for each in value:
            if isinstance(each, Dictionary | Array) and not each.is_indirect:
                _scrub_object(each, depth=depth + 1)
    elif isinstance(value, Dictionary | Stream):
        for key in list(value.keys()):
            inner = value.get(key)
            if key in _DROPPED and isinstance(inner, _DROPPED[key]):
                del value[key]
            elif isinstance(inner, Dictionary | Array) and not inner.is_indirect:
                _scrub_object(inner, depth=depth + 1)


def _bare(picture: Any) -> None:
    """A picture's stream without what a camera or a program wrote beside the picture."""
    if Name.Alternates in picture:
        del picture[Name.Alternates]
    filters = _listed(picture.get(Name.Filter))
    if not filters or str(filters[-1]) not in ("/DCTDecode", "/DCT", "/JPXDecode"):
        return
    parameters = _listed(picture.get(Name.DecodeParms))
    last = parameters[-1] if len(parameters) == len(filters) else None
    try:
        data = _unpacked(picture.read_raw_bytes(), [str(each) for each in filters[:-1]])
        is_jpeg = str(filters[-1]) != "/JPXDecode"
        bare = bare_jpeg(data, keep_profile=False) if is_jpeg else bare_jpeg2000(data)
    except (NotAPicture, ValueError, zlib.error):
        raise NotUsable(_NOT_BARED) from None  # what stands beside it would leave with it
    if bare != data or len(filters) > 1:
        picture.write(bare, filter=filters[-1], decode_parms=last)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _unpacked(data: bytes, filters: list[str]) -> bytes:
    for each in filters:
        if each in ("/FlateDecode", "/Fl"):
            data = zlib.decompressobj().decompress(data, 200_000_000)
        elif each in ("/ASCII85Decode", "/A85"):
            data = base64.a85decode(data.strip().removesuffix(b"~>"))
        elif each in ("/ASCIIHexDecode", "/AHx"):
            data = bytes.fromhex(data.decode("ascii").strip().removesuffix(">"))
        else:
            raise ValueError(f"a filter that is not taken off: {each}")
    return data
