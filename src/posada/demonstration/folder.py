"""Writes a synthetic program as a program folder, with ASSUMPTIONS.md beside it.

Tests: tests/demonstration/test_folder.py.
"""

from collections.abc import Mapping
from pathlib import Path

from posada.demonstration.assumptions import Assumptions, Value
from posada.programme.errors import OutNotWritten
from posada.programme.write import write_program
from posada.records import Program

ASSUMPTIONS_FILE = "ASSUMPTIONS.md"


def write_folder(program: Program, folder: Path, *, assumptions: Assumptions) -> None:
    """Write the program folder and ASSUMPTIONS.md in it.

    Raises:
        OutExists: something of that name is there already.
        OutNotWritten: the folder cannot be written.
    """
    text = assumptions_text(program, assumptions=assumptions)
    write_program(program, folder=folder)
    try:
        (folder / ASSUMPTIONS_FILE).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutNotWritten(f"{folder / ASSUMPTIONS_FILE}: cannot be written: {error.strerror}.") from error


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
