"""The private PostgreSQL of a run takes its server along when it is told to end, as `timeout` tells it."""

import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.postgresql import NOT_HERE, server_programs

SHOW = "import os, time; print(os.environ['POSADA_DATABASE_URL'], flush=True); time.sleep(60)"


@pytest.mark.skipif(server_programs() is None, reason=NOT_HERE)
def test_told_to_end_it_leaves_no_server() -> None:
    command = [sys.executable, "tests/postgresql.py", sys.executable, "-c", SHOW]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        folder = Path(unquote(urlsplit(address).netloc.rpartition("@")[2]))
        server = int((folder / "kept" / "postmaster.pid").read_text().splitlines()[0])
        told = Path(f"/proc/{server}/cmdline")
        assert str(folder) in told.read_text()
        process.send_signal(signal.SIGTERM)
        assert process.wait(120) == 128 + signal.SIGTERM
    assert not folder.exists()
    assert not told.exists() or str(folder) not in told.read_text()
