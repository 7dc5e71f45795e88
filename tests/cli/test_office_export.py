"""`posada export` without two persons writes nothing; `posada open-export` opens what the office wrote."""

import uuid
from pathlib import Path

from posada.office.intake.archive import locked
from tests.served_office import posada

WORDS = "a long enough passphrase"


def test_an_archive_is_opened_into_a_folder_of_this_user_alone(tmp_path: Path) -> None:
    (tmp_path / "program.posada").write_bytes(locked({"plain/children.csv": b"C1\n"}, passphrase=WORDS))
    command = ("open-export", tmp_path / "program.posada", "--out", tmp_path / "out")
    wrong = posada(*command, POSADA_EXPORT_PASSPHRASE=WORDS + "!")
    assert (wrong.returncode, (tmp_path / "out").exists()) == (2, False)
    assert "Traceback" not in wrong.stderr
    ran = posada(*command, POSADA_EXPORT_PASSPHRASE=WORDS)
    assert ran.returncode == 0, ran.stderr
    written = tmp_path / "out" / "plain" / "children.csv"
    assert (written.read_bytes(), written.stat().st_mode & 0o777) == (b"C1\n", 0o600)
    assert posada(*command, POSADA_EXPORT_PASSPHRASE=WORDS).returncode == 2


def test_nothing_leaves_without_an_approval(demonstration: Path, tmp_path: Path) -> None:
    out = tmp_path / "program.posada"
    for approval in (str(uuid.uuid4()), "yes"):
        ran = posada("export", "--data", demonstration, "--approval", approval, "--out", out)
        assert (ran.returncode, out.exists()) == (2, False)
        assert "Traceback" not in ran.stderr
