"""Folders that tests change: copies of tests/fixtures/county, and single files put in their place."""

import shutil
from pathlib import Path

from posada.programme import FolderUnreadable, read_program
from posada.records import Program

FIXTURES = Path(__file__).parent.parent / "fixtures"


def county(tmp_path: Path, **files: str | bytes | None) -> Path:
    """A copy of the made-up county; `children="..."` puts another children.csv there, None removes it."""
    folder = tmp_path / "county"
    shutil.copytree(FIXTURES / "county", folder)
    for name, content in files.items():
        path = folder / ("programme.toml" if name == "programme" else f"{name}.csv")
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def text(file: str) -> str:
    """A file of the made-up county."""
    return (FIXTURES / "county" / file).read_text(encoding="utf-8")


def changed(file: str, old: str, new: str) -> str:
    """A file of the made-up county with one thing changed."""
    before = text(file)
    assert before.count(old) == 1, (file, old)
    return before.replace(old, new)


def read(tmp_path: Path, **files: str | bytes | None) -> Program:
    """The made-up county as read, with some files changed."""
    return read_program(county(tmp_path, **files))


def refused(program: Program) -> list[tuple[str, int, str]]:
    """File, row and field of each rejection."""
    return [(each.file, each.row, each.field) for each in program.rejections]


def unreadable(tmp_path: Path, **files: str | bytes | None) -> str:
    """The messages with which a changed county is refused as a whole."""
    try:
        read(tmp_path, **files)
    except FolderUnreadable as error:
        assert error.messages
        assert all("\n" not in message for message in error.messages)
        return "\n".join(error.messages)
    raise AssertionError("the folder was read")
