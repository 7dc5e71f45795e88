"""Write the results of a plan, and a program folder: whole or not at all.

Comes in: a `Plan` and the `Program` it was made for. Goes out: the files of docs/reference/program-folder.md
("Output"), with copies of the input. Values are written exactly, without guards for spreadsheets.
Tests: tests/programme/test_write.py.
"""

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

from posada.programme.atomic import put_in_place, recover
from posada.programme.canonical import rows_of, texts
from posada.programme.copies import input_copies
from posada.programme.errors import FolderUnreadable, OutExists, OutNotReplaceable, OutNotWritten
from posada.programme.read import NotReadable
from posada.programme.rule_changes import rule_changes_as_toml
from posada.programme.tables import SETTINGS_FILE, TABLES
from posada.records import GroupPlan, Plan, Program

SUMMARY_FILE = "summary.json"
INPUT_FOLDER = "input"
PLACEMENT_COLUMNS = (
    "sibling_group_id",
    "child_id",
    "home_id",
    "counsel_id",
    "court_code",
    "kin",
    "shares_language",
    "interpreter_needed",
    "venue_change_needed",
    "license_exception",
    "cost_cents_per_day",
    "distance_km",
)
UNPLACED_COLUMNS = ("sibling_group_id", "children", "reason_code", "reason", "next_step")
UNREPRESENTED_COLUMNS = ("sibling_group_id", "court_code", "reason_code", "reason", "next_step")
REJECTED_COLUMNS = ("file", "row", "field", "found", "wanted")
RECRUIT_COLUMNS = (
    "kind",
    "county_fips",
    "court_code",
    "languages",
    "beds",
    "max_siblings",
    "children_gained",
)


def check_out(out: Path, *, source: Path, replace: bool) -> None:
    """Whether a plan may be written to `out`: asked before a long solve as well as when writing.

    Raises OutExists if something is there and `replace` is false; OutNotReplaceable if what is there is not a
    plan (or an empty folder), or if `out` is or holds the input folder; OutNotWritten where the disk refuses.
    """
    recover_out(out)
    here, there = out.resolve(), source.resolve()
    if here == there or here in there.parents:
        raise OutNotReplaceable(f"{out}: the output folder must not hold the input folder; choose another.")
    if not os.path.lexists(out):
        return
    if not replace:
        raise OutExists(f"{out}: this is there already; use --replace to replace it, or choose another.")
    is_empty = out.is_dir() and next(out.iterdir(), None) is None
    if out.is_symlink() or not (is_empty or (out / SUMMARY_FILE).is_file()):
        raise OutNotReplaceable(f"{out}: this is not a plan that Posada wrote, so it is not replaced.")


def write_plan(
    out: Path,
    *,
    plan: Plan,
    program: Program,
    summary: Mapping[str, object],
    replace: bool,
    source: Path,
    mapping: Path | None = None,
    recruit: Sequence[Mapping[str, object]] = (),
    extra: Mapping[str, str | bytes] | None = None,
) -> None:
    """Write the folder of a plan: every table, the summary, and input/ with the files that were read.

    `recruit`: rows with (some of) RECRUIT_COLUMNS. `extra`: further files by name. At every moment, also of a
    kill, `out` is either what it was or the whole new folder.
    Raises OutExists, OutNotReplaceable, OutNotWritten (as `check_out`, and where the disk refuses).
    """
    check_out(out, source=source, replace=replace)
    try:
        files = plan_files(plan, program=program, summary=summary, recruit=recruit)
        files.update({name: _bytes(content) for name, content in (extra or {}).items()})
        copies = input_copies(source, mapping=mapping)
    except (FolderUnreadable, NotReadable) as error:
        raise OutNotWritten(f"{source}: the input changed while it was planned: {error}") from error
    files.update({f"{INPUT_FOLDER}/{name}": content for name, content in copies.items()})
    _put(out, files=files, replace=replace)


