"""Only what the public forms can send is taken for a letter's writer."""

from typing import Any

import pytest

from posada.office.letter_answers import writer_of

ANSWERS = {
    "county": "24045",
    "languages": ["spa", "mam"],
    "best_language": "mam",
    "contact_name": " Example Neighbor ",
    "phone": "555-0107",
}


def letter(**other: Any) -> dict[str, Any]:
    return {"ticket": "0123456789abcdef", "answers": {**ANSWERS, **other}}


def test_a_letter_names_its_writer() -> None:
    writer = writer_of(letter())
    assert (writer.county, writer.languages, writer.best_language) == ("24045", ["spa", "mam"], "mam")
    assert writer.contacts == {"contact_name": "Example Neighbor", "phone": "555-0107", "email": ""}


@pytest.mark.parametrize(
    "other",
    [
        {"county": "99999"},
        {"languages": []},
        {"languages": ["spa"] * 21},
        {"languages": ["Spanish!"]},
        {"best_language": ""},
        {"contact_name": " "},
        {"phone": ""},
        {"phone": "5" * 201},
        {"email": "a\x00b"},
    ],
    ids=lambda other: "-".join(other),
)
def test_what_no_form_sends_is_refused(other: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not what the form sends"):
        writer_of(letter(**other))


def test_a_ticket_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="not what the form sends"):
        writer_of({**letter(), "ticket": "../../etc"})
