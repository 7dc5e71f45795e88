"""Promise 45: what is shipped is what was built.

Two builds of the tree in two folders, under other rights and ages of files, give the same bytes. The whole wheel with
its isolated builders takes longer: `make release` does that, and refuses a release whose two builds differ.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
EPOCH = "1764115200"
LONG = "POSADA_RELEASE"


def built(folder: Path, *, umask: int, age: int) -> Path:
    """A wheel from a copy of what is tracked, as a builder with this umask and files of this age would build it."""
    source = folder / "source"
    source.mkdir(parents=True)
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x"], cwd=source, input=archive, check=True, umask=umask)
    for path in source.rglob("*"):
        os.utime(path, (age, age))
    words = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), ".")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    subprocess.run(words, cwd=source, env=environment, umask=umask, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


if os.environ.get(
    LONG
):  # two wheels by pip; not skipped but absent, for on the build machine a skip is a failure

    def test_two_builders_get_the_same_bytes_and_nothing_is_missing(tmp_path: Path) -> None:
        first = built(tmp_path / "first", umask=0o022, age=1_000_000_000)
        second = built(tmp_path / "second", umask=0o077, age=1_700_000_000)
        assert first.read_bytes() == second.read_bytes()
        listed = subprocess.run(
            ["git", "ls-files", "src"], cwd=ROOT, capture_output=True, check=True, text=True
        )
        wanted = {
            name.removeprefix("src/")
            for name in listed.stdout.splitlines()
            if not name.endswith(".gitignore")
        }
        with zipfile.ZipFile(first) as wheel:
            held = set(wheel.namelist())
        assert wanted - held == set()
        assert {name.removesuffix(".po") + ".mo" for name in wanted if name.endswith(".po")} <= held


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="not a checkout")
def test_nothing_that_a_program_made_is_under_version_control() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    made = (".mo", ".pyc", ".whl", ".so", ".sqlite3")
    assert not [name for name in listed.splitlines() if name.endswith(made) or name.startswith("dist/")]


def test_every_part_is_pinned_and_so_are_the_builders() -> None:
    for name in ("constraints.txt", "release/build-tools.txt"):
        lines = [line.split(";")[0].strip() for line in (ROOT / name).read_text().splitlines()]
        assert lines
        assert not [line for line in lines if "==" not in line or "://" in line], name
