"""Read the letters on pages that are pictures, and lay them over the picture unseen, to be searched.

Comes in: a PDF of Letter pages, the place of Tesseract, a language. Goes out: the same PDF with the letters.
Runs in a process of its own (`worker.py`). Docs: docs/how-to/build-a-packet.md.
Tests: tests/packets/test_recognize.py.
"""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

from posada.packets.located import NotUsable
from posada.packets.page_space import HEIGHT, WIDTH

DOTS_PER_INCH = 200
SECONDS_A_PAGE = 60
_NAMES = {"zho": "chi_sim", "cmn": "chi_sim", "ckb": "kmr", "prs": "fas", "nah": "spa"}


@dataclass(frozen=True, slots=True)
class Recognized:
    """How many pages are pictures, and how many of them were read in which language."""

    pictures: int
    read: int
    language: str


def recognize(path: Path, *, tool: Path, language: str) -> Recognized:
    """Add the letters of pages without text. Raises NotUsable where the tool does not answer."""
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        pictures = [index for index, page in enumerate(document) if not _has_text(page)]
        if not pictures:
            return Recognized(0, 0, "")
        chosen = _language(tool, language)
        with tempfile.TemporaryDirectory(dir=path.parent) as held, pikepdf.open(path) as pdf:
            read = 0
            for index in pictures:
                picture = Path(held) / "page.png"
                document[index].render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil().save(
                    picture, dpi=(DOTS_PER_INCH, DOTS_PER_INCH)
                )
                letters = _read(tool, picture, chosen)
                read += _lay_over(pdf, pdf.pages[index], letters)
            made = Path(held) / "made.pdf"
            pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            made.replace(path)
    return Recognized(len(pictures), read, chosen)


def _has_text(page: pypdfium2.PdfPage) -> bool:
    text = page.get_textpage()
    try:
        return bool(text.count_chars() > 0 and text.get_text_bounded().strip())
    finally:
        text.close()


def _language(tool: Path, language: str) -> str:
    listed = _run(tool, "--list-langs").decode("utf-8", "replace").split()
    wanted = _NAMES.get(language, language)
    if wanted in listed:
        return wanted
    # The languages of Guatemala are written with the letters of Spanish.
    return next((each for each in ("spa", "eng") if each in listed), "eng")


def _read(tool: Path, picture: Path, language: str) -> Path:
    base = picture.with_suffix("")
    _run(tool, str(picture), str(base), "-l", language, "-c", "textonly_pdf=1", "pdf")
    return base.with_suffix(".pdf")


def _run(tool: Path, *words: str) -> bytes:
    try:
        ran = subprocess.run(  # noqa: S603 - the tool's place comes from the caller, not from a file
            [str(tool), *words],
            capture_output=True,
            check=True,
            timeout=SECONDS_A_PAGE,
            stdin=subprocess.DEVNULL,
            env={"OMP_THREAD_LIMIT": "1", "LC_ALL": "C"},
        )
    except (OSError, subprocess.SubprocessError):
        raise NotUsable("the program that reads pictures did not answer") from None
    return ran.stdout


def _lay_over(pdf: pikepdf.Pdf, page: pikepdf.Page, letters: Path) -> int:
    with pikepdf.open(letters) as read:
        form = pdf.copy_foreign(read.pages[0].as_form_xobject())
        box = [float(each) for each in form[Name.BBox]]
        form[Name.Matrix] = Array([WIDTH / (box[2] - box[0]), 0, 0, HEIGHT / (box[3] - box[1]), 0, 0])
        resources = page.obj[Name.Resources]
        if Name.XObject not in resources:
            resources[Name.XObject] = Dictionary()
        resources.XObject[Name("/Letters")] = form
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q q /Letters Do Q")
        return int(b"Tj" in form.read_bytes() or b"TJ" in form.read_bytes())
