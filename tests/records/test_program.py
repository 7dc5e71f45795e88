"""Records cannot be changed, and refused rows sort by file, row and field."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from posada.records import Program, Rejection


def test_a_program_cannot_be_changed() -> None:
    program = Program(plan_date=date(2026, 12, 1), children=(), homes=())
    with pytest.raises(FrozenInstanceError):
        program.policy = "federal"  # type: ignore[misc]


def test_a_program_is_marylands_unless_it_says_otherwise() -> None:
    assert Program(plan_date=date(2026, 12, 1), children=(), homes=()).policy == "maryland"


def test_refused_rows_sort_by_file_then_row_as_a_number() -> None:
    rows = [Rejection("b", 1, "x", "", ""), Rejection("a", 10, "x", "", ""), Rejection("a", 9, "x", "", "")]
    assert [(row.file, row.row) for row in sorted(rows)] == [("a", 9), ("a", 10), ("b", 1)]
