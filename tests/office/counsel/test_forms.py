"""Forms of the desk ask for what is needed and no more."""

import pytest

from posada.office.counsel.forms import CounselForm, CoverForm, EngageForm
from posada.office.day import today
from tests.office.people import counsel_of


def test_the_id_of_a_counsel_never_changes() -> None:
    assert "counsel_id" in CounselForm().fields
    assert "counsel_id" not in CounselForm(instance=counsel_of()).fields


def test_nobody_can_be_chosen_as_their_own_mentor_or_cover() -> None:
    counsel, other = counsel_of(), counsel_of()
    assert list(CounselForm(instance=counsel).fields["mentor"].queryset) == [other]  # type: ignore[attr-defined]
    form = CoverForm(counsel=counsel)
    assert list(form.fields["covered_by"].queryset) == [other]  # type: ignore[attr-defined]


@pytest.mark.parametrize("has_hits", [True, False])
def test_a_reason_is_asked_for_only_where_something_was_found(has_hits: bool) -> None:
    form = EngageForm({"scope": "full", "from_date": str(today())}, has_hits=has_hits)
    assert form.is_valid()
    assert ("cleared_reason" in form.cleaned_data) == has_hits
