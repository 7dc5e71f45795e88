"""`posada generate`."""

from pathlib import Path

import pytest

from posada.programme import read_program
from tests.cli.terminal import posada


def made(capsys: pytest.CaptureFixture[str], out: Path, *words: str | Path) -> int:
    return posada(capsys, "generate", "--scope", "maryland", "--children", "25", "--out", out, *words).status


def test_a_generated_folder_reads_back_without_a_refused_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert made(capsys, tmp_path / "program") == 0
    program = read_program(tmp_path / "program")
    assert len(program.children) == 25
    assert program.rejections == ()
    assert "Nobody here exists" in (tmp_path / "program" / "ASSUMPTIONS.md").read_text(encoding="utf-8")


def test_the_same_seed_gives_the_same_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, seed in (("one", "5"), ("same", "5"), ("other", "6")):
        assert made(capsys, tmp_path / name, "--seed", seed) == 0
    one, same, other = ((tmp_path / n / "children.csv").read_bytes() for n in ("one", "same", "other"))
    assert one == same != other


def test_the_share_with_kin_can_be_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert made(capsys, tmp_path / "program", "--kin-share", "0") == 0
    assert read_program(tmp_path / "program").kin == ()


def test_an_assumption_can_be_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[program]\nplan_date = { value = 2015-03-01, source = "a test" }\n', encoding="utf-8")
    assert made(capsys, tmp_path / "program", "--assumptions", file) == 0
    assert read_program(tmp_path / "program").plan_date.isoformat() == "2015-03-01"


def test_an_assumption_that_is_not_known_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[program]\nweather = { value = 1, source = "a test" }\n', encoding="utf-8")
    ran = posada(
        capsys, "generate", "--scope", "national", "--out", tmp_path / "program", "--assumptions", file
    )
    assert ran.status == 2
    assert len(ran.messages) == 1
    assert not (tmp_path / "program").exists()


@pytest.mark.parametrize("share", ["1.5", "-1", "nan"])
def test_a_share_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], share: str
) -> None:
    assert made(capsys, tmp_path / "program", f"--kin-share={share}") == 2
    assert not (tmp_path / "program").exists()


def test_a_folder_that_is_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert made(capsys, tmp_path) == 2
    assert list(tmp_path.iterdir()) == []
