"""`posada backup`, and the keys that it draws."""

from pathlib import Path

from tests.served_office import posada


def test_new_keys_are_two_halves_for_two_persons(tmp_path: Path) -> None:
    ran = posada("backup", "--new-keys", "--out", tmp_path / "keys")
    assert ran.returncode == 0
    names = {path.name for path in (tmp_path / "keys").iterdir()}
    assert names == {"half-1.txt", "half-2.txt", "public.txt"}
    assert (tmp_path / "keys" / "half-1.txt").stat().st_mode & 0o177 == 0
    half = (tmp_path / "keys" / "half-1.txt").read_text().strip()
    assert half not in ran.stdout + ran.stderr
    assert posada("backup", "--new-keys", "--out", tmp_path / "keys").returncode == 2


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path, demonstration: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    ran = posada("backup", "--data", demonstration, "--out", tmp_path / "mine")
    assert ran.returncode == 2
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_demonstration_takes_the_key_that_is_set(tmp_path: Path, demonstration: Path) -> None:
    keys, made = tmp_path / "keys", tmp_path / "office.backup"
    posada("backup", "--new-keys", "--out", keys)
    ran = posada(
        "backup", "--data", demonstration, "--out", made, POSADA_BACKUP_KEY=(keys / "public.txt").read_text()
    )
    assert ran.returncode == 0, ran.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"keys", "office.backup"}
    halves = [word for name in ("half-1.txt", "half-2.txt") for word in ("--half", keys / name)]
    assert posada("restore", made, "--data", tmp_path / "new", *halves).returncode == 0
