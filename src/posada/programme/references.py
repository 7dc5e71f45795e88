"""References between files: a row that names a child, group, home, counsel or court that was not accepted.

Comes in: the readings of all files. Goes out: the same readings, with such rows refused. A row refused only
because what it names was itself refused is marked `only_refused`: it holds nothing else back.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_references.py.
"""

from dataclasses import dataclass

from posada.programme.tables import CHILDREN, COUNSEL, COURTS, HOMES, Row
from posada.programme.validate import BadRow, Reading

_CHILD, _GROUP, _HOME, _COUNSEL, _COURT = "child", "group", "home", "counsel", "court"
_TARGETS = {
    _CHILD: (CHILDREN.file, "child_id"),
    _GROUP: (CHILDREN.file, "sibling_group_id"),
    _HOME: (HOMES.file, "home_id"),
    _COUNSEL: (COUNSEL.file, "counsel_id"),
    _COURT: (COURTS.file, "court_code"),
}
_REFERENCES = {
    "kin.csv": {"sibling_group_id": _GROUP, "home_id": _HOME},
    "court_counties.csv": {"court_code": _COURT},
    "hearings.csv": {"sibling_group_id": _GROUP, "court_code": _COURT},
    "separations.csv": {
        "sibling_group_id": _GROUP,
        "other_group_id": _GROUP,
        "home_id": _HOME,
        "counsel_id": _COUNSEL,
    },
    "placements.csv": {"child_id": _CHILD, "home_id": _HOME},
    "openings.csv": {"home_id": _HOME},
    "overrides.csv": {"sibling_group_id": _GROUP, "home_id": _HOME, "counsel_id": _COUNSEL},
}


@dataclass(frozen=True, slots=True)
class _Known:
    """Ids that may be named, and those that only refused rows have."""

    noun: str
    file: str
    accepted: frozenset[str]
    refused: frozenset[str]

    def wanted(self, name: str) -> str | None:
        """What was wanted instead of a name; None if it may stand."""
        if name in self.accepted:
            return None
        if name in self.refused:
            return f"a {self.noun} that was accepted: the rows of this one in {self.file} were refused"
        return f"a {self.noun} that {self.file} has"


def refuse_unknown(readings: dict[str, Reading]) -> None:
    """Refuse every row that refers to nothing accepted. Courts are checked only where courts.csv is there."""
    known = {target: _known(readings, target=target) for target in _TARGETS}
    if not readings[COURTS.file].is_present:
        del known[_COURT]
    for file, columns in _REFERENCES.items():
        checks = {column: known[target] for column, target in columns.items() if target in known}
        if checks:
            _refuse(readings[file], checks=checks)


def _known(readings: dict[str, Reading], *, target: str) -> _Known:
    file, column = _TARGETS[target]
    reading = readings[file]
    accepted = frozenset(getattr(record, column) for _, record in reading.good)
    named = frozenset(bad.cells.get(column, "") for bad in reading.bad)
    return _Known(target, reading.mapping.file, accepted, named - accepted - {""})


def _refuse(reading: Reading, *, checks: dict[str, _Known]) -> None:
    def test(row: int, record: Row) -> BadRow | None:
        faults = []
        for column, known in checks.items():
            name = getattr(record, column)
            if name is not None and name not in known.accepted:
                faults.append((column, name, known))
        if not faults:
            return None
        bad = reading.bad_row(row, record)
        for column, name, known in faults:
            bad.add(column, found=name, wanted=known.wanted(name) or "")
        bad.only_refused = all(name in known.refused for _, name, known in faults)
        return bad

    for bad in reading.bad:
        if bad.stray:
            continue
        for column, known in checks.items():
            name = bad.cells.get(column, "")
            wanted = known.wanted(name) if name.strip() else None
            if wanted is not None:
                bad.add(column, found=name, wanted=wanted)
    reading.refuse(test)
