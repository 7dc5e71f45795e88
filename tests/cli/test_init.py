"""`posada init`: an office is made, and brought up to date."""

from pathlib import Path

import pytest

from tests.served_office import posada


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("init") / "office"
    made = posada("init", "--data", folder, "--keys-beside")
    assert made.returncode == 0, made.stderr
    assert "the office is ready" in made.stderr
    return folder


def test_an_office_that_is_there_is_brought_up_to_date(real: Path) -> None:
    again = posada("init", "--data", real)
    assert again.returncode == 0
    assert "up to date" in again.stderr


def test_keys_are_printed_and_nothing_else_is_done(tmp_path: Path) -> None:
    ran = posada("init", "--print-keys")
    assert ran.returncode == 0
    assert ran.stdout.count('= "') == 4
    assert "sealing_keys" in ran.stdout


def test_without_keys_the_line_says_how_to_draw_them(tmp_path: Path) -> None:
    ran = posada("init", "--data", tmp_path / "office")
    assert ran.returncode == 2
    assert "--print-keys" in ran.stderr
    assert not (tmp_path / "office").exists()  # nothing half done: the next try, with keys, begins anew
    again = posada("init", "--data", tmp_path / "office", "--keys-beside")
    assert again.returncode == 0, again.stderr


def test_a_real_office_shows_no_sign_ins_and_makes_one_administrator(real: Path) -> None:
    shown = posada("accounts", "--demo", "--data", real)
    assert shown.returncode == 2
    assert "real office" in shown.stderr
    first = posada("accounts", "--data", real, "--new-administrator", "ada")
    assert first.returncode == 0, first.stderr
    assert len(first.stdout.strip()) >= 16
    second = posada("accounts", "--data", real, "--new-administrator", "bob")
    assert second.returncode == 2
    assert "already" in second.stderr
