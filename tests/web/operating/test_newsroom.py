"""The newsroom beside an office: made once, and what went wrong is told in a line."""

import subprocess
import sys
from pathlib import Path

import pytest

from posada.web.operating.newsroom import NewsroomNotPrepared, finish, newsroom_is_installed


def test_what_went_wrong_is_told_in_a_line() -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('first\\nthe key is missing')"]
    with pytest.raises(NewsroomNotPrepared, match="the key is missing"):
        finish(subprocess.Popen(failing, stderr=subprocess.PIPE, text=True))


def test_a_newsroom_that_was_prepared_is_no_error(tmp_path: Path) -> None:
    assert newsroom_is_installed()
    finish(subprocess.Popen([sys.executable, "-c", "pass"], stderr=subprocess.PIPE, text=True))
