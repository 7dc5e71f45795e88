"""Erase a sibling group with something of every kind, search every byte, and restore a backup from before.

`python -m tests.promises.erased_office FOLDER` makes an office in FOLDER (on the database that POSADA_DATABASE_URL
names, else SQLite), with one group that is over, marked in every text field of every table that can point to it, and
one that is still here, marked too. Prints what was counted as JSON.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.promises.rotated_office import set_up
from tests.served_office import posada

GONE, HERE = "Zqgone", "Zqhere"
ENDED, DAY = date(2015, 6, 1), date(2027, 1, 4)


def plant(mark: str, *, over: bool) -> Any:
    """A group of two children with a row of each table that may point to it. Returns the group."""
    from posada.office.access import doors
    from posada.office.access.actor import actor_of
    from posada.office.access.roles import Role
    from posada.office.casefile.documents import NewDocument, add_document
    from posada.office.placement.models import Placement
    from tests.office.casefile.papers import PDF
    from tests.office.people import group_of, home_of, person

    group = group_of(date(2001, 1, 1), date(2003, 1, 1))
    for place, child in enumerate(group.children.all()):
        child.given_name, child.family_name = f"{mark}given{place}", f"{mark}family{place}"
        child.save()
        doors.seal_fields(child, dict.fromkeys(doors.SEALED_FIELDS["intake.child"], f"{mark}sealed"))
        ends = {"to_date": ENDED, "ending": "reunified"} if over else {}
        Placement.objects.create(child=child, home=home_of(), from_date=ENDED - timedelta(days=90), **ends)
    content = PDF.replace(b"1 0 obj", b"% " + mark.encode() + b"paper\n1 0 obj")
    brought = NewDocument(content, "school_record", f"{mark}title", child=group.children.first())
    add_document(actor_of(person(Role.INTAKE_WORKER)), brought)
    _every_table(group, mark, over=over)
    return group


def _every_table(group: Any, mark: str, *, over: bool) -> None:
    from posada.office.access.actor import machine
    from posada.office.audit.history import _revise
    from posada.office.counsel.models import Engagement
    from posada.office.docket.models import CaseOutcome
    from posada.office.intake.models import Child, SiblingGroup
    from posada.office.kept import Kept
    from posada.office.placement.models import Placement
    from posada.office.retention.belonging import pointing_to
    from tests.promises.kept_records import plain

    child = group.children.first()
    pointing = [
        (field, to) for kind, to in ((SiblingGroup, group), (Child, child)) for field in pointing_to(kind)
    ]
    for field, to in pointing:
        model = field.model
        if not issubclass(model, Kept) or model in (Child, Placement) or field.name == "merged_into":
            continue
        changes: dict[str, Any] = {field.name: to, **_marked(model, mark)}
        if model is Engagement:
            changes["until_date"] = ENDED if over else None
        if any(each.name == "group" for each in model._meta.fields):
            changes["group"] = group
        if model is CaseOutcome:
            changes["kind"] = "relief"
        _revise(
            plain(model, **changes),
            actor=machine("a test"),
            act="planted",
            reason=f"{mark}why",
            changed={"x": [None, f"{mark}was"]},
        )


def _marked(model: Any, mark: str) -> dict[str, Any]:
    """Something with the mark in each column that takes free text."""
    from django.db import models

    return {
        field.name: f"{mark}{field.name}"[: field.max_length]
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices and not field.unique and (field.max_length or 500) >= 100
    }  # fmt: skip


def places_of(folder: Path, mark: str) -> list[str]:
    """Files of the data folder (a database with its journal is one), tables and sealed papers that hold a mark."""
    from posada.office.casefile import vault
    from tests.promises.planted import every_table

    wanted = mark.lower().encode()
    holding = [path for path in folder.rglob("*") if path.is_file() and wanted in path.read_bytes().lower()]
    found = [str(path.relative_to(folder)).removesuffix("-wal") for path in holding]
    found += [table for table, text in every_table() if mark.lower() in text.lower()]
    found += [name for name, _ in vault.stored_names() if wanted in vault.take_out(name).lower()]
    return sorted(set(found))


def act(folder: Path) -> Iterator[tuple[str, Any]]:
    """All of it, in order."""
    from django.core.management import call_command
    from django.db import connection

    from posada.office.access import two_persons
    from posada.office.access.actor import actor_of
    from posada.office.access.roles import Role
    from posada.office.audit.chain import verify
    from posada.office.intake.models import ProgramSettings
    from posada.office.refusals import Refusal
    from posada.office.retention import asking, erasing
    from posada.office.retention.subjects import due
    from posada.web.operating.daily import JOBS
    from tests.office.people import person

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    ProgramSettings.objects.update_or_create(pk=1, defaults={"plan_date": DAY})
    group = plant(GONE, over=True)
    plant(HERE, over=False)
    office = folder / "office"
    yield "before", places_of(office, GONE)
    yield "here_before", len(places_of(office, HERE))
    backup = folder / "before.backup"
    command = {"POSADA_KEY_FILE": os.environ["POSADA_KEY_FILE"]}
    if url := os.environ.get("POSADA_DATABASE_URL"):
        command["POSADA_DATABASE_URL"] = url
    made = posada("backup", "--data", office, "--out", backup, **command)
    assert made.returncode == 0, made.stderr
    one, other = (actor_of(person(Role.PROGRAM_DIRECTOR)) for _ in range(2))
    held = asking.hold(one, "group", group.pk, reason="a court said so")
    yield "due_when_held", [each.held for each in due() if each.id == str(group.pk)]
    asking.lift(one, held, version=held.version)
    {job.name: job for job in JOBS}["what_is_due_is_named"].does()
    yield "after_the_job", len(places_of(office, GONE))
    asked = asking.ask(one, [each for each in due() if each.kind == "group"], reason="past its time")
    try:
        asking.carry_out(one, asked.pk)
        alone = "erased"
    except Refusal as refusal:
        alone = refusal.code
    yield "alone", alone
    two_persons.answer(other, asked.pk, approve=True)
    yield "erased", asking.carry_out(one, asked.pk)
    erasing.finish()
    yield "after", places_of(office, GONE)
    yield "here_after", len(places_of(office, HERE))
    yield "log_stands", verify().broken_at is None
    if connection.vendor == "sqlite":
        yield from _restored(folder, backup, office / erasing.LIST, command)


def _restored(folder: Path, backup: Path, listed: Path, command: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Restored without the list, with it, and with the one that stands beside the keys."""
    beside = Path(command["POSADA_KEY_FILE"]).with_name(listed.name)
    kept = beside.read_bytes()
    assert kept == listed.read_bytes()
    beside.unlink()
    for name, more in (("without", []), ("given", ["--erased", str(listed)]), ("beside", [])):
        if name == "beside":
            beside.write_bytes(kept)
        ran = posada("restore", str(backup), "--data", str(folder / name), *more, **command)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        content = b"".join(path.read_bytes() for path in (folder / name).rglob("*") if path.is_file()).lower()
        yield f"restored_{name}", content.count(GONE.lower().encode())
        yield f"restored_{name}_here", content.count(HERE.lower().encode())
        yield f"papers_{name}", len(list((folder / name / "documents").iterdir()))


if __name__ == "__main__":
    set_up(Path(sys.argv[1]))
    print(json.dumps(dict(act(Path(sys.argv[1])))))
