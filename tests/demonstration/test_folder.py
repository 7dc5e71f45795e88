"""A synthetic program as a folder."""

from pathlib import Path

import pytest

from posada.demonstration.assumptions import shipped
from posada.demonstration.folder import assumptions_text, write_folder
from posada.demonstration.generate import generate
from posada.programme.errors import OutExists
from posada.programme.folder import read_program

TABLES = (
    "children", "homes", "kin", "counsel", "courts", "court_counties",
    "hearings", "separations", "placements", "openings",
)  # fmt: skip
PROGRAM = generate(scope="national", children=800, seed=3)


def test_what_is_written_is_read_back_without_a_rejected_row(tmp_path: Path) -> None:
    write_folder(PROGRAM, tmp_path / "program", assumptions=shipped())
    back = read_program(tmp_path / "program")
    assert back.rejections == ()
    for table in TABLES:
        assert set(getattr(back, table)) == set(getattr(PROGRAM, table)), table
    assert (back.name, back.state, back.seed, back.policy) == (PROGRAM.name, "", 3, "maryland")


def test_the_same_program_gives_the_same_bytes(tmp_path: Path) -> None:
    again = generate(scope="national", children=800, seed=3)
    for name, program in (("one", PROGRAM), ("two", again)):
        write_folder(program, tmp_path / name, assumptions=shipped())
    one, two = ({f.name: f.read_bytes() for f in (tmp_path / n).iterdir()} for n in ("one", "two"))
    assert one == two
    assert "ASSUMPTIONS.md" in one


def test_every_assumption_is_printed_with_its_source() -> None:
    text = assumptions_text(PROGRAM, assumptions=shipped())
    assert "Nobody here exists" in text
    for key, entry in shipped().entries.items():
        assert f"| {key} |" in text
        assert entry.source in text


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutExists):
        write_folder(PROGRAM, tmp_path, assumptions=shipped())
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]
