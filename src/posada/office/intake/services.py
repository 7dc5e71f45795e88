"""Bringing a program folder into the office: looked at first, then taken whole in one transaction, or thrown away.

Comes in: name → bytes. Goes out: an `Import`. The same service for the browser and the command line. The same
files twice change nothing, and write nothing, the second time; a kill at any moment leaves what was there before.
Docs: docs/how-to/load-arrivals.md. Tests: tests/office/intake/test_services.py.
"""

import hashlib
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access.actor import Actor
from posada.office.audit.chain import append
from posada.office.day import today
from posada.office.intake import duplicates, looking, progress, uploads
from posada.office.intake.differences import CHOICES, Compared, compare, digest, typed_checks_keep
from posada.office.intake.models import Import
from posada.office.intake.opened_files import open_files
from posada.office.intake.reading import WAITED_FOR, Brought, FilesUnreadable, read_brought
from posada.office.intake.selectors import may_import, one_import
from posada.office.intake.writing import Told, Writer, Written
from posada.office.many_rows import count_tables
from posada.office.program import note_change
from posada.office.refusals import NotThere, Refusal, SomebodySavedFirst

MANY = 2_000  # new rows, after which the database counts its tables again
LARGE = 400_000  # bytes; more is looked at and taken by the worker


class LookAgain(Refusal):
    """What stands has changed since the preview."""

    code = "look_again"
    status = 409


def bring(files: Mapping[str, bytes], *, actor: Actor) -> Import:
    """Keep uploaded files, sealed, to be looked at. Raises NotThere where the person may not bring any."""
    if not may_import(actor):
        raise NotThere
    with transaction.atomic():
        brought = Import.objects.create(
            by_id=actor.user_id,
            state=Import.State.READING,
            files=_digests(files),
            sealed=uploads.sealed(files),
        )
        append(actor, "import.bring", subject=brought, detail={"files": len(files)})
    return brought


def preview(files: Mapping[str, bytes], *, actor: Actor, choices: Mapping[str, Any] | None = None) -> Import:
    """Keep uploaded files and look at them at once. `choices`: as `choose` takes them."""
    brought = bring(files, actor=actor)
    Import.objects.filter(pk=brought.pk).update(choices=dict(choices or {}))
    look(brought.pk)
    return Import.objects.get(pk=brought.pk)


def look(pk: UUID) -> None:
    """Read the files of an import and write what a person has to see before taking them; nothing else changes."""
    found = Import.objects.get(pk=pk)
    if found.state not in (Import.State.READING, Import.State.PREVIEW) or found.sealed is None:
        return
    report: dict[str, Any]
    files, recognized = open_files(uploads.unsealed(found.sealed), choices=found.choices.get("opened", {}))
    try:
        brought = read_brought(files, on=today(), bounds=WAITED_FOR)
        compared = compare(brought, told=lambda file: progress.note(pk, file, 0, 0))
        typed_checks_keep(compared)
        report = looking.report(brought, compared)
    except FilesUnreadable as error:
        report = {"unreadable": list(error.lines), "rejections": [], "accepted": {}}
    report["recognized"] = [each.as_json() for each in recognized]
    rows = Import.objects.filter(pk=pk, state__in=(Import.State.READING, Import.State.PREVIEW))
    rows.update(state=Import.State.PREVIEW, report=report, version=F("version") + 1)
    progress.forget(pk)


def choose(pk: UUID, *, version: int, choices: Mapping[str, Any], actor: Actor) -> Import:
    """Note what a person chose: how files are opened, and what is done with each field that differs.

    Shapes: {opened: {file: {encoding, delimiter, order}}, fields: {file:column → rule}, rows: {mark → rule}}.
    Raises NotThere, SomebodySavedFirst, Refusal for a rule that does not exist.
    """
    found = one_import(actor, pk)
    rules = [*choices.get("fields", {}).values(), *choices.get("rows", {}).values()]
    if any(rule and rule not in CHOICES for rule in rules):
        raise Refusal(code="unknown_rule")
    opened_before = found.choices.get("opened", {})
    kept = {**found.choices, **{name: dict(value) for name, value in choices.items()}}
    rows = Import.objects.filter(pk=pk, version=version, state=Import.State.PREVIEW)
    with transaction.atomic():
        if rows.update(choices=kept, version=F("version") + 1) != 1:
            raise SomebodySavedFirst(theirs={}, yours={}, version=found.version)
        append(actor, "import.choose", subject=found, detail={"fields": len(rules)})
    if kept.get("opened", {}) != opened_before:
        look(pk)
    return Import.objects.get(pk=pk)


