"""Makes exhibits and packet folders for the tests: PDFs by hand, pictures, and the packet.toml."""

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageDraw

HEAD = """\
forum = "{forum}"
court = "Baltimore, Maryland"
filing_title = "RESPONDENT'S EXHIBIT LIST AND EVIDENCE"
detained = {detained}
filing_date = {filing_date}
[[respondents]]
name = "Example Child"
a_number = "000-000-001"
[hearing]
kind = "{kind}"
date = {hearing_date}
time = "13:00"
judge = "Hon. Example"
[filer]
name = "Example Attorney"
eoir_id = "AB123456"
firm = "Example Clinic"
address = ["1 Example Street", "Baltimore, MD 21201"]
phone = "555-0100"
email = "attorney@example.org"
[service]
method = "portal"
on = "DHS counsel"
date = 2025-03-03
"""
TRANSLATOR = """\
[exhibits.translator]
name = "Example Translator"
address = "2 Example Street, Baltimore"
phone = "555-0101"
languages = ["spa", "eng"]
"""
Change = Callable[[Pdf], None]


def page_pdf(
    path: Path,
    *,
    words: Sequence[str] = ("Acta de nacimiento",),
    size: tuple[float, float, float, float] = (0, 0, 612, 792),
    change: Change = lambda _: None,
    **entries: Any,
) -> Path:
    """A PDF with a page for each text, at its upper left, in a font that is only named; then `change` it."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
            )
        )
        for text in words:
            shown = text.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)")
            left, top = size[0] + 50, size[3] - 60
            drawn = b"BT /F1 14 Tf %d %d Td (%s) Tj ET" % (left, top, shown)
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array(size),
                Resources=Dictionary(Font=Dictionary(F1=font)),
                Contents=pdf.make_stream(drawn),
                **entries,
            )
            pdf.pages.append(pikepdf.Page(page))
        change(pdf)
        pdf.save(path)
    return path


def photo(path: Path, *, size: tuple[int, int] = (600, 400), orientation: int = 1, **options: Any) -> Path:
    """A picture whose upper left quarter is red, with camera data that must not come out."""
    image = Image.new("RGB", size, "lightgray")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red")
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CANARY-CAMERA"
    image.save(path, exif=exif, **options)
    return path


def field_form(pdf: Pdf, *, value: str, kind: Any = Name.Tx, **entries: Any) -> None:
    """Put a form with one field on the first page, without a drawing of its value."""
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=kind,
            T=String("name"),
            V=String(value),
            DA=String("/Helv 12 Tf 0 g"),
            Rect=Array([100, 500, 400, 524]),
            F=4,
            **entries,
        )
    )
    pdf.pages[0].obj.Annots = Array([widget])
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), DA=String("/Helv 0 Tf 0 g"))


def quoted(text: str) -> str:
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False)


def exhibit(
    title: str, file: str, *, language: str = "eng", translation: str = "", certified: bool = True
) -> str:
    """An entry of packet.toml."""
    lines = ["[[exhibits]]", f"title = {quoted(title)}", f"file = {quoted(file)}", f'language = "{language}"']
    if translation:
        lines.append(f"translation = {quoted(translation)}")
    return "\n".join(lines) + "\n" + (TRANSLATOR if translation and certified else "")


def packet_toml(
    folder: Path,
    *exhibits: str,
    more: str = "",
    forum: str = "immigration_court",
    detained: str = "false",
    filing_date: str = "2025-03-03",
    hearing_date: str = "2025-04-14",
    kind: str = "individual",
) -> Path:
    """A packet folder with these entries. `more` follows the head."""
    head = HEAD.format(
        forum=forum, detained=detained, filing_date=filing_date, hearing_date=hearing_date, kind=kind
    )
    folder.mkdir(exist_ok=True)
    (folder / "packet.toml").write_text(head + more + "".join(exhibits), encoding="utf-8")
    return folder


def sample(folder: Path) -> Path:
    """A packet with a translated birth certificate of two pages, a photo, and a report of three pages."""
    folder.mkdir(exist_ok=True)
    page_pdf(folder / "birth.pdf", words=["Acta de nacimiento ñ", "Segunda página"])
    page_pdf(folder / "birth-en.pdf", words=["Birth certificate, in English"])
    photo(folder / "house.jpg", orientation=6)
    page_pdf(folder / "report.pdf", words=["Report one", "Report two", "Report three"])
    return packet_toml(
        folder,
        exhibit("Birth certificate", "birth.pdf", language="spa", translation="birth-en.pdf"),
        exhibit("Photograph of the house", "house.jpg"),
        exhibit("Country report", "report.pdf"),
    )


def png(size: tuple[int, int], color: str = "white") -> bytes:
    """A plain picture."""
    held = io.BytesIO()
    Image.new("RGB", size, color).save(held, "PNG")
    return held.getvalue()
