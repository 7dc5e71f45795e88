"""`posada documents`: what a crash leaves between papers and files is named, and files of nobody are taken away."""

import os
import shutil
from pathlib import Path
from uuid import uuid4

import pytest

from tests.served_office import posada


@pytest.fixture
def office(tmp_path: Path, demonstration: Path) -> Path:
    shutil.copytree(demonstration, tmp_path / "demo")
    return tmp_path / "demo"


def adrift(office: Path) -> Path:
    """A file that no paper names, of yesterday."""
    lost = office / "documents" / (uuid4().hex * 2)
    lost.parent.mkdir(exist_ok=True)
    lost.write_bytes(b"sealed")
    os.utime(lost, (1_700_000_000, 1_700_000_000))
    return lost


def test_an_office_whose_papers_are_whole_says_so(office: Path) -> None:
    ran = posada("documents", "check", "--read-all", "--data", office)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "Every paper has its file" in ran.stderr


def test_a_file_of_no_paper_is_named_and_stays_until_it_is_repaired(office: Path) -> None:
    lost = adrift(office)
    ran = posada("documents", "check", "--data", office)
    assert (ran.returncode, ran.stdout) == (1, f"file {lost.name}\n")
    assert lost.exists()
    mended = posada("documents", "repair", "--data", office)
    assert mended.returncode == 0 and "Files taken away: 1." in mended.stderr
    assert not lost.exists()
    assert posada("documents", "check", "--data", office).returncode == 0
