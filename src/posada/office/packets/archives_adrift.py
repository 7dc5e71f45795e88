"""Archives of shared cases that no share names, and shares whose archive is gone: what a crash leaves.

An archive is written before its share names it, and taken away after no share names it any more; whoever is killed
between leaves a locked case on the disk whose code nobody has. `posada documents repair` takes it away.
Docs: docs/reference/office-commands.md. Tests: tests/office/packets/test_archives_adrift.py.
"""

import os
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from posada.down_to_disk import sync_folder
from posada.office.access.actor import machine
from posada.office.audit.chain import append
from posada.office.casefile.documents import STILL_ARRIVING, Adrift
from posada.office.casefile.vault import NAME, UNFINISHED
from posada.office.packets import share_archive
from posada.office.packets.models import Share


def archives_adrift() -> Adrift:
    """Archives without a share (older than an hour); shares that can still be opened, without their archive."""
    lying = dict(_stored())  # before the rows: one that is ready meanwhile has its row
    rows = dict(Share.objects.exclude(stored_name="").values_list("stored_name", "pk"))
    open_rows = Share.objects.filter(state=Share.State.READY, lapses_at__gt=timezone.now())
    gone = [
        pk
        for name, pk in open_rows.exclude(stored_name="").values_list("stored_name", "pk")
        if not share_archive.path_of(name).is_file()
    ]
    old = timezone.now().timestamp() - STILL_ARRIVING
    files = sorted(name for name, at in lying.items() if name not in rows and at < old)
    return Adrift(tuple(files), tuple(sorted(gone)))


def repair_archives() -> Adrift:
    """Take away archives without a share. Returns what was found. Safe to run while people work."""
    found = archives_adrift()
    with transaction.atomic():
        for name in found.files:
            (share_archive.folder() / name).unlink(missing_ok=True)
        if found.files:
            sync_folder(share_archive.folder())
        if found.files or found.rows:
            detail = {"files": len(found.files), "rows": [str(each) for each in found.rows[:100]]}
            append(machine("repair documents"), "share.repair", detail=detail)
    return found


def _stored() -> Iterator[tuple[str, float]]:
    """Name and time of change of every archive, unfinished ones with their ending."""
    if not share_archive.folder().is_dir():
        return
    with os.scandir(share_archive.folder()) as found:
        for each in found:
            if NAME.fullmatch(each.name.removesuffix(UNFINISHED)) and each.is_file(follow_symlinks=False):
                yield each.name, each.stat(follow_symlinks=False).st_mtime
