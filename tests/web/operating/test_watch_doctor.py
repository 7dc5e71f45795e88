"""The doctor names a backup that is old, halves of its key beside the data, and a second key holder who lacks."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection

from posada.office.access.roles import Role
from posada.web.operating.doctor import Standing, examine
from posada.web.operating.office_metrics import BACKUP_MADE
from posada.web.operating.watch_doctor import HOURS_OF_BACKUP, examine_watch
from posada.web.served_keys import RUN
from tests.office.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql_too]
WRONG, RIGHT = Standing.WRONG, Standing.RIGHT


@pytest.fixture(autouse=True)
def real(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A real office; goes out: the file that says when its last backup was made."""
    monkeypatch.setattr(
        settings, "DEPLOYMENT", replace(settings.DEPLOYMENT, folder=tmp_path, demonstration=False)
    )
    (tmp_path / RUN).mkdir()
    yield tmp_path / RUN / BACKUP_MADE


def standing(what: str) -> Standing | None:
    found = {each.what: each for each in examine_watch()}
    assert all(each.mend for each in found.values() if each.standing == WRONG)
    return found[what].standing if what in found else None


@pytest.mark.parametrize(("hours", "wanted"), [(None, WRONG), (1, RIGHT), (HOURS_OF_BACKUP + 1, WRONG)])
def test_a_backup_that_is_old_or_was_never_made(hours: float | None, wanted: Standing, real: Path) -> None:
    if hours is not None:
        real.touch()
        at = real.stat().st_mtime - hours * 3600
        os.utime(real, (at, at))
    assert standing("age of backup") == wanted


def test_a_half_of_the_key_beside_the_data(tmp_path: Path) -> None:
    assert standing("halves of the key") is None
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "half-2.txt").touch()
    assert standing("halves of the key") == WRONG


def test_two_administrators_with_a_second_factor_are_wanted() -> None:
    ours = [person(Role.ADMINISTRATOR) for _ in range(2)]
    Authenticator.objects.all().delete()
    for number, user in enumerate(ours):
        assert standing("key holders") == WRONG, number
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert standing("key holders") == RIGHT
    ours[0].is_active = False
    ours[0].save()
    assert standing("key holders") == WRONG


def test_a_token_that_is_too_short_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert standing("watcher's token") is None
    monkeypatch.setattr(settings, "METRICS_TOKEN", "short")
    assert standing("watcher's token") == WRONG


def test_the_clock_is_compared_where_the_database_has_its_own() -> None:
    assert standing("clock") == (RIGHT if connection.vendor == "postgresql" else None)


def test_the_doctor_looks_at_it_too() -> None:
    assert {"age of backup", "key holders"} <= {each.what for each in examine()}
