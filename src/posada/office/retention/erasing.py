"""Erasing: all rows of a subject in one transaction, then its files and the freed pages of the database.

Comes in: subjects that may go. Goes out: one entry in the log for each, with its opaque id, and its keyed digest in
the list of erased. Backups hold the list, and it stands beside the data and the key file, for restored backups.
Docs: docs/explanation/retention.md. Tests: tests/office/retention/test_erasing.py.
"""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from posada.down_to_disk import sync_folder, write_whole
from posada.office.access.actor import Actor, machine
from posada.office.audit.chain import append
from posada.office.casefile import vault
from posada.office.casefile.models import Document
from posada.office.licensing.models import Enquiry, Home
from posada.office.packets import share_archive
from posada.office.packets.models import Share
from posada.office.placement.models import PlanRun
from posada.office.retention.belonging import Rows, belonging, let_go
from posada.office.retention.models import Erased, LegalHold
from posada.office.retention.subjects import MODELS, digest_of
from posada.office.retention.traces import erase_traces, program_ids

LIST = "erased.txt"
"""In the data folder, and beside a key file that stands elsewhere: a kind and a digest in each line."""


def erase(actor: Actor, kind: str, subject: models.Model, *, act: str = "retention.erase") -> int:
    """Erase a subject, in the caller's transaction. Returns how many rows. Files follow with `finish`."""
    rows = belonging(_roots(kind, subject))
    named = program_ids(rows)
    files = [["documents", name] for name in _stored(rows, Document)]
    files += [["shared", name] for name in _stored(rows, Share)] + [["plans", name] for name in _plans(named)]
    erase_traces(rows, named)
    LegalHold.objects.filter(kind=kind, subject_id=subject.pk).delete()
    let_go(rows)
    count = sum(len(keys) for keys in rows.values())
    append(actor, act, subject=subject, detail={"rows": count, "files": len(files)})
    Erased.objects.update_or_create(
        digest=digest_of(kind, subject.pk),
        defaults={"kind": kind, "erased_at": timezone.now(), "files": files, "finished_at": None},
    )
    return count


def finish() -> int:
    """Take the files of what was erased from the disk, and write the database anew. Returns how many erasures.

    Run by the worker, outside of a transaction; what was cut off is done again. Raises OSError.
    """
    waiting = list(Erased.objects.filter(finished_at__isnull=True))
    if not waiting:
        return 0
    write_list()
    for each in waiting:
        for place, name in each.files:
            _throw_out(place, name)
    for folder in (vault.folder(), share_archive.folder(), Path(settings.DEPLOYMENT.plans)):
        if folder.is_dir():
            sync_folder(folder)  # nothing comes back in a power cut once it is said to be gone
    _write_anew()
    Erased.objects.filter(pk__in=[each.pk for each in waiting]).update(files=[], finished_at=timezone.now())
    return len(waiting)


def write_list() -> None:
    """Put the list of erased where a later restoration finds it; what the lists hold already stays in them."""
    lines = set(listed(places()))
    lines |= {f"{kind} {digest}" for kind, digest in Erased.objects.values_list("kind", "digest")}
    for path in places():
        write_whole(path, "".join(f"{line}\n" for line in sorted(lines)))


def places() -> list[Path]:
    """Where the list stands: in the data folder, and beside the key file where that is elsewhere."""
    deployment = settings.DEPLOYMENT
    found = [Path(deployment.folder) / LIST]
    if deployment.key_file is not None and Path(deployment.key_file.path).parent != Path(deployment.folder):
        found.append(Path(deployment.key_file.path).with_name(LIST))
    return found


def listed(files: Iterable[Path]) -> list[str]:
    """The lines of lists that are there."""
    there = [path.read_text(encoding="utf-8").splitlines() for path in files if path.is_file()]
    return [line for lines in there for line in lines if line.strip()]


def erase_again(lines: Iterable[str]) -> int:
    """In a restored office: erase whatever a list says was erased. Returns how many were there again."""
    wanted, count = set(lines), 0
    for kind, model in MODELS.items() if wanted else ():
        for pk in list(model._default_manager.values_list("pk", flat=True)):
            if f"{kind} {digest_of(kind, pk)}" not in wanted:
                continue
            with transaction.atomic():
                subject = model._default_manager.filter(pk=pk).first()
                if subject is not None:  # an import may have gone with a group
                    erase(machine("posada restore"), kind, subject, act="retention.erase_again")
                    count += 1
    finish()
    return count


def _roots(kind: str, subject: models.Model) -> dict[type[models.Model], set[Any]]:
    roots: dict[type[models.Model], set[Any]] = {MODELS[kind]: {subject.pk}}
    if isinstance(subject, Enquiry) and subject.home_id is not None:
        roots[Home] = {subject.home_id}
    return roots


def _stored(rows: Rows, model: type[models.Model]) -> list[str]:
    names = model._default_manager.filter(pk__in=rows.get(model, set())).values_list("stored_name", flat=True)
    return [name for name in names if name]


def _plans(named: list[str]) -> list[str]:
    """Folders of plans that name what goes; the plan's row stays, and says no folder."""
    wanted, found = [each.encode() for each in named], []
    for run in PlanRun.objects.exclude(folder=""):
        folder = Path(settings.DEPLOYMENT.plans) / run.folder
        files = (path.read_bytes() for path in folder.rglob("*") if path.is_file())
        if any(each in content for content in files for each in wanted):
            found.append(run.folder)
            PlanRun.objects.filter(pk=run.pk).update(folder="")
    return found


def _throw_out(place: str, name: str) -> None:
    """Take one file away. A name that no room ever gave lies nowhere, and stops nothing."""
    if place == "plans":
        shutil.rmtree(Path(settings.DEPLOYMENT.plans) / name, ignore_errors=True)
        return
    with suppress(ValueError):
        (vault if place == "documents" else share_archive).throw_out(name)


def _write_anew() -> None:
    """Nothing erased lies in free pages afterwards. PostgreSQL reuses them; its files are not searched."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0]:
                raise OSError("the database is busy; it is tried again in a minute")
