"""A page that holds what it does not show becomes a picture of itself; every other page stays as it is."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name

from posada.packets.normalize import normalize
from tests.packets.made import page_pdf

WORDS = "BT /F1 14 Tf 50 732 Td (Nobody sees 123-45-6789) Tj ET"


def set_on_letter(tmp_path: Path, drawn: str, *, picture: bool = False) -> tuple[str, list[str]]:
    """The text of a page with this drawing after it was set, and the notes."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(drawn.encode("latin-1"))
        if picture:
            dots = bytes(range(256)) * 4
            image = pdf.make_stream(dots, Type=Name.XObject, Subtype=Name.Image, Width=32, Height=32)
            image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
            page.Resources.XObject = Dictionary(P=image)

    page_pdf(tmp_path / "in.pdf", change=change)
    notes = normalize(tmp_path / "in.pdf", tmp_path / "out.pdf", name="in.pdf").notes
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        return document[0].get_textpage().get_text_bounded(), notes


@pytest.mark.parametrize(
    "drawn",
    [
        f"{WORDS} 0 g 40 722 400 30 re f",
        f"{WORDS} 1 g 40 722 400 30 re f",
        f"{WORDS} 0.2 0.4 0.9 rg 40 722 400 30 re f",
        f"1 g {WORDS}",
        f"0 g 40 722 400 30 re f {WORDS}",
        f"3 Tr {WORDS}",
        f"q 0 0 100 100 re W n {WORDS} Q",
        WORDS.replace("50 732 Td", "-5000 732 Td"),
        f"{WORDS} 0 g 120 722 24 30 re f",
    ],
)
def test_words_that_are_not_seen_do_not_come_along(tmp_path: Path, drawn: str) -> None:
    text, notes = set_on_letter(tmp_path, drawn)
    assert text == ""
    assert any("(1): each is now a picture of itself" in each for each in notes)


@pytest.mark.parametrize(
    "drawn",
    [
        WORDS,
        f"0.9 g 40 722 400 30 re f 0 g {WORDS}",
        f"0 g 40 722 400 30 re f 1 g {WORDS}",
        f"0.75 g {WORDS}",
        WORDS.replace("14 Tf", "5 Tf"),
        WORDS.replace("Nobody sees 123-45-6789", "....... ------ ______ |||| llll !!!! "),
        WORDS.replace("14 Tf", "60 Tf").replace("Nobody sees 123-45-6789", "I..---l"),
        f"{WORDS} 0 g 40 700 500 1 re f",
    ],
)
def test_words_that_are_seen_stay_words(tmp_path: Path, drawn: str) -> None:
    text, notes = set_on_letter(tmp_path, drawn)
    assert text.strip() != "" and notes == []


def test_what_a_box_covers_of_a_picture_does_not_come_along(tmp_path: Path) -> None:
    shown = "q 200 0 0 200 100 400 cm /P Do Q"
    _, notes = set_on_letter(tmp_path, f"{shown} 0 g 150 450 60 20 re f", picture=True)
    assert any("picture of itself" in each for each in notes)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        (image,) = dict(pdf.pages[0].obj.Resources.XObject).values()
        assert image.Width == 1700
    _, notes = set_on_letter(tmp_path, f"0 g 400 100 60 20 re f {shown}", picture=True)
    assert notes == []
