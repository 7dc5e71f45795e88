"""Papers full of what nobody sees on them, each thing with a canary of its own; and two readers that look for them.

Comes in: a folder. Goes out: a PDF, photographs and what each canary stands for. The readers: every object of a PDF
with its streams unpacked (pikepdf), and the programs of poppler; pictures also by PIL, and all of it as raw bytes.
"""

import io
import re
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

SEEN = "Shown to everybody"
CANARY = re.compile(rb"Zq[0-9]{3}[a-z]+")


class Canaries:
    """Draws marks: `Zq` with a number and a word, so that no two are alike."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}

    def __call__(self, kind: str) -> str:
        mark = f"Zq{len(self.kinds):03}" + "".join(each for each in kind.lower() if each.isalpha())
        self.kinds[mark] = kind
        return mark


def icc(mark: str) -> bytes:
    """A profile of colors whose description says something."""
    content = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = content.find(b"s\0R\0G\0B\0") if b"s\0R\0G\0B\0" in content else content.find(b"sRGB")
    said = mark.encode() if content[at : at + 4] == b"sRGB" else mark.encode("utf-16-be")
    return bytes(content) + said + mark.encode()


def jpeg(canaries: Canaries, where: str, *, size: tuple[int, int] = (300, 200)) -> bytes:
    """A photograph with all that a phone and a program write into one."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((20, 20, 120, 90), fill="red")
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = canaries(f"EXIF camera of {where}"), canaries(f"EXIF artist of {where}")
    exif.get_ifd(0x8825)[29] = canaries(f"EXIF day of the place of {where}")
    held = io.BytesIO()
    image.save(
        held,
        "JPEG",
        exif=exif,
        comment=canaries(f"comment of {where}").encode(),
        icc_profile=icc(canaries(f"color profile of {where}")),
        xmp=f"<x:xmpmeta>{canaries(f'XMP of {where}')}</x:xmpmeta>".encode(),
    )
    iptc = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + canaries(f"IPTC of {where}").encode()
    thumb = b"JFXX\0\x10" + canaries(f"thumbnail of {where}").encode()
    data = held.getvalue()
    segments = b"".join(
        marker + (len(body) + 2).to_bytes(2, "big") + body
        for marker, body in ((b"\xff\xed", iptc), (b"\xff\xe0", thumb))
    )
    behind = b"\0\0" + canaries(f"a second picture behind {where}").encode()
    return data[:20] + segments + data[20:] + behind


