"""Worked cases from a CSV file: each row to an answer, a named gap, or a refusal.

Comes in: the bytes of a file with the columns of `COLUMNS`. Goes out: `CaseAnswer` in the order of the rows,
and `Rejection` (row, field, found, wanted). Expected columns are read by `checked` alone.
Docs: docs/reference/legal-rules.md. Tests: tests/docket/test_cases.py.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from posada.docket.answer import Answer, answer
from posada.docket.calendar import CalendarGap
from posada.docket.counting import OutOfCalendar
from posada.docket.facts import BadFact, iso_day
from posada.docket.rules_moved import OpenDate
from posada.programme.printable import shown
from posada.programme.read import NotReadable, RawRecord, other_separator, read_sheet
from posada.records import Rejection
from posada.rulebook.legal_rule import FactGap, FactValue, LegalRulebook, UnknownRule
from posada.rulebook.rule import RuleGap

COLUMNS = ("id", "rule_id", "as_of_date", "trigger_event", "trigger_date", "facts_json")
EXPECTED = ("expected_date", "expected_status")
GAP = "gap"
"""The status of a case that has no answer: a rule, a version, a fact or a calendar is missing."""

GAPS = (UnknownRule, RuleGap, FactGap, CalendarGap, OutOfCalendar)


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """The answer to one row: `found` or, if it could not be answered, why (`gap`)."""

    case_id: str
    rule_id: str
    row: int
    found: Answer | None = None
    gap: str = ""

    @property
    def status(self) -> str:
        """The status word, or `gap`."""
        return GAP if self.found is None else self.found.status

    @property
    def day_text(self) -> str:
        """The date written YYYY-MM-DD, or nothing."""
        return self.found.day.isoformat() if self.found and self.found.day else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One case against what was expected of it: date and status of both."""

    case_id: str
    rule_id: str
    expected: tuple[str, str]
    found: tuple[str, str]

    @property
    def passed(self) -> bool:
        """Whether both the date and the status are as expected."""
        return self.expected == self.found


class _Refused(Exception):  # noqa: N818
    def __init__(self, field: str, *, found: str, wanted: str) -> None:
        self.field, self.found, self.wanted = field, found, wanted


def answered(
    content: bytes, *, book: LegalRulebook, file: str
) -> tuple[tuple[CaseAnswer, ...], tuple[Rejection, ...]]:
    """Every case of a file answered, and every row that was refused. Raises NotReadable for a whole file."""
    found, refused = [], []
    for row, cells, fault in _rows(content, columns=COLUMNS):
        try:
            found.append(_answered(cells, row, fault, book=book))
        except _Refused as error:
            refused.append(Rejection(file, row, error.field, shown(error.found), error.wanted))
    twice = {case_id for case_id, times in Counter(each.case_id for each in found).items() if times > 1}
    refused += [
        Rejection(file, each.row, "id", shown(each.case_id), "an id that no other row has")
        for each in found
        if each.case_id in twice
    ]
    kept = tuple(each for each in found if each.case_id not in twice)
    return kept, tuple(sorted(refused, key=lambda each: each.row))


def checked(
    content: bytes, *, book: LegalRulebook, file: str
) -> tuple[tuple[Comparison, ...], tuple[CaseAnswer, ...], tuple[Rejection, ...]]:
    """Every case answered, then held against its expected columns. Raises NotReadable."""
    answers, refused = answered(content, book=book, file=file)
    rows = {row: cells for row, cells, _ in _rows(content, columns=(*COLUMNS, *EXPECTED))}
    compared = tuple(
        Comparison(
            each.case_id,
            each.rule_id,
            (rows[each.row]["expected_date"].strip(), rows[each.row]["expected_status"].strip()),
            (each.day_text, each.status),
        )
        for each in answers
    )
    return compared, answers, refused


def open_dates(content: bytes, *, file: str) -> tuple[tuple[OpenDate, ...], tuple[Rejection, ...]]:
    """Open deadlines from a file with the same columns, to be computed again. Raises NotReadable."""
    found, refused = [], []
    for row, cells, record in _rows(content, columns=COLUMNS):
        try:
            case_id, rule_id, _, trigger, facts = _read(cells, record)
            found.append(OpenDate(case_id, case_id, rule_id, trigger, facts))
        except _Refused as error:
            refused.append(Rejection(file, row, error.field, shown(error.found), error.wanted))
    return tuple(found), tuple(refused)


def _rows(content: bytes, *, columns: Sequence[str]) -> list[tuple[int, dict[str, str], RawRecord]]:
    sheet = read_sheet(content)
    separator = other_separator(sheet.header)
    if separator:
        raise NotReadable(f"its columns are separated by {separator}, not commas")
    repeated = sorted({name for name in sheet.header if sheet.header.count(name) > 1})
    if repeated:
        raise NotReadable(f"it has two columns named {repeated[0]}")
    missing = [name for name in columns if name not in sheet.header]
    if missing:
        raise NotReadable(f"it has no column {', '.join(missing)}")
    names = sheet.header
    return [
        (record.row, dict(zip_longest(names, record.cells[: len(names)], fillvalue="")), record)
        for record in sheet.records()
    ]


def _answered(cells: Mapping[str, str], row: int, record: RawRecord, *, book: LegalRulebook) -> CaseAnswer:
    case_id, rule_id, as_of, trigger, facts = _read(cells, record)
    try:
        found = answer(book.rule(rule_id), trigger_date=trigger, as_of=as_of, recorded=facts)
    except BadFact as error:
        raise _Refused(f"facts_json.{error.fact}", found=error.found, wanted=error.wanted) from None
    except GAPS as error:
        return CaseAnswer(case_id, rule_id, row, gap=str(error))
    return CaseAnswer(case_id, rule_id, row, found=found)


def _read(
    cells: Mapping[str, str], record: RawRecord
) -> tuple[str, str, date, date | None, dict[str, FactValue]]:
    if record.fault is not None:
        raise _Refused(list(cells)[record.fault.column], found=record.fault.found, wanted=record.fault.wanted)
    case_id, rule_id = _filled(cells, "id"), _filled(cells, "rule_id")
    as_of = _day(cells, "as_of_date")
    trigger = _day(cells, "trigger_date") if cells["trigger_date"].strip() else None
    return case_id, rule_id, as_of, trigger, _facts(cells["facts_json"])


def _filled(cells: Mapping[str, str], name: str) -> str:
    text = cells[name].strip()
    if not text:
        raise _Refused(name, found="", wanted="a value: this cell must not be empty")
    return text


def _day(cells: Mapping[str, str], name: str) -> date:
    try:
        return iso_day(cells[name].strip(), fact=name)
    except BadFact as error:
        raise _Refused(name, found=error.found, wanted=error.wanted) from None


def _facts(text: str) -> dict[str, FactValue]:
    if not text.strip():
        return {}
    wanted = 'a JSON object of facts, such as {"granted": false}'
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise _Refused("facts_json", found=text, wanted=wanted) from None
    if not isinstance(found, dict):
        raise _Refused("facts_json", found=text, wanted=wanted)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a fact is given twice")
    return dict(pairs)


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")
