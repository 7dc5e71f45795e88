"""Pages that are pictures get their letters laid over them, where the program for it is installed."""

import os
from pathlib import Path
from shutil import which

import pypdf
import pytest
from PIL import Image, ImageDraw

from posada.packets.build import build_packet
from posada.packets.located import NotUsable
from posada.packets.recognize import recognize
from tests.packets.made import exhibit, packet_toml, page_pdf

TOOL = which("tesseract")


def scan(path: Path) -> Path:
    """A picture of words."""
    image = Image.new("L", (1_200, 400), 255)
    ImageDraw.Draw(image).text((60, 120), "HEARING NOTICE", fill=0, font_size=110)
    image.save(path)
    return path


@pytest.mark.skipif(
    TOOL is None and os.environ.get("CI") != "true",
    reason="no tesseract on this machine: run tests/install-programs",
)
def test_the_letters_of_a_scan_can_be_searched(tmp_path: Path) -> None:
    assert TOOL is not None
    folder = packet_toml(tmp_path / "case", exhibit("Notice", "x.png"), exhibit("Paper", "y.pdf"))
    scan(folder / "x.png")
    page_pdf(folder / "y.pdf")
    for name in ("one.pdf", "two.pdf"):
        build_packet(folder, tmp_path / name, recognizer=Path(TOOL))
    text = pypdf.PdfReader(tmp_path / "one.pdf").pages[3].extract_text()
    assert "HEARING" in text and "Page 4 of" in text
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_program_that_does_not_answer_is_a_note_and_no_end(tmp_path: Path) -> None:
    folder = packet_toml(tmp_path / "case", exhibit("Notice", "x.png"))
    scan(folder / "x.png")
    made = build_packet(folder, tmp_path / "out.pdf", recognizer=tmp_path / "no-such-program")
    assert (
        "Tab A: the program that reads pictures did not answer; its pictures stay without text." in made.notes
    )


def test_pages_with_text_are_left_as_they_are(tmp_path: Path) -> None:
    page_pdf(tmp_path / "x.pdf")
    before = (tmp_path / "x.pdf").read_bytes()
    found = recognize(tmp_path / "x.pdf", tool=tmp_path / "none", language="spa")
    assert (found.pictures, (tmp_path / "x.pdf").read_bytes()) == (0, before)


def test_a_missing_program_is_told_in_words(tmp_path: Path) -> None:
    folder = packet_toml(tmp_path / "case", exhibit("Notice", "x.png"))
    scan(folder / "x.png")
    build_packet(folder, tmp_path / "out.pdf")
    from posada.packets.pictures import pictures_to_pdf

    pictures_to_pdf(folder / "x.png", tmp_path / "x.pdf", is_heic=False)
    with pytest.raises(NotUsable, match="did not answer"):
        recognize(tmp_path / "x.pdf", tool=tmp_path / "none", language="spa")