def recover_out(out: Path) -> None:
    """Clear what a killed writer left beside `out`. Raises OutNotWritten where the disk refuses."""
    try:
        recover(out)
    except OSError as error:
        raise OutNotWritten(f"{out}: cannot be written: {error.strerror or error}.") from error


def plan_files(
    plan: Plan,
    *,
    program: Program,
    summary: Mapping[str, object],
    recruit: Sequence[Mapping[str, object]] = (),
) -> dict[str, bytes]:
    """The files of a plan by name, without the input copies."""
    placed = sorted((row for group in plan.groups for row in _placement_rows(group)), key=lambda row: row[:2])
    unplaced = sorted(astuple(group) for group in plan.unplaced)
    unrepresented = sorted((astuple(group) for group in plan.unrepresented), key=lambda row: row[0])
    wanted = ([_cell(row.get(column)) for column in RECRUIT_COLUMNS] for row in recruit)
    return {
        "placements.csv": csv_bytes(PLACEMENT_COLUMNS, placed),
        "unplaced.csv": csv_bytes(UNPLACED_COLUMNS, unplaced),
        "unrepresented.csv": csv_bytes(UNREPRESENTED_COLUMNS, unrepresented),
        "rejected.csv": csv_bytes(REJECTED_COLUMNS, (astuple(each) for each in sorted(program.rejections))),
        "recruit.csv": csv_bytes(RECRUIT_COLUMNS, wanted),
        SUMMARY_FILE: (json.dumps(summary, indent=2, ensure_ascii=False) + "\n").encode("utf-8"),
    }


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    r"""A CSV file as bytes: UTF-8, commas, one header row, LF line ends.

    >>> csv_bytes(("a", "b"), [(True, None)])
    b'a,b\ntrue,\n'
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return written.getvalue().encode("utf-8")


def write_program(program: Program, *, folder: Path) -> None:
    """Write the accepted rows of a program as a folder that reads back to an equal program.

    Refused rows, and what they held back, are not in it. An empty table has no file, unless it is required.
    Raises OutExists if something is there, OutNotWritten where the disk refuses.
    """
    recover_out(folder)
    if os.path.lexists(folder):
        raise OutExists(f"{folder}: this is there already; choose another.")
    files = {SETTINGS_FILE: _settings(program).encode("utf-8")}
    for table in TABLES.values():
        rows = rows_of(program, table)
        if rows or table.must_exist:
            files[table.file] = csv_bytes(table.names, (texts(row, names=table.names) for row in rows))
    _put(folder, files=files, replace=False)


def _put(out: Path, *, files: Mapping[str, bytes], replace: bool) -> None:
    def fill(folder: Path) -> None:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        put_in_place(out, fill=fill, replace=replace)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutNotWritten(f"{out}: cannot be written: {reason}. Nothing was changed.") from error


def _placement_rows(group: GroupPlan) -> Iterable[tuple[object, ...]]:
    for index, child_id in enumerate(group.children):
        tenths = group.distance_tenths_km[index]
        yield (
            group.sibling_group_id,
            child_id,
            group.home_id,
            group.counsel_id,
            group.court_code,
            group.kin,
            group.children_sharing_language[index],
            group.interpreter_needed[index],
            group.venue_change_needed,
            "needed" if group.license_exception else "",
            group.cost_cents_per_child_day,
            f"{tenths // 10}.{tenths % 10}",
        )


def _settings(program: Program) -> str:
    lines = [f"plan_date = {program.plan_date.isoformat()}"]
    # A JSON string is a TOML basic string, but for the one control character that JSON may leave bare.
    for key, value in (("name", program.name), ("state", program.state), ("policy", program.policy)):
        lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f"))
    return "\n".join([*lines, f"seed = {program.seed}"]) + "\n" + rule_changes_as_toml(program.rule_changes)


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return ";".join(map(str, value))
    return value


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content
