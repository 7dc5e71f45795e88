"""Put fonts into a PDF that only names them, so that it looks the same on every machine.

Comes in: an open PDF. Goes out: the same with the fonts inside, and the names of those that nothing here can
stand in for. The stand-ins are as wide as the fonts that every reader is expected to have.
Source: ISO 32000-1, 9.6. Fonts: fonts/SOURCES.md. Tests: tests/packets/test_fonts_inside.py.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

_DEEPEST = 60
_SIMPLE = ("/Type1", "/TrueType", "/MMType1")
_FILES = (Name.FontFile, Name.FontFile2, Name.FontFile3)
_MONO = ("courier", "mono", "consol", "typewriter", "fixed")
_SERIF = (
    "times",
    "serif",
    "roman",
    "georgia",
    "garamond",
    "cambria",
    "palatino",
    "bookman",
    "century",
    "minion",
)
_SANS = ("sans", "helvet", "arial", "calibri", "verdana", "tahoma", "gothic", "segoe")
_SYMBOLS = {"symbol": "Symbol", "symbolmt": "Symbol", "zapfdingbats": "ZapfDingbats", "zadb": "ZapfDingbats"}


class StandIns:
    """The stand-ins that one PDF has taken in; each is stored in it once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._descriptors: dict[str, Any] = {}

    def plain(self, face: str = "Arimo-Regular") -> pikepdf.Object:
        """A font for what the builder writes itself, in WinAnsi letters."""
        font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/{face}"))
        font[Name.Encoding] = Name.WinAnsiEncoding
        self._dress(font, face, _metrics()["encodings"]["WinAnsiEncoding"])
        return self._pdf.make_indirect(font)

    def embed(self, font: Any) -> bool:
        """Give a simple font its stand-in; False where none can draw all of its letters."""
        name = str(font.get(Name.BaseFont, "")).removeprefix("/").rpartition("+")[2].lower().replace(" ", "")
        if name.partition(",")[0].partition("-")[0] in _SYMBOLS:
            return self._embed_symbol(font, _SYMBOLS[name.partition(",")[0].partition("-")[0]])
        face = face_for(name, flags=_flags(font))
        letters = _letters(font)
        known = _metrics()["fonts"][face]["widths"]
        if letters is None or any(each and each not in known and each != ".notdef" for each in letters):
            return False
        given = font.get(Name.Widths)
        self._dress(font, face, letters, widths=given if isinstance(given, Array) else None)
        font[Name.Subtype] = Name.TrueType
        font[Name.BaseFont] = Name(f"/{face}")
        font[Name.Encoding] = _encoding(letters)
        return True

    def _dress(self, font: Any, face: str, letters: list[str], *, widths: Any = None) -> None:
        measures = _metrics()["fonts"][face]
        font[Name.FontDescriptor] = self._descriptor(face, measures, flags=32)
        if widths is None:
            font[Name.FirstChar], font[Name.LastChar] = 0, 255
            font[Name.Widths] = Array([measures["widths"].get(each, 0) for each in letters])

    def _embed_symbol(self, font: Any, face: str) -> bool:
        encoding = font.get(Name.Encoding)
        if isinstance(encoding, Dictionary) and Name.Differences in encoding:
            return False
        measures = _metrics()["symbols"][face]
        codes = {int(code): tuple(value) for code, value in measures["codes"].items()}
        font[Name.Subtype] = Name.TrueType
        font[Name.BaseFont] = Name(f"/Posada{face}")
        if Name.Encoding in font:
            del font[Name.Encoding]
        font[Name.FirstChar], font[Name.LastChar] = 0, 255
        font[Name.Widths] = Array([codes.get(code, (0, 0))[1] for code in range(256)])
        font[Name.FontDescriptor] = self._descriptor(face, measures, flags=4)
        font[Name.ToUnicode] = self._pdf.make_stream(
            _to_unicode({code: each[0] for code, each in codes.items()})
        )
        return True

    def _descriptor(self, face: str, measures: dict[str, Any], *, flags: int) -> Any:
        if face not in self._descriptors:
            data = resources.files("posada.packets.fonts").joinpath(f"{face}.ttf").read_bytes()
            program = self._pdf.make_stream(data, Length1=len(data))
            self._descriptors[face] = self._pdf.make_indirect(
                Dictionary(
                    Type=Name.FontDescriptor,
                    FontName=Name(f"/{face}" if flags == 32 else f"/Posada{face}"),
                    Flags=flags | (64 if "Italic" in face else 0) | (1 if "Cousine" in face else 0),
                    FontBBox=Array(measures["bbox"]),
                    ItalicAngle=-12 if "Italic" in face else 0,
                    Ascent=measures["ascent"],
                    Descent=measures["descent"],
                    CapHeight=716,
                    StemV=140 if "Bold" in face else 80,
                    FontFile2=program,
                )
            )
        return self._descriptors[face]


