"""A row that comes again, field by field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.intake.difference import Choice, changes, differences, is_empty

STORED = {"sex": "F", "languages": ("mam",), "country": "GTM", "arrived_on": None, "beds": 0}


def test_the_same_row_again_changes_nothing() -> None:
    assert differences(STORED, dict(STORED)) == ()
    assert differences(STORED, {"languages": ["mam"], "arrived_on": ""}) == ()


def test_only_fields_that_differ_are_shown_and_a_missing_column_is_none() -> None:
    found = differences(STORED, {"sex": "M", "languages": ("mam", "spa")})
    assert [(each.field, each.stored, each.incoming) for each in found] == [
        ("sex", "F", "M"),
        ("languages", ("mam",), ("mam", "spa")),
    ]


@pytest.mark.parametrize("empty", [None, "", (), []])
def test_an_empty_cell_never_empties_a_filled_field_by_itself(empty: object) -> None:
    found = differences(STORED, {"country": empty})
    assert [each.default for each in found] == [Choice.KEEP]
    assert changes(found) == {}
    assert changes(found, choices={"country": Choice.FILL}) == {}
    assert changes(found, choices={"country": Choice.TAKE}) == {"country": empty}


def test_an_empty_field_is_filled_and_0_is_not_empty() -> None:
    found = differences(STORED, {"arrived_on": "2026-11-01", "beds": 2})
    assert [each.default for each in found] == [Choice.FILL, Choice.TAKE]
    assert changes(found) == {"arrived_on": "2026-11-01", "beds": 2}
    assert not is_empty(0)
    assert not is_empty(False)


def test_an_office_may_let_the_record_win() -> None:
    found = differences(STORED, {"sex": "M", "arrived_on": "2026-11-01"}, prefer=Choice.KEEP)
    assert changes(found) == {"arrived_on": "2026-11-01"}
    assert changes(found, choices={"sex": Choice.TAKE})["sex"] == "M"


def test_only_the_fields_that_are_asked_for_are_looked_at() -> None:
    assert differences(STORED, {"sex": "M", "country": "HND"}, fields=["country"])[0].field == "country"


VALUES = st.one_of(st.none(), st.booleans(), st.integers(0, 2), st.sampled_from(["", "a", (), ("a",)]))
ROWS = st.dictionaries(st.sampled_from("abcd"), VALUES)


@given(ROWS, ROWS, st.sampled_from(Choice))
def test_defaults_never_empty_a_field_and_taking_all_is_the_incoming_row(stored, incoming, prefer) -> None:
    found = differences(stored, incoming, prefer=prefer)
    after = stored | changes(found)
    assert all(not is_empty(after[field]) for field, value in stored.items() if not is_empty(value))
    taken = stored | changes(found, choices={each.field: Choice.TAKE for each in found})
    assert differences(taken, incoming) == ()
    assert changes(found, choices={each.field: Choice.KEEP for each in found}) == {}