def take(pk: UUID, *, version: int, actor: Actor) -> Import:
    """Take an import: everything of it in one transaction. A row that was refused stays out, and is named.

    Raises NotThere, SomebodySavedFirst (somebody took it, or it was looked at anew), LookAgain.
    """
    found = one_import(actor, pk)
    if found.sealed is None:
        raise SomebodySavedFirst(theirs={}, yours={}, version=found.version)
    files, _recognized = open_files(uploads.unsealed(found.sealed), choices=found.choices.get("opened", {}))
    brought = read_brought(files, on=today(), bounds=WAITED_FOR)
    with transaction.atomic():
        rows = Import.objects.filter(
            pk=pk, version=version, state__in=(Import.State.PREVIEW, Import.State.TAKING)
        )
        if rows.update(state=Import.State.TAKEN, version=F("version") + 1) != 1:
            raise SomebodySavedFirst(theirs={}, yours={}, version=found.version)
        compared = _compared(brought)
        if digest(compared) != found.report.get("digest"):
            raise LookAgain(_("Something in the office has changed since this was looked at. Look again."))
        written = Writer(brought, compared, found.choices, actor, partial(progress.note, pk)).write()
        if written.anything:
            note_change()
        duplicates.note_told(found.report.get("duplicates", []))
        duplicates.note_same_numbers()
        append(actor, "import.take", subject=found, detail={"new": written.new, "changed": written.changed})
        Import.objects.filter(pk=pk).update(
            sealed=None,
            taken_at=timezone.now(),
            report={**looking.without_persons(found.report), "written": _told(written)},
        )
    _after(written)
    progress.forget(pk)
    return Import.objects.get(pk=pk)


def mark_taking(pk: UUID, *, version: int, actor: Actor) -> int:
    """Note that the worker is to take an import; the version that it takes. Raises NotThere, SomebodySavedFirst."""
    found = one_import(actor, pk)
    with transaction.atomic():
        rows = Import.objects.filter(
            pk=pk, version=version, state__in=(Import.State.PREVIEW, Import.State.TAKING)
        )
        if rows.update(state=Import.State.TAKING, version=version + 1) != 1:
            raise SomebodySavedFirst(theirs={}, yours={}, version=found.version)
        append(actor, "import.queue", subject=found)
    progress.note(pk, "", 0, 0)
    return version + 1


def give_back(pk: UUID, *, why: str) -> None:
    """After a taking that was refused: the import can be looked at again."""
    rows = Import.objects.filter(pk=pk, state=Import.State.TAKING)
    rows.update(state=Import.State.READING, version=F("version") + 1)
    look(pk)
    found = Import.objects.get(pk=pk)
    Import.objects.filter(pk=pk).update(report={**found.report, "refused": why})


def throw_away(pk: UUID, *, version: int, actor: Actor) -> None:
    """Throw the files of an import away; nothing of them was taken. Raises NotThere, SomebodySavedFirst."""
    found = one_import(actor, pk)
    with transaction.atomic():
        open_states = (Import.State.READING, Import.State.PREVIEW, Import.State.FAILED)
        rows = Import.objects.filter(pk=pk, version=version, state__in=open_states)
        gone = {"state": Import.State.THROWN_AWAY, "sealed": None}
        if rows.update(**gone, report=looking.without_persons(found.report), version=F("version") + 1) != 1:
            raise SomebodySavedFirst(theirs={}, yours={}, version=found.version)
        append(actor, "import.throw_away", subject=found)
    progress.forget(pk)


def take_folder(
    files: Mapping[str, bytes], *, actor: Actor, told: Told, take_it: bool = True
) -> tuple[Brought, dict[str, Any], Written]:
    """Read and take files at once, for the command line. Returns what was read, its report, and what was written.

    Nothing at all is written where nothing changes, or where `take_it` is false. Raises FilesUnreadable, NotThere.
    """
    if not may_import(actor):
        raise NotThere
    brought = read_brought(files, on=today())
    with transaction.atomic():
        compared = _compared(brought)
        report = looking.report(brought, compared)
        if not take_it:
            return brought, report, Written()
        written = Writer(brought, compared, {}, actor, told).write()
        if written.anything:
            note_change()
            duplicates.note_told(report["duplicates"])
            duplicates.note_same_numbers()
            kept = Import.objects.create(
                state=Import.State.TAKEN,
                files=_digests(files),
                report={**looking.without_persons(report), "written": _told(written)},
                taken_at=timezone.now(),
            )
            append(
                actor, "import.take", subject=kept, detail={"new": written.new, "changed": written.changed}
            )
    _after(written)
    return brought, report, written


def _after(written: Written) -> None:
    if sum(written.new.values()) >= MANY:
        count_tables()


def _compared(brought: Brought) -> dict[str, Compared]:
    compared = compare(brought)
    typed_checks_keep(compared)
    return compared


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _told(written: Written) -> dict[str, Any]:
    return {
        "new": written.new,
        "changed": written.changed,
        "settings": written.settings,
        "holds": written.holds,
        "mended": written.mended,
        "left_out": written.left_out[: looking.MOST_NOTICES],
    }
