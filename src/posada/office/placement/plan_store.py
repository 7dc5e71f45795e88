"""The folder of a plan, in the form that `posada plan` writes, under an opaque name; and the plan read back from it.

Comes in: a plan with the program it was made from. Goes out: a folder that is whole or not there, private to the
office's account. What a program folder does not say (homes that take nobody now, groups held back) stands beside it
in office.json, so that a question is answered from exactly what the plan was made from.
Only the worker reads and writes here. Docs: docs/explanation/from-plan-to-placement.md.
Tests: tests/office/placement/test_plan_store.py.
"""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from posada.office.program import read_program
from posada.programme import PlanUnreadable, read_plan, write_plan, write_program
from posada.programme.plan_summary import plan_summary
from posada.records import Plan, Program
from posada.rulebook import policy_of

HOLDS_FILE = "office.json"
OURS = re.compile(r"[0-9a-f]{32}(\.input)?")
"""Names of the folders that are made here; nothing else is ever swept away."""


def store_plan(plan: Plan, program: Program, *, seconds: float) -> str:
    """Write the folder of a plan. Returns its opaque name. Raises posada.programme.OutNotWritten."""
    room = Path(settings.DEPLOYMENT.plans)
    name = uuid4().hex
    source = room / f"{name}.input"
    holds = {"held_groups": program.held_groups, "closed_homes": sorted(program.closed_homes)}
    try:
        write_program(program, folder=source)
        write_plan(
            room / name,
            plan=plan,
            program=program,
            summary=plan_summary(plan, program=program, seconds=seconds),
            replace=False,
            source=source,
            extra={HOLDS_FILE: json.dumps(holds, sort_keys=True)},
        )
    finally:
        shutil.rmtree(source, ignore_errors=True)
    (room / name).chmod(0o700)
    return name


def stored_plan(name: str) -> tuple[Program, Plan]:
    """The program and the plan of a folder. Raises posada.programme.PlanUnreadable where it is not whole."""
    folder = Path(settings.DEPLOYMENT.plans) / name
    opened = read_plan(folder)
    holds = json.loads((folder / HOLDS_FILE).read_text(encoding="utf-8"))
    program = replace(
        opened.program,
        held_groups=dict(holds["held_groups"]),
        closed_homes=frozenset(holds["closed_homes"]),
    )
    return program, opened.plan


def plan_of(folder: str) -> tuple[Program, Plan]:
    """As `stored_plan`; where there is no home or no child at all, a folder cannot be read, and it is made anew."""
    try:
        return stored_plan(folder)
    except PlanUnreadable:
        program = read_program()
        if program.children and program.homes:
            raise
    from posada.placement.plan import make_plan

    return program, make_plan(program, policy=policy_of(program))


def sweep(kept: set[str]) -> None:
    """Take away what a killed worker left: folders that no plan names."""
    room = Path(settings.DEPLOYMENT.plans)
    for found in room.iterdir() if room.is_dir() else ():
        if OURS.fullmatch(found.name) and found.name not in kept:
            shutil.rmtree(found, ignore_errors=True)