def png(canaries: Canaries, where: str) -> bytes:
    """A picture with words of a program beside it."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", canaries(f"PNG text of {where}"))
    told.add_itxt("XML:com.adobe.xmp", canaries(f"PNG XMP of {where}"))
    told.add_text("Comment", canaries(f"PNG packed text of {where}"), zip=True)
    exif = Image.Exif()
    exif[0x010E] = canaries(f"PNG EXIF of {where}")
    held = io.BytesIO()
    Image.new("RGBA", (80, 60), (200, 0, 0, 255)).save(
        held, "PNG", pnginfo=told, exif=exif, icc_profile=icc(canaries(f"PNG profile of {where}"))
    )
    return held.getvalue() + canaries(f"bytes behind {where}").encode()


def tiff(canaries: Canaries) -> bytes:
    """A scan with words of the scanner beside it."""
    held = io.BytesIO()
    tags = {270: canaries("TIFF description"), 305: canaries("TIFF program"), 315: canaries("TIFF artist")}
    Image.new("L", (200, 260), "white").save(held, "TIFF", tiffinfo=tags)
    return held.getvalue() + canaries("bytes behind a TIFF").encode()


def pdf(path: Path, canaries: Canaries) -> Path:
    """A PDF whose first page says what is seen, and that carries everything else unseen; written twice over."""
    with pikepdf.new() as opened:
        font = opened.make_indirect(_font(canaries))
        for number in range(4):
            opened.pages.append(pikepdf.Page(_page(opened, font, canaries, number)))
        _beside_the_pages(opened, canaries)
        _on_the_page(opened, opened.pages[0].obj, canaries)
        opened.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return _written_again(path, canaries)


def _font(canaries: Canaries) -> Any:
    widths = Array([600] * 224)
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Courier,
        Encoding=Name.WinAnsiEncoding,
        FirstChar=32,
        LastChar=255,
        Widths=widths,
        XX_Note=String(canaries("a key of one's own in a font")),
    )


def _page(opened: Pdf, font: Any, canaries: Canaries, number: int) -> Any:
    """The first holds words that are not seen in every way; each of the others one way alone."""
    lines = [f"BT /F 14 Tf 60 700 Td ({SEEN} {number}) Tj ET"]
    if number == 0:
        lines += [
            f"% {canaries('a remark in the drawing')}",
            f"/Span << /ActualText ({canaries('another text for a drawing')}) /Alt (x) >> BDC EMC",
            f"/X << /Note ({canaries('a mark in the drawing')}) >> DP",
            f"/OC /L BDC BT /F 12 Tf 60 640 Td ({canaries('a layer that is off')}) Tj ET EMC",
            "q 100 0 0 70 400 600 cm /Photo Do Q",
        ]
    if number == 1:
        lines += [
            f"BT /F 12 Tf 60 560 Td ({canaries('text under a black box')}) Tj ET",
            "0 g 50 550 400 30 re f",
        ]
    if number == 2:
        lines += [
            f"1 g BT /F 12 Tf 60 500 Td ({canaries('white text on white')}) Tj ET 0 g",
            f"BT 3 Tr /F 12 Tf 60 600 Td ({canaries('text that is drawn unseen')}) Tj 0 Tr ET",
            f"BT /F 12 Tf -900 500 Td ({canaries('text beside the page')}) Tj ET",
        ]
    if number == 3:
        lines += [
            f"BT /F 12 Tf 60 460 Td ({canaries('text under a white picture')}) Tj ET",
            "q 400 0 0 40 50 450 cm /White Do Q",
        ]
    white = opened.make_stream(b"\xff", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    white.ColorSpace, white.BitsPerComponent = Name.DeviceGray, 8
    layer = opened.make_indirect(Dictionary(Type=Name.OCG, Name=String(canaries("the name of a layer"))))
    if number == 0:
        opened.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    return Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, 612, 792]),
        Resources=Dictionary(
            Font=Dictionary(F=font),
            XObject=Dictionary(
                White=white, Photo=_photo(opened, canaries, number), Unused=_unused(opened, canaries)
            ),
            Properties=Dictionary(L=layer),
        ),
        Contents=opened.make_stream("\n".join(lines).encode("cp1252")),
        PieceInfo=Dictionary(Word=Dictionary(Private=String(canaries("data of a program")))),
        Thumb=opened.make_stream(canaries("a small picture of the page").encode(), Width=1, Height=1),
        Metadata=opened.make_stream(canaries("XMP of a page").encode(), Type=Name.Metadata, Subtype=Name.XML),
        XX_Note=String(canaries("a key of one's own in a page")),
        LastModified=String(canaries("a date that is none")),
    )


def _photo(opened: Pdf, canaries: Canaries, number: int) -> Any:
    stream = opened.make_stream(
        jpeg(canaries, f"a picture in the PDF {number}"),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=300,
        Height=200,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    profile = opened.make_stream(icc(canaries("the profile of a picture")), N=3, Alternate=Name.DeviceRGB)
    stream.ColorSpace = Array([Name.ICCBased, profile])
    stream.Metadata = opened.make_stream(
        canaries("XMP of a picture").encode(), Type=Name.Metadata, Subtype=Name.XML
    )
    stream.XX_Note = String(canaries("a key of one's own in a picture"))
    return stream


def _unused(opened: Pdf, canaries: Canaries) -> Any:
    text = f"BT /F 9 Tf 9 9 Td ({canaries('a drawing that no page draws')}) Tj ET".encode()
    return opened.make_stream(text, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]))


def _beside_the_pages(opened: Pdf, canaries: Canaries) -> None:
    info = {
        key: canaries(f"the property {key}")
        for key in ("Title", "Author", "Subject", "Keywords", "Creator", "Own")
    }
    opened.trailer.Info = opened.make_indirect(
        Dictionary({f"/{key}": String(said) for key, said in info.items()})
    )
    opened.Root.Metadata = opened.make_stream(
        f"<x:xmpmeta>{canaries('XMP')}</x:xmpmeta>".encode(), Type=Name.Metadata, Subtype=Name.XML
    )
    inside = opened.make_stream(canaries("an attached file").encode(), Type=Name.EmbeddedFile)
    spec = opened.make_indirect(
        Dictionary(
            Type=Name.Filespec, F=String(canaries("the name of an attached file")), EF=Dictionary(F=inside)
        )
    )
    script = Dictionary(S=Name.JavaScript, JS=String(canaries("a script")))
    opened.Root.Names = Dictionary(
        EmbeddedFiles=Dictionary(Names=Array([String("a"), spec])),
        JavaScript=Dictionary(Names=Array([String(canaries("the name of a script")), script])),
        Dests=Dictionary(
            Names=Array([String(canaries("the name of a place")), Array([opened.pages[0].obj, Name.Fit])])
        ),
    )
    opened.Root.AF, opened.Root.OpenAction = Array([spec]), script
    opened.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(canaries("a label of a page")))]))
    opened.Root.PieceInfo = Dictionary(
        X=Dictionary(Private=String(canaries("data of a program for the whole")))
    )
    element = Dictionary(Type=Name.StructElem, S=Name.P, Alt=String(canaries("a description in the tags")))
    element.T, element.E = (
        String(canaries("a title in the tags")),
        String(canaries("an expansion in the tags")),
    )
    opened.Root.StructTreeRoot = opened.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, K=opened.make_indirect(element))
    )
    opened.Root.Own = String(canaries("a key of one's own in the catalog"))
    opened.make_indirect(Dictionary(Left=String(canaries("an object that nothing names"))))


def _on_the_page(opened: Pdf, page: Any, canaries: Canaries) -> None:
    box = Array([300, 300, 320, 320])
    words = {"Contents": "words", "T": "author", "Subj": "subject", "RC": "rich words", "NM": "name"}
    kinds = (Name.Text, Name.Highlight, Name.Square, Name.Stamp, Name.Popup, Name.Caret)
    listed = [
        Dictionary(
            {
                "/Type": Name.Annot,
                "/Subtype": kind,
                "/Rect": box,
                **{
                    f"/{key}": String(canaries(f"{what} of a {str(kind)[1:]}")) for key, what in words.items()
                },
            }
        )
        for kind in kinds
    ]
    drawn = opened.make_stream(b"0.5 g 0 0 20 20 re f", Subtype=Name.Form, BBox=Array([0, 0, 20, 20]))
    drawn.XX_Note = String(canaries("a key of one's own in a mark"))
    listed[3].AP = Dictionary(N=drawn, D=opened.make_stream(canaries("a stamp while it is pressed").encode()))
    inside = opened.make_stream(canaries("a file pinned to the page").encode(), Type=Name.EmbeddedFile)
    spec = Dictionary(
        Type=Name.Filespec, F=String(canaries("the name of a pinned file")), EF=Dictionary(F=inside)
    )
    listed.append(Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=box, FS=spec))
    shown = {"FT": Name.Tx, "Subtype": Name.Widget, "Type": Name.Annot, "Rect": Array([100, 200, 400, 224])}
    fields = [
        {"V": "a hidden field", "F": 2, "DV": "the first value of a hidden field"},
        {"V": "a password", "Ff": 8192, "TU": "the help of a field", "TM": "the export name of a field"},
        {"DV": "the first value of a field", "F": 4, "T": "the name of a field"},
    ]
    for each in fields:
        told = {key: String(canaries(said)) if isinstance(said, str) else said for key, said in each.items()}
        listed.append(Dictionary({f"/{key}": value for key, value in {**shown, **told}.items()}))
    page.Annots = Array([opened.make_indirect(each) for each in listed])
    opened.Root.AcroForm = Dictionary(Fields=Array(list(page.Annots)[-3:]), DA=String("/Helv 0 Tf 0 g"))
    opened.Root.AcroForm.XFA = opened.make_stream(canaries("a form that is a program").encode())


def _written_again(path: Path, canaries: Canaries) -> Path:
    """An earlier version before, another object in an update behind it, and bytes behind the end."""
    before = path.read_bytes()
    at = int(before.rpartition(b"startxref")[2].split()[0])
    size = int(re.findall(rb"/Size (\d+)", before)[-1])
    root = re.findall(rb"/Root (\d+ \d+ R)", before)[-1]
    old = f"({canaries('an object of an earlier version')})".encode()
    first = b"\n%d 0 obj\n%s\nendobj\n" % (size, old)
    table = len(before) + len(first)
    first += (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        % (*(size, len(before) + 1, size + 1, root, at, table),)
    )
    second_at = len(before) + len(first)
    second = b"%d 0 obj\n(new)\nendobj\n" % size
    second += (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        % (*(size, second_at, size + 1, root, table, second_at + len(second)),)
    )
    path.write_bytes(before + first + second + canaries("bytes behind the end").encode())
    return path


def found_in(content: bytes) -> set[str]:
    """Canaries in bytes: as they are, and as UTF-16."""
    plain = content.replace(b"\0", b"")
    return {each.decode() for each in CANARY.findall(content) + CANARY.findall(plain)}


def read_by_objects(path: Path) -> set[str]:
    """Everything that pikepdf reaches: each object written out, each stream as it lies and unpacked; and the file."""
    found = found_in(path.read_bytes())
    with pikepdf.open(path) as opened:
        for each in [*opened.objects, opened.trailer]:
            found |= found_in(each.unparse() if not isinstance(each, Stream) else b"")
            if isinstance(each, Stream):
                found |= found_in(each.stream_dict.unparse()) | found_in(each.read_raw_bytes())
                found |= found_in(_unpacked(each))
            found |= found_in(str(_strings(each, 0)).encode())
    return found


def _unpacked(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except (pikepdf.PdfError, zlib.error):
        return bytes(stream.read_raw_bytes())


def _strings(value: Any, depth: int) -> list[str]:
    """Texts in an object, decoded as a reader shows them; what it only refers to is looked at by itself."""
    if isinstance(value, String):
        return [str(value)]
    if depth > 20 or (depth > 0 and getattr(value, "is_indirect", False)):
        return []
    if isinstance(value, Dictionary | Stream):
        return [text for key in value.keys() for text in [str(key), *_strings(value.get(key), depth + 1)]]  # noqa: SIM118
    if isinstance(value, Array):
        return [text for each in value for text in _strings(each, depth + 1)]
    return []


def read_by_poppler(path: Path, space: Path) -> set[str]:
    """What poppler's programs show: all words, properties, XMP, scripts, tags, files, pictures."""
    found: set[str] = set()
    commands = [
        *(
            ["pdftotext", "-raw", str(path), "-"],
            ["pdftotext", "-bbox", str(path), "-"],
            ["pdfinfo", str(path)],
        ),
        *(
            ["pdfinfo", "-meta", str(path)],
            ["pdfinfo", "-js", str(path)],
            ["pdfinfo", "-struct-text", str(path)],
        ),
        *(["pdfinfo", "-dests", str(path)], ["pdfinfo", "-custom", str(path)], ["pdffonts", str(path)]),
        *(["pdfdetach", "-list", str(path)], ["pdfinfo", "-url", str(path)]),
    ]
    for command in commands:
        ran = subprocess.run(command, capture_output=True, check=False)
        assert ran.returncode == 0, (command, ran.stderr)
        found |= found_in(ran.stdout)
    space.mkdir(exist_ok=True)
    subprocess.run(["pdfimages", "-all", str(path), str(space / "image")], check=True)
    subprocess.run(["pdfdetach", "-saveall", "-o", str(space), str(path)], check=True, capture_output=True)
    for each in space.iterdir():
        found |= found_in(each.read_bytes()) | read_by_pil(each.read_bytes())
    return found


def read_by_pil(content: bytes) -> set[str]:
    """What PIL tells of a picture beside the picture."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            said = [*map(str, image.info.items()), *map(str, dict(image.getexif()).items())]
            said += [str(getattr(image, "text", "")), str(dict(getattr(image, "tag_v2", {})))]
    except (OSError, ValueError):
        return set()
    return found_in(" ".join(said).encode())
