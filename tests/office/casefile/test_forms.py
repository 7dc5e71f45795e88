"""Forms refuse what an import refuses, and never what already stands."""

from datetime import date

import pytest

from posada.office.casefile.forms import ChildForm, DocumentForm, WrittenNameForm
from tests.office.people import group_of


def _typed(**fields: str) -> dict[str, str]:
    return {"given_name": "Ana", "family_name": "", "birth_date": "2014-05-01", "sex": "F", **fields}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("languages", "Spanish"),
        ("birth_date", "2031-01-01"),
        ("arrived_on", "yesterday"),
        ("birth_date", "1999-01-01"),
    ],
)
def test_a_cell_that_an_import_refuses_is_refused_here(name: str, typed: str) -> None:
    typed_in = {**_typed(birth_date_basis="stated"), name: typed}
    form = ChildForm(typed_in, instance=group_of().children.get())
    assert not form.is_valid()
    assert list(form.errors) == [name]


def test_the_record_of_somebody_who_has_come_of_age_can_still_be_changed() -> None:
    child = group_of(date(2000, 1, 1)).children.get()
    form = ChildForm(_typed(birth_date="2000-01-01", birth_date_basis="stated"), instance=child)
    assert form.is_valid(), form.errors


def test_a_name_is_taken_letter_by_letter() -> None:
    form = WrittenNameForm({"authority": "court", "name": "  PEREZ,  JOSE "})
    assert form.is_valid()
    assert form.cleaned_data["name"] == "  PEREZ,  JOSE "


def test_a_document_needs_a_file_and_a_kind() -> None:
    assert set(DocumentForm({}, {}).errors) == {"kind", "file"}
