"""Writes a synthetic program as a program folder, with ASSUMPTIONS.md beside it.

Tests: tests/demonstration/test_folder.py.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path

from posada.demonstration.assumptions import Assumptions, Value
from posada.records import Program

FILES = {
    "children.csv": "children",
    "homes.csv": "homes",
    "kin.csv": "kin",
    "counsel.csv": "counsel",
    "courts.csv": "courts",
    "court_counties.csv": "court_counties",
    "hearings.csv": "hearings",
    "separations.csv": "separations",
    "placements.csv": "placements",
    "openings.csv": "openings",
}


class FolderInUse(FileExistsError):  # noqa: N818  named as a sentence, like the program's other errors
    """The folder to write is there already and is not empty."""


def write_folder(program: Program, folder: Path, *, assumptions: Assumptions) -> None:
    """Write every table that has rows, programme.toml and ASSUMPTIONS.md.

    Raises:
        FolderInUse: something is in the folder already.
        OSError: the folder cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUse(f"{folder} is there already. Choose a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in folder_texts(program, assumptions=assumptions).items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


def folder_texts(program: Program, *, assumptions: Assumptions) -> dict[str, str]:
    """File name -> its whole text."""
    texts = {"programme.toml": _settings(program)}
    for name, table in FILES.items():
        records = getattr(program, table)
        if records:
            texts[name] = _table(records)
    texts["ASSUMPTIONS.md"] = assumptions_text(program, assumptions=assumptions)
    return texts


def assumptions_text(program: Program, *, assumptions: Assumptions) -> str:
    """What the program was drawn from, as a page to read."""
    linked = {link.sibling_group_id for link in program.kin}
    groups = {child.sibling_group_id for child in program.children}
    counts = {
        "children": len(program.children),
        "sibling groups": len(groups),
        "groups without kin": len(groups - linked),
        "homes": len(program.homes),
        "counsel": len(program.counsel),
        "hearings": len(program.hearings),
    }
    lines = [
        "# Assumptions of this program",
        "",
        "Nobody here exists. Every child, home and counsel was drawn by chance from the values below.",
        "A source names a packaged table (`posada data sources`), or says assumption.",
        "The same seed and values give the same program. Change values with `--assumptions FILE`.",
        "",
        f"- program: {program.name}",
        f"- plan date: {program.plan_date}",
        f"- seed: {program.seed}",
        *(f"- {what}: {count:,}" for what, count in counts.items()),
        "",
        "The number of children, the share of groups with kin and the seed may have been given instead:",
        "the lines above tell what was made, the table what is assumed where nothing is given.",
        "",
        "| what | value | source |",
        "| --- | --- | --- |",
    ]
    lines += [
        f"| {key} | {_shown(entry.value)} | {entry.source} |" for key, entry in assumptions.entries.items()
    ]
    return "\n".join(lines) + "\n"


def _shown(value: Value) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {share}" for name, share in value.items())
    return str(value)


def _settings(program: Program) -> str:
    lines = [f"plan_date = {program.plan_date}", f'name = "{program.name}"']
    if program.state:
        lines.append(f'state = "{program.state}"')
    lines += [f'policy = "{program.policy}"', f"seed = {program.seed}"]
    return "\n".join(lines) + "\n"


def _table(records: Iterable[object]) -> str:
    rows = list(records)
    names = [field.name for field in fields(rows[0])]  # type: ignore[arg-type]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(getattr(row, name)) for name in names] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(map(_cell, value))
    return value.isoformat() if isinstance(value, date) else str(value)
