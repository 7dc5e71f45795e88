"""What lies on top of an exhibit's pages: forms with their values, marks, links; and hidden layers."""

import os
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageChops

from posada.packets.fitted_pages import fit_pdf
from posada.packets.located import NotUsable
from posada.packets.normalize import normalize
from tests.packets.made import Change, field_form, page_pdf


def fitted(tmp_path: Path, change: Change, **options: Any) -> tuple[str, list[str]]:
    """The text of the first page after it was set, and the notes."""
    page_pdf(tmp_path / "x.pdf", words=["one", "two"], change=change, **options)
    found = fit_pdf(tmp_path / "x.pdf", tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert all(Name.Annots not in page.obj for page in pdf.pages)
        assert Name.AcroForm not in pdf.Root
    return pypdf.PdfReader(tmp_path / "out.pdf").pages[0].extract_text(), found.notes


def drawing(pdf: Pdf, content: bytes, box: tuple[int, int, int, int] = (0, 0, 100, 20)) -> Any:
    """A drawing of an annotation, with a font that is only named."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    return pdf.make_stream(content, BBox=Array(box), Resources=Dictionary(Font=Dictionary(F=font)))


@pytest.mark.parametrize("value", ["Ñandú", "K’iche’ ʼ ö", "two\rlines", "(brackets) \\ #x *y* _z_ $q$"])
def test_the_value_of_a_field_is_printed(tmp_path: Path, value: str) -> None:
    text, notes = fitted(tmp_path, lambda pdf: field_form(pdf, value=value, Ff=1 << 12))
    assert " ".join(value.split()) in " ".join(text.split())
    assert "form fields were turned into plain print" in notes


def test_an_old_drawing_does_not_hide_a_new_value(tmp_path: Path) -> None:
    def fill(pdf: Pdf) -> None:
        field_form(pdf, value="NEW", AP=Dictionary(N=drawing(pdf, b"BT /F 9 Tf (OLD) Tj ET")))

    text, _ = fitted(tmp_path, fill)
    assert "NEW" in text and "OLD" not in text


def test_a_drawing_that_shows_the_value_is_kept(tmp_path: Path) -> None:
    def fill(pdf: Pdf) -> None:
        shown = b"BT /F 9 Tf 2 5 Td [(A\\(B\\)) -20 (C)] TJ ET 0 0 m 9 9 l S"
        field_form(pdf, value="A(B)C", AP=Dictionary(N=drawing(pdf, shown)))

    fitted(tmp_path, fill)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert b"9 9 l S" in pdf.pages[0].obj.Resources.XObject.D0.read_bytes()


def test_a_choice_prints_what_it_is_called(tmp_path: Path) -> None:
    options = Array([Array([String("gt"), String("Guatemala")]), Array([String("hn"), String("Honduras")])])
    text, _ = fitted(tmp_path, lambda pdf: field_form(pdf, value="hn", kind=Name.Ch, Opt=options))
    assert "Honduras" in text


def test_each_cell_of_a_comb_has_its_letter(tmp_path: Path) -> None:
    text, _ = fitted(tmp_path, lambda pdf: field_form(pdf, value="ABC", Ff=1 << 24, MaxLen=10))
    assert [each for each in "ABC" if each in text] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("value", "own", "drawn"), [("Yes", "Off", "YES"), ("Off", "Yes", ""), ("Yes", "Yes", "YES")]
)
def test_a_box_is_ticked_by_its_value_not_by_its_drawing(
    tmp_path: Path, value: str, own: str, drawn: str
) -> None:
    def tick(pdf: Pdf) -> None:
        states = Dictionary(Yes=drawing(pdf, b"BT /F 9 Tf (YES) Tj ET"), Off=drawing(pdf, b""))
        field_form(pdf, value="", kind=Name.Btn, AP=Dictionary(N=states), AS=Name(f"/{own}"))
        pdf.pages[0].obj.Annots[0].V = Name(f"/{value}")

    text, _ = fitted(tmp_path, tick)
    assert text.replace("one", "").strip() == drawn


def test_a_hidden_field_stays_hidden(tmp_path: Path) -> None:
    def fill(pdf: Pdf) -> None:
        field_form(pdf, value="CANARY")
        pdf.pages[0].obj.Annots[0].F = 2

    assert "CANARY" not in fitted(tmp_path, fill)[0]


def test_a_password_is_not_printed(tmp_path: Path) -> None:
    assert "CANARY" not in fitted(tmp_path, lambda pdf: field_form(pdf, value="CANARY", Ff=1 << 13))[0]


def test_fields_do_not_take_over_one_anothers_values(tmp_path: Path) -> None:
    def fill(pdf: Pdf) -> None:
        field_form(pdf, value="first")
        one = pdf.pages[0].obj.Annots[0]
        other = pdf.make_indirect(Dictionary(dict(one.items())))
        other.V, other.Rect = String("second"), Array([100, 300, 400, 324])
        pdf.pages[0].obj.Annots.append(other)
        pdf.Root.AcroForm.Fields.append(other)

    text, _ = fitted(tmp_path, fill)
    assert "first" in text and "second" in text


@pytest.mark.skipif(
    which("pdftoppm") is None and os.environ.get("CI") != "true",
    reason="no pdftoppm on this machine: run tests/install-programs",
)
def test_two_engines_draw_the_same_letters(tmp_path: Path) -> None:
    fitted(tmp_path, lambda pdf: field_form(pdf, value="Ñandú ʼ ö K’iche’"))
    subprocess.run(["pdftoppm", "-r", "72", "-png", "-l", "1", "out.pdf", "p"], cwd=tmp_path, check=True)
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as pdf:
        ours = pdf[0].render(scale=1).to_pil().convert("L").point(lambda v: 255 if v < 160 else 0)
    with Image.open(next(tmp_path.glob("p*.png"))) as drawn:
        theirs = drawn.convert("L").point(lambda v: 255 if v < 160 else 0)
    one, other = ours.getbbox(), theirs.getbbox()
    assert one and other and all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))
    spread = ImageChops.difference(ours, theirs).histogram()[255] / max(ours.histogram()[255], 1)
    assert spread < 0.9


def test_a_stamp_is_drawn_where_it_lies_and_turned_with_its_page(tmp_path: Path) -> None:
    def stamp(pdf: Pdf) -> None:
        form = drawing(pdf, b"1 0 0 rg 0 0 50 50 re f", (0, 0, 50, 50))
        mark = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([500, 700, 600, 780]), F=4)
        mark.AP = Dictionary(N=form)
        pdf.pages[0].obj.Annots = Array([mark])

    fitted(tmp_path, stamp, Rotate=180)
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as pdf:
        picture = pdf[0].render(scale=0.25).to_pil().convert("RGB")
    red = [
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == (255, 0, 0)
    ]
    assert red and max(x for x, _ in red) < 60 and min(y for _, y in red) > 120


def test_a_text_laid_on_the_page_is_printed_even_without_a_drawing(tmp_path: Path) -> None:
    def write(pdf: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([100, 300, 400, 360]), F=4)
        note.Contents, note.DA = String("Señal de la madre"), String("1 0 0 rg /Helv 14 Tf")
        pdf.pages[0].obj.Annots = Array([note])

    assert "Señal de la madre" in fitted(tmp_path, write)[0]


def test_a_mark_for_blackening_that_was_never_done_is_told(tmp_path: Path) -> None:
    def mark(pdf: Pdf) -> None:
        redact = Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=Array([50, 700, 300, 760]))
        pdf.pages[0].obj.Annots = Array([redact])

    assert any("never done" in note for note in fitted(tmp_path, mark)[1])


def layered(pdf: Pdf) -> None:
    """A page with a hidden layer in its content, one as a form, and one that is seen."""
    seen = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("seen")))
    unseen = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("unseen")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([seen, unseen]), D=Dictionary(OFF=Array([unseen])))
    page = pdf.pages[0].obj
    page.Resources.Properties = Dictionary(S=seen, U=unseen)
    form = drawing(pdf, b"BT /F 9 Tf 0 5 Td (CANARY form) Tj ET")
    form.Type, form.Subtype, form.OC = Name.XObject, Name.Form, unseen
    page.Resources.XObject = Dictionary(H=form)
    more = b"/H Do BT /F1 9 Tf 50 600 Td /OC /U BDC (CANARY text) Tj EMC /OC /S BDC (seen text) Tj EMC ET"
    page.Contents = Array([page.Contents, pdf.make_stream(more)])


def test_what_a_hidden_layer_draws_is_taken_out(tmp_path: Path) -> None:
    text, notes = fitted(tmp_path, layered)
    assert "seen text" in text and "one" in text
    assert "CANARY" not in text
    assert "1 hidden layer left out" in notes
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert not any(
            b"CANARY" in each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)
        )


def test_a_picture_that_no_page_draws_is_left_behind(tmp_path: Path) -> None:
    def add(pdf: Pdf) -> None:
        canary = pdf.make_stream(b"CANARY", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
        pdf.pages[0].obj.Resources.XObject = Dictionary(Unused=canary)

    fitted(tmp_path, add)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert not any(
            b"CANARY" in each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)
        )


def test_content_that_loses_count_of_its_states_harms_no_stamp(tmp_path: Path) -> None:
    def unbalance(pdf: Pdf) -> None:
        pdf.pages[0].contents_add(b"Q Q Q q 9 0 0 9 0 0 cm")

    fitted(tmp_path, unbalance)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert pdf.pages[0].obj.Contents.read_bytes().endswith(b"/E Do Q")


def test_a_form_that_only_one_reader_can_draw_is_refused(tmp_path: Path) -> None:
    def dynamic(pdf: Pdf) -> None:
        pdf.Root.NeedsRendering = True

    page_pdf(tmp_path / "x.pdf", change=dynamic)
    with pytest.raises(NotUsable, match="only Adobe Reader can draw"):
        fit_pdf(tmp_path / "x.pdf", tmp_path / "out.pdf")


def test_a_page_without_a_size_is_named(tmp_path: Path) -> None:
    def shrink(pdf: Pdf) -> None:
        pdf.pages[1].obj.MediaBox = Array([5, 5, 5, 700])

    page_pdf(tmp_path / "x.pdf", words=["one", "two"], change=shrink)
    with pytest.raises(NotUsable, match="has no size") as told:
        fit_pdf(tmp_path / "x.pdf", tmp_path / "out.pdf")
    assert told.value.page == 2


def test_what_is_in_a_file_counts_not_what_it_is_called(tmp_path: Path) -> None:
    page_pdf(tmp_path / "x.pdf")
    with pytest.raises(NotUsable, match=r"give it the ending \.pdf"):
        normalize(tmp_path / "x.pdf", tmp_path / "out.pdf", name="x.jpg")
    assert normalize(tmp_path / "x.pdf", tmp_path / "out.pdf", name="X.PDF").pages == 1