def put_fonts_inside(pdf: pikepdf.Pdf, stand_ins: StandIns) -> set[str]:
    """Embed a stand-in for every font that is only named; the names of those that have none."""
    left = set()
    for font in list(fonts_of(pdf)):
        if not is_inside(font) and not (str(font.get(Name.Subtype)) in _SIMPLE and stand_ins.embed(font)):
            left.add(str(font.get(Name.BaseFont, "/(without a name)")).removeprefix("/"))
    return left


def fonts_of(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every font of a PDF, once."""
    for each in pdf.objects:
        yield from _fonts_in(each, depth=0)


def _fonts_in(value: Any, *, depth: int) -> Iterator[Any]:
    if depth > _DEEPEST:
        return
    if isinstance(value, Dictionary | Stream):
        is_descendant = str(value.get(Name.Subtype, "")).startswith("/CIDFont")
        if value.get(Name.Type) == Name.Font and not is_descendant:
            yield value
            return
        inside = [value.get(key) for key in value.keys()]  # noqa: SIM118
    elif isinstance(value, Array):
        inside = list(value)
    else:
        return
    for each in inside:
        if isinstance(each, Dictionary | Array) and not each.is_indirect:
            yield from _fonts_in(each, depth=depth + 1)


def is_inside(font: Any) -> bool:
    """Whether a font's letters are in the PDF: drawn there (type 3), or as a font file."""
    kind = str(font.get(Name.Subtype, ""))
    if kind == "/Type3":
        return True
    if kind == "/Type0":
        below = font.get(Name.DescendantFonts)
        return isinstance(below, Array) and len(below) > 0 and all(_has_file(each) for each in below)
    return _has_file(font)


def _has_file(font: Any) -> bool:
    descriptor = font.get(Name.FontDescriptor) if isinstance(font, Dictionary) else None
    return isinstance(descriptor, Dictionary) and any(
        isinstance(descriptor.get(each), Stream) for each in _FILES
    )


def face_for(name: str, *, flags: int) -> str:
    """The stand-in for a font, by its name and by what its descriptor says.

    >>> face_for("helvetica-boldoblique", flags=0), face_for("unheard-of", flags=2)
    ('Arimo-BoldItalic', 'Tinos-Regular')
    """
    if any(each in name for each in _MONO) or flags & 1:
        family = "Cousine"
    elif any(each in name for each in _SANS):
        family = "Arimo"
    else:
        family = "Tinos" if any(each in name for each in _SERIF) or flags & 2 else "Arimo"
    bold = any(each in name for each in ("bold", "black", "heavy", "demi")) or flags & (1 << 18)
    italic = "italic" in name or "oblique" in name or flags & 64
    return f"{family}-{('Bold' if bold else '') + ('Italic' if italic else '') or 'Regular'}"


def _flags(font: Any) -> int:
    descriptor = font.get(Name.FontDescriptor)
    flags = descriptor.get(Name.Flags, 0) if isinstance(descriptor, Dictionary) else 0
    return int(flags) if isinstance(flags, int) else 0


def _letters(font: Any) -> list[str] | None:
    """The name of the letter behind each code; None where the encoding is not one of those known here."""
    encodings = _metrics()["encodings"]
    given = font.get(Name.Encoding)
    standard = "StandardEncoding" if font.get(Name.Subtype) == Name.Type1 else "WinAnsiEncoding"
    if isinstance(given, Name):
        return encodings.get(str(given).removeprefix("/"))  # type: ignore[no-any-return]
    if not isinstance(given, Dictionary):
        return list(encodings[standard])
    base = str(given.get(Name.BaseEncoding, f"/{standard}")).removeprefix("/")
    letters = list(encodings.get(base, encodings[standard]))
    code = 0
    differences = given.get(Name.Differences)
    for each in list(differences) if isinstance(differences, Array) else []:
        if isinstance(each, Name):
            if 0 <= code <= 255:
                letters[code] = str(each).removeprefix("/")
            code += 1
        else:
            code = int(each)
    return letters


def _encoding(letters: list[str]) -> Any:
    base = _metrics()["encodings"]["WinAnsiEncoding"]
    differences: list[Any] = []
    for code, letter in enumerate(letters):
        if letter and letter != base[code]:
            differences += [code, Name(f"/{letter}")]
    encoding = Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding)
    if differences:
        encoding[Name.Differences] = Array(differences)
    return encoding


def _to_unicode(codes: dict[int, int]) -> bytes:
    lines = [f"<{code:02X}> <{letter:04X}>" for code, letter in sorted(codes.items())]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    body = "\n".join(f"{len(each)} beginbfchar\n" + "\n".join(each) + "\nendbfchar" for each in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Posada def /CMapType 2 def\n1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")


@lru_cache
def _metrics() -> dict[str, Any]:
    text = resources.files("posada.packets.fonts").joinpath("metrics.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def text_width(text: str, *, size: float, face: str = "Arimo-Regular") -> float:
    """How wide a text of WinAnsi letters is, in points.

    >>> text_width("Page 1 of 1", size=9) > 40
    True
    """
    letters = _metrics()["encodings"]["WinAnsiEncoding"]
    widths = _metrics()["fonts"][face]["widths"]
    wide: int = sum(widths.get(letters[code], 0) for code in text.encode("cp1252", "replace"))
    return wide * size / 1000
