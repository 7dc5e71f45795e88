"""Runs `posada` as a user does, in this process or in one of its own, and gives back what it said."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from posada.cli.main import run


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def messages(self) -> list[str]:
        """The lines of standard error."""
        return self.err.splitlines()


def posada(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Ran:
    """Run a command in this process, through the same door as the console script."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        run([str(word) for word in words])
    said = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    assert "Traceback" not in said.out + said.err
    return Ran(ended.value.code, said.out, said.err)


def started(*words: str | Path, environment: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """A command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from posada.cli.main import run; run()", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
