"""An office from a backup: the same row for row, marked as a copy; or nothing at all."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from posada.office.access.roles import Role
from posada.office.audit.chain import verify
from posada.office.desk.models import Mail
from posada.office.intake.models import Child
from posada.web.operating.backup import make_backup
from posada.web.operating.backup_keys import draw_keys
from posada.web.operating.restore import CannotRestore, check_whole, restore
from posada.web.operating.rows import tallies
from posada.web.operating.sealed_file import NotWhole
from tests.office.people import group_of, home_of, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.promises]
KEYS = draw_keys()


def quiet(_: str) -> None:
    return None


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what the office keeps beside its database."""
    folder = tmp_path / "place"
    (folder / "documents").mkdir(parents=True)
    monkeypatch.setattr(settings, "DEPLOYMENT", replace(settings.DEPLOYMENT, folder=folder))
    return folder


@pytest.fixture
def made(tmp_path: Path, place: Path) -> Path:
    """A backup of a small office, whose place is then empty again; beside it, what stood in its tables."""
    user = person(Role.INTAKE_WORKER)
    group_of()
    home_of()
    Mail.objects.create(kind="digest", user=user)
    document = place / "documents" / "opaque"
    document.write_bytes(b"sealed bytes")
    out = tmp_path / "office.backup"
    make_backup(out, public=KEYS.public, tell=quiet)
    Path(f"{out}.tallies").write_text(repr(tallies()))
    document.unlink()
    call_command("flush", interactive=False, verbosity=0)
    return out


def test_every_table_is_as_it_was_and_a_mark_says_that_this_is_a_copy(made: Path, place: Path) -> None:
    found = restore(made, halves=KEYS.halves, tell=quiet)
    assert found.files == 1
    assert Child.objects.count() == 1
    assert (place / "documents" / "opaque").read_bytes() == b"sealed bytes"
    assert repr(tallies()) == Path(f"{made}.tallies").read_text()
    assert Mail.objects.get().state == Mail.State.QUEUED  # held by the first process, test_restored.py
    assert (place / "muted").read_text().strip() == found.made_at
    assert verify().broken_at is None
    assert {path.name for path in place.iterdir()} == {"documents", "muted", "run"}


def test_new_rows_get_numbers_behind_those_that_were_restored(made: Path) -> None:
    restore(made, halves=KEYS.halves, tell=quiet)
    person(Role.AUDITOR)


def test_a_disk_that_refuses_leaves_the_database_empty(made: Path, place: Path) -> None:
    (place / "documents").rmdir()
    (place / "documents").symlink_to("/dev/full")
    with pytest.raises(CannotRestore, match="nothing of it is kept"):
        restore(made, halves=KEYS.halves, tell=quiet)
    assert not Child.objects.exists()
    assert not (place / "muted").exists()


def test_a_backup_with_other_tables_is_refused(made: Path) -> None:
    manifest = check_whole(made, halves=KEYS.halves)
    manifest["migrations"].append("intake.9999_of_a_later_version")
    with pytest.raises(CannotRestore, match="other tables"):
        restore(made, halves=KEYS.halves, tell=quiet, manifest=manifest)
    assert not Child.objects.exists()


def test_a_row_that_is_not_as_the_manifest_says_is_found(made: Path) -> None:
    manifest = check_whole(made, halves=KEYS.halves)
    name = next(name for name in manifest["tables"] if name in ("intake_child", "intake.child"))
    manifest["tables"][name][1] = "0" * 64
    with pytest.raises(CannotRestore, match=name):
        restore(made, halves=KEYS.halves, tell=quiet, manifest=manifest)
    assert not Child.objects.exists()


def test_a_damaged_backup_changes_nothing(made: Path) -> None:
    content = bytearray(made.read_bytes())
    content[-40] ^= 1
    made.write_bytes(content)
    with pytest.raises(NotWhole):
        restore(made, halves=KEYS.halves, tell=quiet)
    assert not Child.objects.exists()


def test_an_office_where_people_live_is_never_written_over(made: Path) -> None:
    person(Role.AUDITOR)
    with pytest.raises(CannotRestore, match="live in this office"):
        restore(made, halves=KEYS.halves, tell=quiet)


def test_a_place_with_other_keys_is_refused(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = settings.DEPLOYMENT
    other = replace(there, keys=replace(there.keys, sealing=(bytes(32),)))
    monkeypatch.setattr(settings, "DEPLOYMENT", other)
    with pytest.raises(CannotRestore, match="keys of this place"):
        restore(made, halves=KEYS.halves, tell=quiet)
    assert not Child.objects.exists()
