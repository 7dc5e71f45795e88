"""An archive that no share names goes; a share whose archive is gone is told; what is under way stays."""

import os
import secrets
from pathlib import Path

import pytest

from posada.office.access.actor import Actor
from posada.office.access.models import User
from posada.office.audit.models import Entry
from posada.office.casefile.vault import UNFINISHED
from posada.office.intake.models import Child
from posada.office.packets import share_archive
from posada.office.packets.archives_adrift import archives_adrift, repair_archives
from tests.office.packets.test_shares import given

LONG_AGO = 1_700_000_000


def lying(ending: str = "", *, old: bool = True) -> Path:
    """An archive that no share names."""
    path = share_archive.folder() / (secrets.token_hex(32) + ending)
    path.write_bytes(b"locked")
    if old:
        os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_what_no_share_names_goes_and_what_is_shared_stays(lawyer: tuple[User, Actor], child: Child) -> None:
    whole, gone = given(lawyer[1], child), given(lawyer[1], child)
    share_archive.path_of(gone.stored_name).unlink()
    orphan, part, fresh = lying(), lying(UNFINISHED), lying(old=False)
    found = repair_archives()
    assert set(found.files) == {orphan.name, part.name}
    assert found.rows == (gone.pk,)
    left = {path.name for path in share_archive.folder().iterdir()}
    assert left == {whole.stored_name, fresh.name}
    assert Entry.objects.filter(act="share.repair").count() == 1


@pytest.mark.django_db
def test_an_office_that_has_shared_nothing_has_nothing_adrift() -> None:
    found = archives_adrift()
    assert (found.files, found.rows) == ((), ())
