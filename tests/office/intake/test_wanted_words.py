"""What the reader wanted is said in the language of the page."""

import pytest
from django.template import Context, Template
from django.utils import translation

from posada.office.intake.reading import read_brought
from posada.office.intake.standing_ids import StandingIds
from posada.office.intake.wanted_words import SENTENCES, wanted_words
from tests.office.intake.folders import folder
from tests.office.people import TODAY
from tests.promises.intake_rows import HEADER, bad_rows, nameless_rows


def test_every_sentence_has_its_spanish() -> None:
    with translation.override("es"):
        assert [each for each in SENTENCES if wanted_words(each) == each] == []


def test_every_refusal_of_a_child_is_said_in_spanish() -> None:
    rows = [*bad_rows(1), *nameless_rows(2)]
    content = b"\n".join([HEADER.encode(), *rows])
    refused = read_brought(folder(children_csv=content), on=TODAY, standing=StandingIds()).rejections
    with translation.override("es"):
        assert {each.wanted for each in refused if wanted_words(each.wanted) == each.wanted} == set()


@pytest.mark.parametrize("language", ["en", "es"])
def test_values_stay_in_the_sentence(language: str) -> None:
    with translation.override(language):
        told = Template("{% load intake_words %}{{ text|wanted }}").render(
            Context({"text": "at most 80 characters"})
        )
        assert "80" in told
        assert wanted_words("something else") == "something else"
