"""A row typed into a form is judged as the same row of a file."""

import pytest

from posada.office.day import today
from posada.office.intake.one_row import WANTED, read_row
from posada.office.intake.reading import read_brought
from posada.office.intake.standing_ids import StandingIds
from posada.office.intake.wanted_words import wanted_words
from posada.office.refusals import FieldsRefused
from posada.programme.write import csv_bytes

GOOD = {
    "child_id": "C1",
    "sibling_group_id": "G1",
    "birth_date": "2014-05-01",
    "sex": "F",
    "languages": "mam",
}


def test_a_good_row_becomes_its_record() -> None:
    assert read_row("children.csv", GOOD, standing=StandingIds()).languages == ("mam",)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("birth_date", ""),
        ("birth_date", "2014-02-30"),
        ("birth_date", "2030-01-01"),
        ("sex", "girl"),
        ("languages", "klingon"),
        ("child_id", "1.2E+10"),
        ("child_id", "x" * 81),
        ("sibling_group_id", 'a"b\n'),
    ],
)
def test_form_and_file_refuse_a_row_in_the_same_words(column: str, text: str) -> None:
    cells = {**GOOD, column: text}
    with pytest.raises(FieldsRefused) as refused:
        read_row("children.csv", cells, standing=StandingIds())
    told = read_brought({"children.csv": csv_bytes(tuple(cells), [tuple(cells.values())])}, on=today())
    assert {name: str(each) for name, each in refused.value.faults.items()} == {
        each.field: str(WANTED % {"what": wanted_words(each.wanted)}) for each in told.rejections
    }
