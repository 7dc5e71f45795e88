"""What the office refuses beyond the reader of folders: what its tables cannot hold, and names without a child.

Comes in: readings of files. Goes out: the same, with such rows refused (file, row, field, found, wanted).
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_office_rules.py.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import Any

from posada.office.counsel.models import Counsel
from posada.office.intake import models
from posada.office.intake.sealed_tables import CONTACTS, PAGE_LANGUAGES, PEOPLE
from posada.office.intake.standing_ids import StandingIds
from posada.office.licensing.models import Home
from posada.office.placement.models import Override
from posada.programme.codes import is_language
from posada.programme.tables import CHILDREN, HOMES, KIN, PLACEMENTS, Row
from posada.programme.validate import BadRow, Reading

MOST_SEALED = 300  # characters of a sealed field
_HELD_IN: dict[str, type] = {
    "children.csv": models.Child,
    "homes.csv": Home,
    "kin.csv": models.KinLink,
    "counsel.csv": Counsel,
    "courts.csv": models.Court,
    "court_counties.csv": models.CourtCounty,
    "hearings.csv": models.Hearing,
    "separations.csv": models.Separation,
    "overrides.csv": Override,
    "people.csv": models.Child,
}
_HELD_AS: dict[tuple[str, str], tuple[Any, str]] = {
    ("children.csv", "sibling_group_id"): (models.SiblingGroup, "sibling_group_id"),
    ("overrides.csv", "by"): (Override, "by_text"),
}


def refuse_by_office(readings: dict[str, Reading], *, standing: StandingIds) -> None:
    """Refuse rows that are longer than a table holds, say two things of one pair, or house a child twice."""
    for file, reading in readings.items():
        _refuse_long(reading, limits=longest(file))
    _refuse_twins(
        readings[KIN.file],
        key=lambda row: (row.sibling_group_id, row.home_id),
        column="home_id",
        wanted="one row for each group and home",
    )
    _refuse_twins(
        readings[PLACEMENTS.file],
        key=lambda row: row.child_id if row.to_date is None else None,
        column="to_date",
        wanted="one placement without an end for each child",
    )
    _refuse_second_home(readings[PLACEMENTS.file], standing=standing)


def refuse_sealed(readings: dict[str, Reading]) -> None:
    """Refuse rows of names and addresses that belong to nobody, or that no field can hold."""
    for file, target in ((PEOPLE.file, CHILDREN), (CONTACTS.file, HOMES)):
        key = target.key or ""
        known = {getattr(record, key) for _, record in readings[target.file].good}
        _refuse_where(
            readings[file],
            lambda row, key=key, known=known, target=target: _no_owner(
                row, key=key, known=known, file=target.file
            ),
        )
        columns = readings[file].table.names[1:]
        _refuse_where(readings[file], lambda row, columns=columns: _unfit(row, columns=columns))
    _refuse_where(readings[CONTACTS.file], _foreign_language)


def longest(file: str) -> dict[str, int]:
    """Column → the most characters that the office's table holds, where there is a limit."""
    found = {}
    model: Any = _HELD_IN.get(file)
    for field in model._meta.get_fields() if model else ():
        if getattr(field, "max_length", None):
            found[field.name] = field.max_length
    for (of_file, column), (other, name) in _HELD_AS.items():
        if of_file == file:
            found[column] = other._meta.get_field(name).max_length
    return found


def _refuse_long(reading: Reading, *, limits: dict[str, int]) -> None:
    columns = [(name, limits[name]) for name in reading.table.names if name in limits]

    def fault(row: Any) -> tuple[str, str, str] | None:
        for name, most in columns:
            value = getattr(row, name)
            if isinstance(value, str) and len(value) > most:
                return name, value, f"at most {most} characters"
        return None

    if columns:
        _refuse_where(reading, fault)


def _refuse_twins(
    reading: Reading, *, key: Callable[[Any], Hashable | None], column: str, wanted: str
) -> None:
    rows: dict[Hashable, list[int]] = defaultdict(list)
    for number, record in reading.good:
        found = key(record)
        if found is not None:
            rows[found].append(number)

    def fault(row: Any) -> tuple[str, str, str] | None:
        numbers = rows.get(key(row), [])
        if len(numbers) < 2:
            return None
        told = ", ".join(map(str, numbers[:5]))
        return column, str(getattr(row, column) or ""), f"{wanted}; rows {told} say it"

    _refuse_where(reading, fault)


def _refuse_second_home(reading: Reading, *, standing: StandingIds) -> None:
    """A child lives in one place: a second placement without an end is a move, which a person records."""
    ended = {
        (row.child_id, row.home_id, row.from_date)  # type: ignore[union-attr]
        for _, row in reading.good
        if row.to_date is not None  # type: ignore[union-attr]
    }

    def fault(row: Any) -> tuple[str, str, str] | None:
        here = standing.placed.get(row.child_id)
        if row.to_date is not None or here is None or here == (row.home_id, row.from_date):
            return None
        if (row.child_id, *here) in ended:
            return None
        return (
            "home_id",
            row.home_id,
            f"the home where the child lives, {here[0]}, or an end of that placement",
        )

    _refuse_where(reading, fault)


def _no_owner(row: Any, *, key: str, known: set[str], file: str) -> tuple[str, str, str] | None:
    owner = getattr(row, key)
    noun = key.removesuffix("_id")
    return None if owner in known else (key, owner, f"a {noun} that {file} has, and that was accepted")


def _unfit(row: Any, *, columns: tuple[str, ...]) -> tuple[str, str, str] | None:
    for name in columns:
        text = getattr(row, name)
        if len(text) > MOST_SEALED:
            return name, text, f"at most {MOST_SEALED} characters"
        if not text.isprintable():
            return name, text, "text on one line, without control characters"
    return None


def _foreign_language(row: Any) -> tuple[str, str, str] | None:
    code = row.best_language.strip()
    if not code or is_language(code) or code in PAGE_LANGUAGES.values():
        return None
    return "best_language", row.best_language, "an ISO 639-3 language code in lower case, such as spa or mam"


def _refuse_where(reading: Reading, fault: Callable[[Any], tuple[str, str, str] | None]) -> None:
    def test(row: int, record: Row) -> BadRow | None:
        found = fault(record)
        if found is None:
            return None
        bad = reading.bad_row(row, record)
        bad.add(found[0], found=found[1], wanted=found[2])
        return bad

    if reading.good:
        reading.refuse(test)
