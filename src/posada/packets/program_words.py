"""Words that programs left in drawings, pictures, fonts and layers: no page shows them, any program reads them.

Comes in: an open PDF of an exhibit, whose pages are set. Goes out: the same with the entries that a reader needs in
order to draw, and no others; remarks and texts beside the drawing taken out; layers without a name of their own.
Source: ISO 32000-1, tables 89, 95, 111-122, 98, and 14.6 (marked content). ICC.1:2022, 7.2-7.3.
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_program_words.py.
"""

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

_STREAM = ("/Length", "/Filter", "/DecodeParms", "/Type", "/Subtype")
_IMAGE = frozenset(
    (
        *(
            *_STREAM,
            "/Width",
            "/Height",
            "/ColorSpace",
            "/BitsPerComponent",
            "/Intent",
            "/ImageMask",
            "/Mask",
            "/Decode",
        ),
        *("/Interpolate", "/SMask", "/SMaskInData", "/Matte", "/OC"),
    )
)
_FORM = frozenset(
    (*_STREAM, "/FormType", "/BBox", "/Matrix", "/Resources", "/Group", "/OC", "/PaintType", "/TilingType")
)
_FONT = frozenset(
    (
        *(
            "/Type",
            "/Subtype",
            "/Name",
            "/BaseFont",
            "/FirstChar",
            "/LastChar",
            "/Widths",
            "/FontDescriptor",
            "/Encoding",
        ),
        *(
            "/ToUnicode",
            "/DescendantFonts",
            "/CIDSystemInfo",
            "/DW",
            "/W",
            "/DW2",
            "/W2",
            "/CIDToGIDMap",
            "/FontBBox",
        ),
        *("/FontMatrix", "/CharProcs", "/Resources"),
    )
)
_LAYER = frozenset(("/Type", "/Intent"))
_MARKS = re.compile(rb"%|\b(?:BDC|DP)\b")
_TEXTS_OF_A_PROFILE = frozenset(
    (b"desc", b"cprt", b"dmnd", b"dmdd", b"vued", b"targ", b"meta", b"pseq", b"psid")
)


def drop_words_of_programs(pdf: pikepdf.Pdf) -> None:
    """Take them out of every object."""
    for each in pdf.objects:
        if not isinstance(each, Dictionary | Stream):
            continue
        kind, subtype = str(each.get(Name.Type, "")), str(each.get(Name.Subtype, ""))
        if isinstance(each, Stream) and subtype == "/Image":
            _keep(each, _IMAGE)
        elif isinstance(each, Stream) and subtype == "/Form":
            _keep(each, _FORM)
            _without_marks(each)
        elif kind == "/Font":
            _keep(each, _FONT)
        elif kind == "/OCG":
            _keep(each, _LAYER)
            each[Name.Name] = String("Layer")
        elif isinstance(each, Dictionary):
            _bare_colors(each.get(Name.ColorSpace))
        if isinstance(each, Stream):
            _bare_colors(each.get(Name.ColorSpace))
    for each in pdf.objects:
        _bare_colors(each)


def _keep(value: Any, names: frozenset[str]) -> None:
    for key in [key for key in value.keys() if key not in names]:  # noqa: SIM118
        del value[key]


def _without_marks(form: Any) -> None:
    """A drawing without remarks, and without texts beside what it draws; only what holds any is written anew."""
    if not _MARKS.search(form.read_bytes()):
        return
    kept: list[Any] = []
    for instruction in pikepdf.parse_content_stream(form):
        operator = str(instruction.operator)
        if operator in ("DP", "MP"):
            continue
        if operator == "BDC" and instruction.operands[0] != Name.OC:
            mark = pikepdf.ContentStreamInstruction([instruction.operands[0]], pikepdf.Operator("BMC"))
            kept.append(mark)
            continue
        kept.append(instruction)
    form.write(pikepdf.unparse_content_stream(kept))


def _bare_colors(value: Any) -> None:
    """Color profiles without their texts, wherever a space of colors names one."""
    if not isinstance(value, Array) or len(value) != 2 or value[0] != Name.ICCBased:
        return
    profile = value[1]
    if isinstance(profile, Stream):
        data = profile.read_bytes()
        bare = bare_profile(data)
        if bare != data:
            profile.write(bare)
        _keep(profile, frozenset((*_STREAM, "/N", "/Alternate", "/Range")))


def bare_profile(profile: bytes) -> bytes:
    """A color profile in whose texts nothing stands, cut at its own end; what is no profile becomes nothing."""
    if len(profile) < 132 or profile[36:40] != b"acsp":
        return b""
    content = bytearray(profile[: int.from_bytes(profile[:4], "big")])
    used = [(0, 132 + 12 * int.from_bytes(content[128:132], "big"))]
    for number in range(min(int.from_bytes(content[128:132], "big"), 200)):
        entry = content[132 + 12 * number : 144 + 12 * number]
        start, size = int.from_bytes(entry[4:8], "big"), int.from_bytes(entry[8:12], "big")
        if bytes(entry[:4]) in _TEXTS_OF_A_PROFILE:
            content[start + 8 : start + size] = bytes(max(0, min(size, len(content) - start) - 8))
        used.append((start, start + size))
    end = 0
    for start, stop in sorted(used):  # what lies between the parts belongs to none
        if start > end:
            content[end:start] = bytes(min(start, len(content)) - min(end, len(content)))
        end = max(end, stop)
    del content[end:]
    content[:4] = len(content).to_bytes(4, "big")
    return bytes(content)
