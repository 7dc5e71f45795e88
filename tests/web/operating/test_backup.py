"""A backup holds everything, of one instant, and is put in place whole or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from posada.office.audit.models import Entry
from posada.web.operating.backup import make_backup
from posada.web.operating.backup_keys import WrongKeys, draw_keys
from posada.web.operating.office_metrics import BACKUP_MADE
from posada.web.operating.restore import check_whole, header_of
from posada.web.served_keys import RUN
from tests.office.people import group_of, home_of

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = draw_keys()


def test_a_backup_names_every_table_and_file_and_is_logged(tmp_path: Path) -> None:
    group_of()
    home_of()
    kept = Path(settings.DEPLOYMENT.documents) / "opaque"
    kept.write_bytes(b"sealed bytes")
    try:
        made = make_backup(tmp_path / "office.backup", public=KEYS.public, tell=lambda _: None)
    finally:
        kept.unlink()
    manifest = check_whole(tmp_path / "office.backup", halves=KEYS.halves)
    counts = {name.replace(".", "_"): count for name, (count, _) in manifest["tables"].items()}
    assert counts["intake_child"] == counts["licensing_home"] == 1
    assert "documents/opaque" in manifest["files"]
    assert made.rows == sum(counts.values())
    assert made.left_out == ()
    assert Entry.objects.filter(act="backup.make").count() == 1
    assert (Path(settings.DEPLOYMENT.folder) / RUN / BACKUP_MADE).is_file()
    assert header_of(tmp_path / "office.backup")["demonstration"] is True


def test_a_real_offices_keys_are_not_in_it_and_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    for name in ("keys.toml", "newsroom/keys.toml", "newsroom/push.toml", "documents/keys.toml"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(f"secret of {name}")
    real = replace(settings.DEPLOYMENT, folder=place, demonstration=False)
    monkeypatch.setattr(settings, "DEPLOYMENT", real)
    made = make_backup(place / "office.backup", public=KEYS.public, tell=lambda _: None)
    assert made.left_out == ("keys.toml", "newsroom/keys.toml", "newsroom/push.toml")
    assert list(check_whole(place / "office.backup", halves=KEYS.halves)["files"]) == ["documents/keys.toml"]


def test_only_its_owner_can_read_it_and_no_name_stands_in_it(tmp_path: Path) -> None:
    group_of(given_name="Brisa-Planted")
    out = tmp_path / "office.backup"
    make_backup(out, public=KEYS.public, tell=lambda _: None)
    assert out.stat().st_mode & 0o177 == 0
    assert b"Brisa-Planted" not in out.read_bytes()


def test_a_backup_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(WrongKeys):
        make_backup(tmp_path / "office.backup", public="c2hvcnQ=", tell=lambda _: None)
    assert list(tmp_path.iterdir()) == []
