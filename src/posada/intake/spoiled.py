"""Values that a spreadsheet has changed: named, never mended.

Comes in: a `Table`. Goes out: `Spoiled` cells, each with what was done to it.
Docs: docs/explanation/duplicates.md. Tests: tests/intake/test_spoiled.py.
"""

import re
from dataclasses import dataclass

from posada.intake.spreadsheet import Table, by_column
from posada.programme.tables import TABLES, Kind
from posada.reference.counties import county_points


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A value that a spreadsheet has changed. `row` 1 is the first under the header."""

    row: int
    column: str
    found: str
    what: str  # leading_zero, exponent, decimals, day_number, too_narrow, error_value


_ERRORS = frozenset(
    ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#¡REF!", "#¿NOMBRE?")
)
_EXPONENT = re.compile(r"-?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+")
_DECIMALS = re.compile(r"[0-9]+[.,]0+")
_DAY_NUMBER = re.compile(r"[1-9][0-9]{4}([.,][0-9]+)?")
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
_DATES = (Kind.DATE, Kind.BIRTH_DATE, Kind.OWN_BIRTH_DATES)
_WHOLE = (Kind.COUNT, Kind.COUNTY, Kind.ID)


def spoiled(table: Table) -> tuple[Spoiled, ...]:
    """Every value that looks changed by a spreadsheet, in the order of rows and columns."""
    known = TABLES.get(table.file)
    kinds = {column.name: column.kind for column in known.columns} if known is not None else {}
    return tuple(
        Spoiled(row, column, cell, what)
        for row, column, cell in by_column(table)
        if (what := what_was_done(cell.strip(), kind=kinds.get(column))) is not None
    )


def what_was_done(text: str, *, kind: Kind | None) -> str | None:
    """What a spreadsheet did to this value, or None. `kind`: of a column that the program folder knows.

    >>> what_was_done("1.2E+10", kind=Kind.ID), what_was_done("1001", kind=Kind.COUNTY)
    ('exponent', 'leading_zero')
    """
    if not text:
        return None
    if set(text) == {"#"}:
        return "too_narrow"
    if text.upper() in _ERRORS:
        return "error_value"
    if _EXPONENT.fullmatch(text):
        return "exponent"
    if kind is Kind.COUNTY and _FOUR_DIGITS.fullmatch(text) and f"0{text}" in county_points():
        return "leading_zero"
    if kind in _WHOLE and _DECIMALS.fullmatch(text):
        return "decimals"
    if kind in _DATES and _DAY_NUMBER.fullmatch(text):
        return "day_number"
    return None
