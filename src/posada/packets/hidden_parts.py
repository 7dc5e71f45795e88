"""What a PDF carries along beside its pages: properties, scripts, attachments, fields, fonts, tags.

Comes in: the path of a packet. Goes out: `Hidden`, found object by object. Shares nothing with `scrub.py`.
Docs: docs/explanation/packets.md. Tests: tests/packets/test_check.py.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from posada.packets.errors import PacketUnreadable
from posada.packets.fonts_inside import fonts_of, is_inside

_DEEPEST = 80
_ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE", "/Rendition"),
    *("/Sound", "/Movie", "/Hide", "/Named", "/SetOCGState", "/RichMediaExecute", "/GoTo3DView", "/Thread"),
}
_CAMERA = (b"Exif\0\0", b"http://ns.adobe.com/xap/", b"Photoshop 3.0\0", b"http://ns.adobe.com/xmp/")
_STANDARD = ("helvetica", "times", "courier", "arial", "symbol", "zapfdingbats")


@dataclass
class Hidden:
    """What was found, as words for a message; empty where there is nothing."""

    properties: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    fields: int = 0
    signatures: int = 0
    camera: int = 0
    standard_fonts: list[str] = field(default_factory=list)
    other_fonts: list[str] = field(default_factory=list)
    revisions: int = 1
    is_encrypted: bool = False
    is_tagged: bool = False
    has_suspects: bool = False
    untagged: list[int] = field(default_factory=list)
    has_language: bool = False
    has_title: bool = False
    boxes: list[int] = field(default_factory=list)
    """Pages (from 1) that are not upright Letter by their boxes."""


def hidden_parts(path: Path) -> Hidden:
    """Look through every object. Raises PacketUnreadable."""
    found = Hidden(revisions=_revisions(path))
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            found.is_encrypted = pdf.is_encrypted
            _properties(pdf, found)
            _catalog(pdf, found)
            for each in pdf.objects:
                _look(each, found, depth=0)
            for font in fonts_of(pdf):
                _font(font, found)
            for number, page in enumerate(pdf.pages, 1):
                _page(page, number, found)
    except pikepdf.PasswordError:
        raise PacketUnreadable(f"{path}: it is locked with a password.") from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        raise PacketUnreadable(f"{path}: it is damaged.") from None
    return found


def _revisions(path: Path) -> int:
    """How many times the file was written: each leaves its mark at its end."""
    marks, before = 0, b""
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            marks += (before + piece).count(b"%%EOF")
            before = piece[-4:]
    return max(1, marks)


def _properties(pdf: pikepdf.Pdf, found: Hidden) -> None:
    listed = pdf.trailer.get(Name.Info)
    names = [str(key) for key in listed.keys()] if isinstance(listed, Dictionary) else []  # noqa: SIM118
    found.has_title = "/Title" in names
    found.properties += [key.removeprefix("/") for key in names if key != "/Title"]
    found.has_language = Name.Lang in pdf.Root


def _catalog(pdf: pikepdf.Pdf, found: Hidden) -> None:
    root = pdf.Root
    names = root.get(Name.Names)
    if isinstance(names, Dictionary):
        if Name.EmbeddedFiles in names:
            found.attachments.append("a list of files")
        if Name.JavaScript in names:
            found.scripts.append("scripts of the document")
    if Name.OpenAction in root and not isinstance(root.OpenAction, Array):
        found.scripts.append("an action on opening")
    if Name.Collection in root:
        found.attachments.append("a portfolio")
    form = root.get(Name.AcroForm)
    if isinstance(form, Dictionary):
        fields = form.get(Name.Fields)
        found.fields += len(fields) if isinstance(fields, Array) else 1
        if Name.XFA in form:
            found.scripts.append("a form that is a program (XFA)")
    marks = root.get(Name.MarkInfo)
    tree = Name.StructTreeRoot in root
    found.is_tagged = tree and isinstance(marks, Dictionary) and marks.get(Name.Marked, False) is True
    found.has_suspects = isinstance(marks, Dictionary) and marks.get(Name.Suspects, False) is True


def _look(value: Any, found: Hidden, *, depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(value, Dictionary | Stream):
        _look_at_entries(value, found)
        if isinstance(value, Stream) and value.get(Name.Subtype) == Name.Image:
            start = value.read_raw_bytes()[:262_144] if "DCT" in str(value.get(Name.Filter)) else b""
            found.camera += any(mark in start for mark in _CAMERA)
        inside = [value.get(key) for key in value.keys()]  # noqa: SIM118
    elif isinstance(value, Array):
        inside = list(value)
    else:
        return
    for each in inside:
        if isinstance(each, Dictionary | Array) and not each.is_indirect:
            _look(each, found, depth=depth + 1)


def _look_at_entries(value: Any, found: Hidden) -> None:
    kind, subtype = str(value.get(Name.Type, "")), str(value.get(Name.Subtype, ""))
    if isinstance(value.get(Name.Metadata), Stream) or (kind == "/Metadata" and isinstance(value, Stream)):
        found.properties.append("XMP")
    for key, words in (("/PieceInfo", "data of a program"), ("/Thumb", "a small picture of a page")):
        if isinstance(value.get(key), Dictionary | Stream):
            found.properties.append(words)
    action = str(value.get(Name.S, "")) if kind != "/StructElem" else ""
    if action in _ACTIONS:
        found.scripts.append(f"an action ({action.removeprefix('/')})")
    elif Name.JS in value:
        found.scripts.append("a script")
    if isinstance(value.get(Name.AA), Dictionary):
        found.scripts.append("an action that starts by itself")
    if kind in ("/Filespec", "/F", "/EmbeddedFile") or subtype == "/FileAttachment":
        found.attachments.append("a file")
    if subtype == "/Widget":
        found.fields += 1
        found.signatures += value.get(Name.FT) == Name.Sig


def _font(font: Any, found: Hidden) -> None:
    if is_inside(font):
        return
    name = str(font.get(Name.BaseFont, "/without a name")).removeprefix("/")
    standard = str(font.get(Name.Subtype)) != "/Type0" and name.lower().startswith(_STANDARD)
    (found.standard_fonts if standard else found.other_fonts).append(name)


def _page(page: pikepdf.Page, number: int, found: Hidden) -> None:
    upright = int(page.obj.get(Name.Rotate, 0) or 0) % 360 == 0
    boxes = [tuple(round(float(edge), 1) for edge in box) for box in (page.mediabox, page.cropbox)]
    if not upright or any(box != (0.0, 0.0, 612.0, 792.0) for box in boxes):
        found.boxes.append(number)
    if Name.StructParents not in page.obj:
        found.untagged.append(number)
