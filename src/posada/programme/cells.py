"""Read one cell: text to value, or the plain words for what was wanted instead.

Comes in: a `Column` and the plan date. Goes out: a function from text to value that raises `BadCell`.
Nothing is mended in silence: a value that a spreadsheet has changed is named as such.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_cells.py.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial

from posada.programme.codes import countries, is_language, language_hints
from posada.programme.tables import Column, Kind
from posada.records.people import age_on
from posada.reference.counties import county_points

Cell = str | int | float | date | None | tuple[str, ...] | tuple[date, ...]
Parse = Callable[[str], Cell]

MAX_COUNT = 100_000
ADULT_AGE = 18
"""A child of children.csv is under this age on the plan date (docs/reference/program-folder.md)."""

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")
_SCIENTIFIC = re.compile(r"-?[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+")
_CACHE_SIZE = 32_768
"""Distinct texts remembered a column: dates and codes come again and again, and reading is faster so."""

DATE_WANTED = "a date that exists, written YYYY-MM-DD"
COUNT_WANTED = f"a whole number from 0 to {MAX_COUNT:,}, in plain digits"
COUNTY_WANTED = "a five-digit county FIPS code of the packaged table"
ONE_LINE_WANTED = "text on one line; a line break here comes from a stray quote"
FILLED_WANTED = "a value: this cell must not be empty"


class BadCell(Exception):  # noqa: N818
    """A cell that cannot be read; `wanted` says in plain words what should be there."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        super().__init__(wanted)


def cell_parser(column: Column, *, plan_date: date) -> Parse:
    """The reader for one column: text to value. The reader raises BadCell with what was wanted.

    >>> from posada.programme.tables import CHILDREN
    >>> cell_parser(CHILDREN.columns[2], plan_date=date(2026, 1, 1))("2020-02-29")
    datetime.date(2020, 2, 29)
    """
    if column.kind is Kind.ID and column.filled:
        return _filled_id
    parse = _reader(column, plan_date=plan_date)
    whole = partial(_cell, parse=parse, filled=column.filled, empty=empty_value(column))
    return whole if column.kind in (Kind.ID, Kind.TEXT) else lru_cache(_CACHE_SIZE)(whole)


def empty_value(column: Column) -> Cell:
    """What an empty cell, or a column that is not there, stands for."""
    if column.kind.is_list:
        return ()
    return "" if column.kind is Kind.TEXT else None


def _cell(text: str, *, parse: Parse, filled: bool, empty: Cell) -> Cell:
    if text and not text.isspace():
        return parse(text)
    if filled:
        raise BadCell(FILLED_WANTED)
    return empty


def _reader(column: Column, *, plan_date: date) -> Parse:
    one_of = partial(_choice, choices=column.choices)
    readers: dict[Kind, Parse] = {
        Kind.ID: _id,
        Kind.TEXT: str,
        Kind.DATE: _day,
        Kind.BIRTH_DATE: partial(_birth_date, plan_date=plan_date),
        Kind.OWN_BIRTH_DATES: lambda text: tuple(
            _own_birth_date(entry, plan_date=plan_date) for entry in _entries(text)
        ),
        Kind.COUNT: _count,
        Kind.COUNTY: _county,
        Kind.LANGUAGES: lambda text: tuple(_language(entry) for entry in _entries(text)),
        Kind.COUNTRY: _country,
        Kind.CHOICE: one_of,
        Kind.CHOICES: lambda text: tuple(one_of(entry) for entry in _entries(text)),
        Kind.WORDS: _entries,
        Kind.LATITUDE: partial(_degrees, limit=90),
        Kind.LONGITUDE: partial(_degrees, limit=180),
    }
    return readers[column.kind]


def _entries(text: str) -> tuple[str, ...]:
    found = tuple(entry.strip() for entry in text.split(";"))
    if not all(found):
        raise BadCell("a list separated by semicolons, without empty entries")
    if "\n" in text or "\r" in text:
        raise BadCell(ONE_LINE_WANTED)
    return found


def _filled_id(text: str) -> Cell:
    if text.isidentifier():  # most ids are: nothing to look for, and far quicker to tell
        return text
    return _cell(text, parse=_id, filled=True, empty=None)


def _id(text: str) -> str:
    if _SCIENTIFIC.fullmatch(text):
        raise BadCell("the id as it was issued: this number was changed by a spreadsheet")
    if "\n" in text or "\r" in text:
        raise BadCell(ONE_LINE_WANTED)
    return text


def _day(text: str) -> date:
    if _ISO_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise BadCell(DATE_WANTED) from None
    hint = "; this looks like a spreadsheet's day number" if re.fullmatch(r"[0-9]{5}", text) else ""
    raise BadCell(DATE_WANTED + hint)


def _birth_date(text: str, *, plan_date: date) -> date:
    born = _own_birth_date(text, plan_date=plan_date)
    if age_on(born, plan_date) >= ADULT_AGE:
        raise BadCell(f"a birth date of a child under {ADULT_AGE} on the plan date, {plan_date}")
    return born


def _own_birth_date(text: str, *, plan_date: date) -> date:
    born = _day(text)
    if born > plan_date:
        raise BadCell(f"a birth date on or before the plan date, {plan_date}")
    return born


def _count(text: str) -> int:
    if text.isascii() and text.isdigit():
        digits = text.lstrip("0") or "0"
        if len(digits) <= 6 and int(digits) <= MAX_COUNT:
            return int(digits)
    elif _SCIENTIFIC.fullmatch(text) or re.fullmatch(r"[0-9]+\.0+", text):
        raise BadCell(f"{COUNT_WANTED}; this one was changed by a spreadsheet")
    raise BadCell(COUNT_WANTED)


def _county(text: str) -> str:
    if text in county_points():
        return text
    if re.fullmatch(r"[0-9]{4}", text) and f"0{text}" in county_points():
        raise BadCell(f"{COUNTY_WANTED}; the leading zero was lost, changed by a spreadsheet: 0{text}?")
    if _SCIENTIFIC.fullmatch(text) or re.fullmatch(r"[0-9]{4,5}\.0+", text):
        raise BadCell(f"{COUNTY_WANTED}; this one was changed by a spreadsheet")
    raise BadCell(COUNTY_WANTED)


def _language(text: str) -> str:
    if is_language(text):
        return text
    hint = language_hints().get(text.lower()) or (text.lower() if is_language(text.lower()) else None)
    tail = f"; {hint}?" if hint else ""
    raise BadCell(f"ISO 639-3 language codes in lower case, such as spa or mam{tail}")


def _country(text: str) -> str:
    if text in countries():
        return text
    raise BadCell("an ISO 3166-1 alpha-3 country code in capitals")


def _choice(text: str, *, choices: tuple[str, ...]) -> str:
    if text in choices:
        return text
    raise BadCell(f"one of {', '.join(choices)}")


def _degrees(text: str, *, limit: int) -> float:
    if _DECIMAL.fullmatch(text) and abs(float(text)) <= limit:
        return float(text)
    raise BadCell(f"decimal degrees from -{limit} to {limit}, such as 39.29")
