"""What refused rows hold back: incomplete groups, and everything that a refused protective row names.

Comes in: the readings after references were checked. Goes out: held groups with their reason, closed homes.
Protective rows - separations, forbids, placements - fail closed: what they still name is not planned.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_holds.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from posada.programme.printable import shown
from posada.programme.read import MAX_CELL_CHARACTERS
from posada.programme.tables import CHILDREN, HOMES, OVERRIDES, PLACEMENTS, SEPARATIONS
from posada.programme.validate import BadRow, Reading
from posada.records import Child, Home

INCOMPLETE_GROUP = "incomplete_group"
INCOMPLETE_SEPARATION = "incomplete_separation"
_GROUP_COLUMNS = ("sibling_group_id", "other_group_id")
_OTHER_SEPARATORS = re.compile(r"[;\t|]")
"""Where cells have moved, one may hold a row that another separator parts: names are looked for between these."""


@dataclass(frozen=True, slots=True, order=True)
class HoldingRow:
    """A refused row that holds a group back: no cell of it, since these may name somebody else."""

    file: str
    row: int  # 1 = the first record under the header
    fields: tuple[str, ...]  # the columns at fault


def holds(readings: dict[str, Reading]) -> tuple[dict[str, str], frozenset[str]]:
    """Held groups (group -> reason code, sorted by group) and closed homes."""
    homes = {record.home_id for _, record in readings[HOMES.file].good if isinstance(record, Home)}
    held: dict[str, str] = {}
    for group, code, _, _ in _causes(readings):
        held.setdefault(group, code)
    closed: set[str] = set()
    for _, bad in _protective(readings):
        closed |= set(_named(bad)) & homes if bad.stray else _in_columns(bad, ("home_id",)) & homes
    return dict(sorted(held.items())), frozenset(closed)


def rows_that_hold(readings: dict[str, Reading], *, group: str) -> list[HoldingRow]:
    """The refused rows that hold a group, in the order of files and rows; none where it is not held."""
    found = []
    for held, _, file, bad in _causes(readings):
        if held == group:
            mapping = readings[file].mapping
            fields = tuple(sorted(shown(mapping.foreign(column)) for column in bad.faults))
            found.append(HoldingRow(mapping.file, bad.row, fields))
    return sorted(set(found))


def _causes(readings: dict[str, Reading]) -> Iterator[tuple[str, str, str, BadRow]]:
    """(group, reason code, file, row) for every refused row that holds a group: child rows first."""
    children = [record for _, record in readings[CHILDREN.file].good if isinstance(record, Child)]
    group_of = {child.child_id: child.sibling_group_id for child in children}
    groups = {child.sibling_group_id for child in children}
    incomplete = set()
    for bad in readings[CHILDREN.file].bad:
        for group in _groups_of_child_row(bad, groups=groups):
            incomplete.add(group)
            if bad.cells.get("child_id", "").strip():
                group_of.setdefault(bad.cells["child_id"], group)
            yield group, INCOMPLETE_GROUP, CHILDREN.file, bad
    groups |= incomplete
    for file, bad in _protective(readings):
        named = set(_named(bad))
        for name in named & groups if bad.stray else _in_columns(bad, _GROUP_COLUMNS) & groups:
            yield name, INCOMPLETE_SEPARATION, file, bad
        for name in named & set(group_of) if bad.stray else _in_columns(bad, ("child_id",)) & set(group_of):
            yield group_of[name], INCOMPLETE_SEPARATION, file, bad


def _groups_of_child_row(bad: BadRow, *, groups: set[str]) -> set[str]:
    """The groups that a refused child row belongs to, or may belong to where its cells have moved."""
    found = _in_columns(bad, ("sibling_group_id",))
    if bad.stray:
        return (set(_named(bad)) & groups) | {name for name in found if _is_id(name)}
    return {name for name in found if name in groups or _is_id(name)}


def _protective(readings: dict[str, Reading]) -> Iterator[tuple[str, BadRow]]:
    for file in (SEPARATIONS.file, PLACEMENTS.file):
        yield from ((file, bad) for bad in readings[file].bad if not bad.only_refused)
    for bad in readings[OVERRIDES.file].bad:
        # A row whose action cannot be read may have been a forbid.
        if not bad.only_refused and (bad.stray or bad.cells.get("action") != "pin"):
            yield OVERRIDES.file, bad


def _in_columns(bad: BadRow, columns: tuple[str, ...]) -> set[str]:
    return {name for column in columns for name in _readings_of(bad.cells.get(column, ""))}


def _named(bad: BadRow) -> Iterator[str]:
    for cell in bad.stray:
        yield from _readings_of(cell)
        for part in _OTHER_SEPARATORS.split(cell[:MAX_CELL_CHARACTERS]):
            yield from _readings_of(part)


def _readings_of(cell: str) -> set[str]:
    """A cell as it is, without outer spaces, and without the characters that made it unreadable."""
    cut = cell[:MAX_CELL_CHARACTERS]
    plain = "".join(character for character in cut if character.isprintable())
    return {each for each in (cut, cut.strip(), plain.strip()) if each and not each.isspace()}


def _is_id(name: str) -> bool:
    """Whether a name may stand in an output: it could be the id of a group all of whose rows were refused."""
    return name.isprintable() and name == name.strip() and len(name) < MAX_CELL_CHARACTERS
