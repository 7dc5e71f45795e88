"""Which deployment this is, and what it refuses to be."""

from pathlib import Path

import pytest

from posada.web.deployment import (
    DEPLOYMENT_FILE,
    KEY_FILE,
    DeploymentUnusable,
    make_deployment,
    new_keys,
    read_deployment,
)


def demonstration(folder: Path) -> Path:
    make_deployment(folder, demonstration=True, keys_beside=True)
    return folder


def test_a_demonstration_keeps_its_keys_and_its_folder_to_itself(tmp_path: Path) -> None:
    folder = demonstration(tmp_path / "demo")
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / KEY_FILE).stat().st_mode & 0o177 == 0
    assert (folder / DEPLOYMENT_FILE).stat().st_mode & 0o177 == 0
    found = read_deployment(folder, environment={})
    assert found.demonstration
    assert not found.behind_tls
    assert found.database_url.endswith("/office.sqlite3")


def test_no_key_is_ever_printed(tmp_path: Path) -> None:
    found = read_deployment(demonstration(tmp_path / "demo"), environment={})
    assert found.keys.secret not in repr(found)
    assert repr(found.keys.audit) not in repr(found)


def test_a_demonstration_answers_to_no_other_host(tmp_path: Path) -> None:
    folder = demonstration(tmp_path / "demo")
    with pytest.raises(DeploymentUnusable, match="this machine only"):
        read_deployment(folder, environment={"POSADA_HOSTS": "office.example.org"})
    assert read_deployment(folder, environment={"POSADA_HOSTS": "localhost"}).hosts == ("localhost",)


def test_a_folder_without_an_office_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DeploymentUnusable, match="posada init"):
        read_deployment(tmp_path, environment={})


def test_a_second_office_is_not_made_over_the_first(tmp_path: Path) -> None:
    folder = demonstration(tmp_path / "demo")
    with pytest.raises(DeploymentUnusable, match="already"):
        make_deployment(folder, demonstration=False, keys_beside=False)


def test_a_real_office_names_the_keys_that_are_missing(tmp_path: Path) -> None:
    make_deployment(tmp_path / "office", demonstration=False, keys_beside=False)
    with pytest.raises(DeploymentUnusable, match="POSADA_SECRET_KEY"):
        read_deployment(tmp_path / "office", environment={})


def test_keys_come_from_the_file_that_is_named(tmp_path: Path) -> None:
    make_deployment(tmp_path / "office", demonstration=False, keys_beside=False)
    keys = tmp_path / "keys.toml"
    keys.write_text(new_keys())
    keys.chmod(0o600)
    found = read_deployment(tmp_path / "office", environment={"POSADA_KEY_FILE": str(keys)})
    assert len(found.keys.sealing) == 1
    assert found.behind_tls


def test_keys_that_others_can_read_are_refused(tmp_path: Path) -> None:
    folder = demonstration(tmp_path / "demo")
    (folder / KEY_FILE).chmod(0o644)
    with pytest.raises(DeploymentUnusable, match="chmod 600"):
        read_deployment(folder, environment={})


def test_a_key_that_is_too_short_is_refused(tmp_path: Path) -> None:
    folder = demonstration(tmp_path / "demo")
    with pytest.raises(DeploymentUnusable, match="audit_key is not 32 bytes"):
        read_deployment(folder, environment={"POSADA_AUDIT_KEY": "c2hvcnQ="})


def test_one_setting_names_another_database(tmp_path: Path) -> None:
    folder = demonstration(tmp_path / "demo")
    found = read_deployment(folder, environment={"POSADA_DATABASE_URL": "postgresql:///posada"})
    assert found.database_url == "postgresql:///posada"


@pytest.mark.parametrize("content", [b'sealing_keys = ["', b"\xff\xfe\0", b"\0" * 512])
def test_a_key_file_that_is_none_is_named(tmp_path: Path, content: bytes) -> None:
    folder = demonstration(tmp_path / "demo")
    (folder / KEY_FILE).write_bytes(content)
    with pytest.raises(DeploymentUnusable, match="can’t be read as one"):
        read_deployment(folder, environment={})
