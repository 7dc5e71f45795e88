"""Fonts that an exhibit only names are put inside: as wide as they were, each code the same letter."""

from pathlib import Path

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name

from posada.packets.fonts_inside import StandIns, face_for, fonts_of, is_inside, put_fonts_inside, text_width

WIDTHS = {"Helvetica": {"A": 667, "i": 222, "W": 944}, "Times-Roman": {"A": 722, "i": 278, "W": 944}}
"""Of the fonts that every reader is expected to have (Adobe's own metrics), in thousandths."""


def embedded(path: Path, font: Dictionary, shown: bytes) -> tuple[str, set[str]]:
    """The text of a page in this font after stand-ins were put inside, and the fonts that stayed out."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(b"BT /F1 20 Tf 50 700 Td <" + shown.hex().encode() + b"> Tj ET")
        left = put_fonts_inside(pdf, StandIns(pdf))
        assert all(is_inside(each) for each in fonts_of(pdf)) or left
        pdf.save(path)
    return pypdf.PdfReader(path).pages[0].extract_text(), left


@pytest.mark.parametrize(
    ("entries", "shown", "text"),
    [
        (
            {"BaseFont": Name.Helvetica, "Encoding": Name.WinAnsiEncoding},
            b"Ni\xf1o \x96 \x93x\x94",
            "Niño – “x”",
        ),
        ({"BaseFont": Name("/Times-Roman")}, b"it\xa9s \xaeve", "it's five"),
        ({"BaseFont": Name("/ABCDEF+Courier-Bold"), "Encoding": Name.MacRomanEncoding}, b"Ni\x96o", "Niño"),
        (
            {
                "BaseFont": Name.Helvetica,
                "Encoding": Dictionary(
                    BaseEncoding=Name.WinAnsiEncoding, Differences=Array([65, Name.Ntilde])
                ),
            },
            b"AB",
            "ÑB",
        ),
    ],
)
def test_each_code_keeps_its_letter(
    tmp_path: Path, entries: dict[str, object], shown: bytes, text: str
) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, **entries)
    found, left = embedded(tmp_path / "x.pdf", font, shown)
    assert found.replace("’", "'").replace("ﬁ", "fi") == text
    assert left == set()


@pytest.mark.parametrize(("name", "shown", "text"), [("Symbol", b"ab", "αβ"), ("ZapfDingbats", b"4", "✔")])
def test_the_two_symbol_fonts_have_stand_ins(tmp_path: Path, name: str, shown: bytes, text: str) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"))
    assert embedded(tmp_path / "x.pdf", font, shown) == (text, set())


def test_what_nothing_can_stand_in_for_is_named(tmp_path: Path) -> None:
    odd = Dictionary(Differences=Array([65, Name("/glyph77")]))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Oddity, Encoding=odd)
    assert embedded(tmp_path / "x.pdf", font, b"A")[1] == {"Oddity"}


@pytest.mark.parametrize(
    ("name", "flags", "face"),
    [
        ("arial,bolditalic", 0, "Arimo-BoldItalic"),
        ("timesnewromanps-italicmt", 0, "Tinos-Italic"),
        ("couriernew", 0, "Cousine-Regular"),
        ("unknown", 1, "Cousine-Regular"),
        ("unknown", 2 | 64, "Tinos-Italic"),
        ("unknown", 1 << 18, "Arimo-Bold"),
    ],
)
def test_a_stand_in_looks_like_what_it_stands_in_for(name: str, flags: int, face: str) -> None:
    assert face_for(name, flags=flags) == face


def test_stand_ins_are_as_wide_as_what_they_stand_in_for() -> None:
    for name, widths in WIDTHS.items():
        for letter, width in widths.items():
            assert text_width(letter, size=1000, face=face_for(name.lower(), flags=0)) == pytest.approx(
                width, abs=1
            )
