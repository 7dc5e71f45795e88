"""A form that a person brings is filled, drawn with its letters, and what is too long stands whole behind."""

import io

import pikepdf
import pypdf
import pypdfium2
import pytest

from posada.preparation.form_shape import TICK, FormNotUsable, unfilled
from posada.preparation.official_form import SEE_ADDENDUM, fill, fits, overflowing, read_form
from tests.preparation.forms import locked, made_form

FAMILY, GIVEN = "form1[0].Pt1_FamilyName[0]", "form1[0].Pt1_GivenName[0]"
LONG = "María de los Ángeles Guadalupe"


def seen(content: bytes, page: int = 0) -> bytes:
    """The page as another engine draws it."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    return document[page].render(scale=2).to_pil().tobytes()


def test_its_fields_are_listed_with_label_length_and_what_is_required() -> None:
    form = read_form(made_form())
    names = [each.name for each in form.fields]
    assert names == [FAMILY, GIVEN, "ANumber", "Why", "City", "Female", "Male"], "a button is no field"
    number = form.field("ANumber")
    assert number is not None
    assert (number.label, number.most, number.required) == ("Alien Registration Number (A-Number)", 11, True)
    assert form.field("Female").kind == TICK  # type: ignore[union-attr]
    assert form.field("magic") is None


def test_the_same_names_are_the_same_edition() -> None:
    one, other = read_form(made_form()), read_form(locked(made_form(xfa=True)))
    assert one.digest == other.digest
    renamed = io.BytesIO()
    with pikepdf.open(io.BytesIO(made_form())) as pdf:
        pdf.pages[0].Annots[0].T = pikepdf.String("Other")
        pdf.save(renamed)
    assert read_form(renamed.getvalue()).digest != one.digest


def test_values_are_kept_and_drawn_with_their_accents() -> None:
    values = {FAMILY: "Núñez Ixʼchel ö", "ANumber": "A000000017", "Female": "yes"}
    filled = fill(made_form(xfa=True), values, title="Form")
    read = pypdf.PdfReader(io.BytesIO(filled))
    fields = read.get_fields()
    assert fields is not None
    assert fields["ANumber"]["/V"] == "A000000017"
    assert fields["Female"]["/V"] == "/On"
    assert fields["Male"].get("/V", "/Off") != "/On"
    assert len(read.pages) == 1
    assert seen(filled) != seen(made_form())
    plain = fill(made_form(), {**values, FAMILY: "Nunez Ix chel o"}, title="Form")
    assert seen(filled) != seen(plain)
    with pikepdf.open(io.BytesIO(filled)) as pdf:
        assert "/XFA" not in pdf.Root.AcroForm
        assert not pdf.is_encrypted
        assert "/N" in pdf.pages[0].Annots[0].AP


def test_what_is_too_long_is_told_before_and_stands_whole_on_the_addendum() -> None:
    form = read_form(made_form())
    values = {FAMILY: "Ejemplo", GIVEN: LONG, "Why": "word " * 400, "ANumber": "A000-000-0171"}
    assert [each.field.name for each in overflowing(form, values)] == [GIVEN, "ANumber", "Why"]
    filled = fill(made_form(), values, title="Form of the test, C-0001")
    read = pypdf.PdfReader(io.BytesIO(filled))
    fields = read.get_fields()
    assert fields is not None
    assert fields[GIVEN]["/V"] == SEE_ADDENDUM
    behind = " ".join(" ".join(page.extract_text() for page in read.pages[1:]).split())
    assert LONG in behind
    assert "A000-000-0171" in behind
    assert behind.count("word") == 400
    assert "Form of the test, C-0001" in behind


def test_nothing_is_ever_cut_and_what_fits_has_no_addendum() -> None:
    form = read_form(made_form())
    assert overflowing(form, {FAMILY: "Ejemplo-Núñez", "Why": "two lines\nof words"}) == ()
    given, why = form.field(GIVEN), form.field("Why")
    assert given is not None and why is not None
    assert fits(given, "Ana")
    assert not fits(given, "Ana\nLuz")
    assert fits(why, "\n".join("abcd"))
    assert not fits(why, "\n".join("abcdefgh"))
    assert not fits(why, "x" * 900)


def test_required_fields_without_a_value_are_named() -> None:
    form = read_form(made_form())
    assert [each.name for each in unfilled(form, {"ANumber": "A1"})] == ["City"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"%PDF-1.7 broken", "damaged"), (b"", "damaged"), (locked(made_form(), user="secret"), "locked")],
)
def test_what_cannot_be_read_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(FormNotUsable) as refused:
        read_form(content)
    assert refused.value.code == code


def test_a_pdf_without_fields_and_a_letter_without_font_are_refused() -> None:
    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out)
    with pytest.raises(FormNotUsable) as bare:
        read_form(out.getvalue())
    assert bare.value.code == "no_fields"
    with pytest.raises(FormNotUsable) as refused:
        fill(made_form(), {FAMILY: "語"}, title="Form")
    assert refused.value.code == "letters"
    assert "語" in refused.value.letters
