"""Read the folder of a plan back: what `posada plan` wrote, and the input that it keeps beside it.

Comes in: a folder. Goes out: `PlanFolder`. Strict: a folder that is no plan, is not whole, or was changed by
hand is refused in one line. Whether the plan is lawful is for the checker to say.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_plan_folder.py.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from posada.programme.errors import FolderUnreadable, PlanUnreadable
from posada.programme.folder import read_program
from posada.programme.printable import shown
from posada.programme.read import NotReadable, read_bytes, read_sheet
from posada.programme.write import (
    INPUT_FOLDER,
    PLACEMENT_COLUMNS,
    SUMMARY_FILE,
    UNPLACED_COLUMNS,
    UNREPRESENTED_COLUMNS,
)
from posada.records import (
    GroupPlan,
    LevelResult,
    Plan,
    Program,
    RefusedPin,
    UnplacedGroup,
    UnrepresentedGroup,
)

_Kind = TypeVar("_Kind")
_Row = dict[str, str]
_WHOLE_GROUP = (
    "home_id",
    "counsel_id",
    "court_code",
    "kin",
    "venue_change_needed",
    "license_exception",
    "cost_cents_per_day",
)
"""Columns that say the same on every row of a group."""


@dataclass(frozen=True, slots=True)
class PlanFolder:
    """A plan, and the program that it was made for; no country stands in it."""

    folder: Path
    program: Program
    plan: Plan
    summary: Mapping[str, object]

    @property
    def input(self) -> Path:
        """The copy of the input."""
        return self.folder / INPUT_FOLDER


def read_plan(folder: Path) -> PlanFolder:
    """Read the folder of a plan. Raises PlanUnreadable, in one line, where it is no plan or not whole."""
    if not folder.is_dir():
        raise PlanUnreadable(f"{folder}: there is no such folder.")
    if not (folder / SUMMARY_FILE).is_file():
        raise PlanUnreadable(f"{folder}: this is no plan that Posada wrote: {SUMMARY_FILE} is missing.")
    summary = _summary(folder)
    if not (folder / INPUT_FOLDER).is_dir():
        raise PlanUnreadable(f"{folder}: the folder {INPUT_FOLDER} of the plan is missing; plan again.")
    try:
        program = read_program(folder / INPUT_FOLDER)
    except FolderUnreadable as error:
        raise PlanUnreadable(f"{folder / INPUT_FOLDER}: {error.messages[0]}") from error
    if summary.get("input_sha256") != program.input_sha256:
        raise PlanUnreadable(f"{folder}: its {INPUT_FOLDER} is not what the plan was made from; plan again.")
    plan = Plan(
        groups=_groups(folder),
        unplaced=tuple(
            UnplacedGroup(
                row["sibling_group_id"],
                _count(row["children"], where=f"{folder / 'unplaced.csv'}"),
                row["reason_code"],
                row["reason"],
                row["next_step"],
            )
            for row in _rows(folder, "unplaced.csv", columns=UNPLACED_COLUMNS)
        ),
        unrepresented=tuple(
            UnrepresentedGroup(
                row["sibling_group_id"],
                row["court_code"] or None,
                row["reason_code"],
                row["reason"],
                row["next_step"],
            )
            for row in _rows(folder, "unrepresented.csv", columns=UNREPRESENTED_COLUMNS)
        ),
        levels=_levels(summary, where=folder / SUMMARY_FILE),
        refused_pins=_refused_pins(summary, where=folder / SUMMARY_FILE),
        cost_unknown_children=_of(summary, "cost_unknown_children", int, where=folder / SUMMARY_FILE),
        time_limit_reached=_of(summary, "time_limit_reached", bool, where=folder / SUMMARY_FILE),
    )
    return PlanFolder(folder, program, plan, summary)


def _summary(folder: Path) -> dict[str, object]:
    path = folder / SUMMARY_FILE
    try:
        found = json.loads(read_bytes(path, within=folder).decode("utf-8"))
    except NotReadable as error:
        raise PlanUnreadable(f"{path}: {error}.") from error
    except (ValueError, RecursionError) as error:  # also text that is not UTF-8
        raise PlanUnreadable(f"{path}: this cannot be read as JSON; plan again.") from error
    if not isinstance(found, dict) or "levels" not in found:
        raise PlanUnreadable(f"{folder}: this is no plan that Posada wrote: {SUMMARY_FILE} has no levels.")
    return found


def _of(table: Mapping[str, object], key: str, kind: type[_Kind], *, where: Path) -> _Kind:
    found = table.get(key)
    # True is an int in Python; a count must not take it.
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        raise PlanUnreadable(f"{where}: {key} is missing or is not as Posada writes it; plan again.")
    return found


def _entries(summary: Mapping[str, object], key: str, *, where: Path) -> list[dict[str, object]]:
    found = _of(summary, key, list, where=where)
    if not all(isinstance(each, dict) for each in found):
        raise PlanUnreadable(f"{where}: {key} is not as Posada writes it; plan again.")
    return found


def _levels(summary: Mapping[str, object], *, where: Path) -> tuple[LevelResult, ...]:
    levels = []
    for entry in _entries(summary, "levels", where=where):
        name = _of(entry, "name", str, where=where)
        value, bound = (_level_number(name, entry.get(key), where=where) for key in ("value", "bound"))
        levels.append(LevelResult(name, _of(entry, "sense", str, where=where), value, bound))
    return tuple(levels)


def _level_number(name: str, found: object, *, where: Path) -> int:
    """Distances are written in kilometers with one decimal, and kept in tenths."""
    is_distance = name == "distance_km"
    if isinstance(found, bool) or not isinstance(found, int | float if is_distance else int):
        raise PlanUnreadable(f"{where}: a value of {shown(name)} is not a number; plan again.")
    return round(found * 10) if is_distance else int(found)


def _refused_pins(summary: Mapping[str, object], *, where: Path) -> tuple[RefusedPin, ...]:
    return tuple(
        RefusedPin(*(_of(entry, key, str, where=where) for key in ("group", "target", "rule")))
        for entry in _entries(summary, "refused_pins", where=where)
    )


def _groups(folder: Path) -> tuple[GroupPlan, ...]:
    path = folder / "placements.csv"
    members: dict[str, list[_Row]] = defaultdict(list)
    for row in _rows(folder, path.name, columns=PLACEMENT_COLUMNS):
        members[row["sibling_group_id"]].append(row)
    return tuple(_group(group, members[group], where=path) for group in sorted(members))


def _group(group: str, rows: Sequence[_Row], *, where: Path) -> GroupPlan:
    first, where_text = rows[0], str(where)
    if any(row[column] != first[column] for row in rows for column in _WHOLE_GROUP):
        raise PlanUnreadable(f"{where}: the rows of group {shown(group)} do not agree; plan again.")
    return GroupPlan(
        sibling_group_id=group,
        children=_each(rows, "child_id", str),
        home_id=first["home_id"],
        counsel_id=first["counsel_id"] or None,
        court_code=first["court_code"] or None,
        kin=_flag(first["kin"], where=where_text),
        children_sharing_language=_each(rows, "shares_language", lambda t: _flag(t, where=where_text)),
        interpreter_needed=_each(rows, "interpreter_needed", lambda t: _flag(t, where=where_text)),
        venue_change_needed=_flag(first["venue_change_needed"], where=where_text),
        license_exception=first["license_exception"] == "needed",
        cost_cents_per_child_day=_count(first["cost_cents_per_day"], where=where_text),
        distance_tenths_km=_each(rows, "distance_km", lambda t: _tenths(t, where=where_text)),
    )


def _each(rows: Sequence[_Row], column: str, read: Callable[[str], _Kind]) -> tuple[_Kind, ...]:
    return tuple(read(row[column]) for row in rows)


def _rows(folder: Path, name: str, *, columns: Sequence[str]) -> list[_Row]:
    """The rows of one table of a plan, every one whole."""
    path = folder / name
    if not path.is_file():
        raise PlanUnreadable(f"{folder}: {name} of the plan is missing; plan again.")
    try:
        sheet = read_sheet(read_bytes(path, within=folder))
    except NotReadable as error:
        raise PlanUnreadable(f"{path}: {error}.") from error
    if sheet.header != tuple(columns):
        raise PlanUnreadable(f"{path}: its columns are not those that Posada writes; plan again.")
    found = []
    for record in sheet.records():
        if record.fault is not None:
            raise PlanUnreadable(f"{path}: row {record.row} cannot be read; plan again.")
        found.append(dict(zip(columns, record.cells, strict=True)))
    return found


def _flag(text: str, *, where: str) -> bool:
    if text not in ("true", "false"):
        raise PlanUnreadable(f"{where}: {shown(text) or 'an empty cell'} is not true or false; plan again.")
    return text == "true"


def _count(text: str, *, where: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise PlanUnreadable(f"{where}: {shown(text) or 'an empty cell'} is not a count; plan again.")
    return int(text)


def _tenths(text: str, *, where: str) -> int:
    whole, point, part = text.partition(".")
    if point and len(part) != 1:
        raise PlanUnreadable(f"{where}: {shown(text)} is not a distance; plan again.")
    return _count(whole, where=where) * 10 + (_count(part, where=where) if point else 0)
