"""Each sentence that families are told has a test beside it that is there, in plain words, on page and in docs."""

import re
from pathlib import Path

import pytest

from posada.newsroom.unfound_words import NOT_PROMISED, SENTENCES, SLUG
from tests.newsroom.newsroom_site import Site

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs" / "explanation" / "how-we-keep-families-from-being-found.md"
SIXTH_GRADE = 6.9
"""Flesch and Kincaid's grade, of the whole page."""


@pytest.mark.parametrize("each", SENTENCES, ids=lambda each: each.test)
def test_the_test_beside_a_sentence_is_there(each: "object") -> None:
    text = (ROOT / each.file).read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert f"\ndef {each.test}(" in text  # type: ignore[attr-defined]


def test_the_docs_tell_the_same_sentences_with_the_same_tests() -> None:
    rows = re.findall(r"^\| (.+) \| `(.+)`, `(.+)` \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(each.said[0], each.file, each.test) for each in SENTENCES]


def test_the_public_page_tells_them_in_both_languages(site: Site) -> None:
    for at, path in enumerate((f"/{SLUG[0]}/", f"/es/{SLUG[1]}/")):
        text = site.get(path).text
        assert all(each.said[at] in text and each.test in text for each in SENTENCES)
        assert NOT_PROMISED[at][:40] in text
        assert path in site.get("/" if at == 0 else "/es/").text  # the foot of every page leads there


def test_what_is_an_exception_is_named_in_both_languages() -> None:
    said = {each.test: each.said for each in SENTENCES}
    for test, words in (
        (
            "test_each_page_stays_within_its_budget_and_asks_nobody_else",
            (("live video", "video en vivo"), ("messages", "avisos")),
        ),
        ("test_a_second_reader_publishes_and_the_writer_cannot", (("live event", "evento en vivo"),)),
    ):
        assert all(word[at] in said[test][at] for word in words for at in (0, 1))


def test_the_words_are_those_of_the_sixth_grade() -> None:
    said = [each.said[0] for each in SENTENCES]
    words = re.findall(r"[A-Za-z’]+", " ".join(said))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e")))) for word in words)
    sentences = sum(len(re.split(r"[.:;]", text.strip("."))) for text in said)
    assert 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59 <= SIXTH_GRADE
