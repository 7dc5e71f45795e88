"""A declaration holds the child's words and nothing else of substance; read back with another library."""

import io
import re

import pypdf
import pytest

from posada.preparation.declaration import (
    DRAFT,
    NO_ENGLISH,
    Declared,
    NotTypeset,
    Told,
    declaration_pdf,
    left_out,
)
from posada.preparation.interview import Interview, shipped_interviews

ANSWERS = {
    "self": Told("Me llamo Ñoña, crecí en Chimaltenango.", "My name is Ñoña, I grew up in Chimaltenango."),
    "why": Told("Tenía miedo.\nNo podía dormir.", "I was afraid.\nI could not sleep."),
    "afraid": Told("No sé.", ""),
    "more": Told("", ""),
}


def asylum() -> Interview:
    found = shipped_interviews().one("asylum")
    assert found is not None
    return found


def declared(**changes: object) -> Declared:
    given: dict[str, object] = {
        "interview": asylum(),
        "declarant": "Ñoña Ejemplo",
        "language": "spa",
        "language_name": "Spanish",
        "interpreter": "Ana Intérprete",
        "reference": "C-0001",
        "answers": ANSWERS,
    }
    return Declared(**{**given, **changes})  # type: ignore[arg-type]


def read(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_both_languages_stand_side_by_side_numbered_with_signature_and_certificate() -> None:
    text = read(declaration_pdf(declared()))
    for words in ("I was afraid.", "Tenía miedo.", "I could not sleep.", "crecí en", "C-0001", DRAFT):
        assert words in text
    assert re.search(r"\b1\. ", text) and re.search(r"\b3\. ", text) and not re.search(r"\b4\. ", text)
    assert "penalty of perjury" in text
    assert "bajo pena de perjurio" in text
    assert "Ana Intérprete, certify that I am competent in English and Spanish" in text


def test_nothing_is_invented_for_what_was_not_answered() -> None:
    text = read(declaration_pdf(declared(answers={"why": ANSWERS["why"]})))
    body = text.split("declare:")[1].split("Signature")[0]
    left = re.sub(r"[^a-záéíóúñ ]", "", body.casefold()).split()
    told = " ".join((ANSWERS["why"].english, ANSWERS["why"].original, "Why I left English Spanish"))
    assert set(left) <= set(re.sub(r"[^a-záéíóúñ ]", "", told.replace("\n", " ").casefold()).split())
    assert "About me" not in text


def test_an_answer_without_english_says_so_and_is_named() -> None:
    assert left_out(declared()) == ("afraid",)
    assert NO_ENGLISH in read(declaration_pdf(declared()))


def test_in_english_there_is_one_column_and_no_interpreter() -> None:
    text = read(
        declaration_pdf(
            declared(language="eng", language_name="English", answers={"why": Told("I ran.", "")})
        )
    )
    assert "I ran." in text
    assert "certify" not in text
    assert NO_ENGLISH not in text
    assert left_out(declared(language="eng")) == ()


def test_an_interpreter_who_is_not_known_yet_leaves_a_line() -> None:
    text = read(declaration_pdf(declared(language="mam", language_name="Mam (Todos Santos)", interpreter="")))
    assert "competent in English and Mam (Todos Santos)" in text
    assert "____" in text


def test_markup_in_an_answer_is_text() -> None:
    wild = '#pagebreak() *bold* \\u{1F} $x$ [link] <a> "q"'
    assert "#pagebreak() *bold*" in read(declaration_pdf(declared(answers={"why": Told(wild, wild)})))


def test_a_letter_that_no_font_has_is_named_and_nothing_else_is_told() -> None:
    with pytest.raises(NotTypeset) as refused:
        declaration_pdf(declared(answers={"why": Told("secreto 語", "x")}))
    assert refused.value.letters == "語"
    assert "secreto" not in str(refused.value)


def test_a_long_telling_goes_on_over_pages() -> None:
    long = "\n".join(f"Line {number} of what was told, word by word." for number in range(150))
    content = declaration_pdf(declared(answers={"why": Told(long, long)}))
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) > 3
    assert "Line 149" in read(content)
