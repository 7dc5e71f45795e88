"""The doctor names what is wrong, and how to mend it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from posada.web.operating.doctor import Finding, Standing, examine

pytestmark = pytest.mark.django_db


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A real office that lacks nearly everything."""
    folder = tmp_path / "office"
    folder.mkdir(mode=0o755)
    (folder / "keys.toml").write_text("")
    deployment = replace(
        settings.DEPLOYMENT, folder=folder, demonstration=False, behind_tls=False, hosts=("*",), mail_url=""
    )
    monkeypatch.setattr(settings, "DEPLOYMENT", deployment)
    for name in ("POSADA_HOSTS", "POSADA_BACKUP_KEY", "POSADA_TIME_ZONE"):
        monkeypatch.delenv(name, raising=False)
    yield folder


def wrong() -> dict[str, Finding]:
    return {each.what: each for each in examine() if each.standing == Standing.WRONG}


def test_a_demonstration_that_is_prepared_has_nothing_wrong_but_what_tests_leave_out() -> None:
    assert wrong().keys() <= {"static files", "key holders"}


@pytest.mark.usefixtures("real")
def test_everything_that_is_wrong_is_named_with_a_way_to_mend_it() -> None:
    found = wrong()
    assert found.keys() >= {
        *("keys", "TLS", "hosts", "permissions", "static files", "worker", "mail", "settings", "backups")
    }
    assert all(each.says and each.mend for each in found.values())


@pytest.mark.usefixtures("real")
def test_what_is_wrong_comes_first() -> None:
    standings = [list(Standing).index(each.standing) for each in examine()]
    assert standings == sorted(standings)


def test_debug_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEBUG", True)
    assert "debug" in wrong()


def test_a_zone_that_is_not_known_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "TIME_ZONE", "Mars/Olympus")
    assert "time zone" in wrong()
