"""Errors in the user's words."""

import errno

import pytest

from posada.cli.refusals import NothingDone, lines_for
from posada.demonstration.assumptions import AssumptionRefused
from posada.ledger.per_capita import YearNotCovered
from posada.programme import FolderUnreadable, OutExists
from posada.records import Rejection
from posada.rulebook import UnknownPolicy


def test_a_folder_that_cannot_be_read_is_told_with_its_refused_rows() -> None:
    error = FolderUnreadable(
        ("homes.csv: no valid row is left.",), rejections=(Rejection("homes.csv", 1, "kind", "x", "kin"),)
    )
    assert lines_for(error) == [
        "homes.csv: no valid row is left.",
        "homes.csv, row 1, kind: found x; wanted kin.",
    ]


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (NothingDone("This."), "This."),
        (OutExists("plan: this is there already"), "plan: this is there already."),
        (AssumptionRefused("assumptions: x is not known."), "assumptions: x is not known."),
        (YearNotCovered("year 1999 is not in the tables"), "Year 1999 is not in the tables."),
        (MemoryError(), "There is not enough memory on this machine for a program of this size."),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full."),
        (PermissionError(errno.EACCES, "Not you", "plan"), "plan: the system refused: Not you."),
    ],
)
def test_a_foreseen_error_is_one_line(error: Exception, line: str) -> None:
    assert lines_for(error) == [line]


def test_an_unknown_policy_is_answered_with_those_that_are_shipped() -> None:
    (line,) = lines_for(UnknownPolicy("texas", shipped=("federal", "maryland")))
    assert "federal, maryland" in line


def test_an_unforeseen_error_shows_only_its_kind() -> None:
    lines = lines_for(ValueError("child-17"))
    assert "ValueError" in lines[0]
    assert "child-17" not in "".join(lines)
