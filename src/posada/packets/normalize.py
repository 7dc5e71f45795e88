"""Make Letter pages of one file of an exhibit, whatever kind of file it is.

Comes in: a path and the name that packet.toml gives. Goes out: a PDF of Letter pages and what is known of it.
Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_build.py.
"""

from pathlib import Path, PurePosixPath

import pypdfium2

from posada.packets.finding import page_list
from posada.packets.fitted_pages import Fitted, fit_pdf
from posada.packets.located import NotUsable
from posada.packets.pdf_opening import DAMAGED
from posada.packets.pictures import pictures_to_pdf
from posada.packets.unseen import show_only_what_is_seen

PDF_ENDINGS = (".pdf",)
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif")


def normalize(path: Path, out: Path, *, name: str) -> Fitted:
    """Write the file's pages to `out`. Raises NotUsable, with the page where it is one page's fault."""
    ending = PurePosixPath(name).suffix.lower()
    if ending in PDF_ENDINGS:
        found = fit_pdf(path, out)
        _draw(out)
        if pages := show_only_what_is_seen(out):
            where = f"pages with something under a box or drawn unseen ({page_list(pages)})"
            found.notes.append(f"{where}: each is now a picture of itself")
        return found
    if ending not in PICTURE_ENDINGS:
        raise NotUsable(f"a file with the ending {ending or '(none)'} is not taken; print it to a PDF")
    with path.open("rb") as stream:
        start = stream.read(1024)
    if start.lstrip()[:5] == b"%PDF-":
        raise NotUsable("it is a PDF, not a picture; give it the ending .pdf")
    is_heic = start[4:8] == b"ftyp"
    return Fitted(pages=pictures_to_pdf(path, out, is_heic=is_heic))


def _draw(path: Path) -> None:
    """Draw every page once, small, with another reader: what brings that down may bring a court's down."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            for number in range(len(document)):
                try:
                    page = document[number]
                    page.render(scale=0.1, grayscale=True)
                    page.close()
                except pypdfium2.PdfiumError:
                    raise NotUsable(DAMAGED, page=number + 1) from None
    except pypdfium2.PdfiumError:
        raise NotUsable(DAMAGED) from None
