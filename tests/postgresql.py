"""A private PostgreSQL for one run of a command: `python tests/postgresql.py COMMAND…`.

Starts the machine's own server (Debian's packages put it under /usr/lib/postgresql) in a temporary folder, on a
socket in that folder and on no network, names it in POSADA_DATABASE_URL, runs the command, and clears everything,
also when it is told to end (SIGTERM, as `timeout` sends it). What a run left that was killed outright is cleared by
the next one. A server cannot run as root: as root, the user `postgres` runs it.
Tests: tests/test_postgresql_beside.py.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import quote

PLACES = "/usr/lib/postgresql"
BEGINS, OWNER = "posada-postgresql-", "owner"
"""How the names of our folders begin; and the file in them that holds the process of their run."""
SECONDS_TO_END = 60
NOT_HERE = "PostgreSQL is not installed on this machine: run tests/install-programs"


def server_programs() -> Path | None:
    """The folder of initdb and pg_ctl, of the newest version that is installed; None: there is none."""
    found = shutil.which("pg_ctl")
    installed = sorted(Path(PLACES).glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    return None if found is None else Path(found).parent


@contextmanager
def running(*, as_it_comes: bool = False) -> Iterator[str]:
    """A server for the time of the block; gives the address of an empty database.

    Its data are thrown away, so it syncs nothing; `as_it_comes`: it does, as one that nobody has set up.
    """
    programs = server_programs()
    if programs is None:
        raise RuntimeError(NOT_HERE)
    _clear_what_was_killed(programs)
    folder = Path(tempfile.mkdtemp(prefix=BEGINS))
    (folder / OWNER).write_text(str(os.getpid()))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")

    def run(*command: str) -> None:
        ran = _run(folder, *command)
        if ran.returncode != 0:
            raise RuntimeError(f"{command[0]}: {ran.stdout}{ran.stderr}")

    kept, log = str(folder / "kept"), str(folder / "log")
    told = f"-c listen_addresses= -c unix_socket_directories={folder} -c max_connections=100"
    quick = "" if as_it_comes else " -c fsync=off -c synchronous_commit=off"
    try:
        run(
            str(programs / "initdb"),
            "-D",
            kept,
            "-U",
            "posada",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        )
        run(
            str(programs / "pg_ctl"),
            "-D",
            kept,
            "-l",
            log,
            "-w",
            "-o",
            told + quick,
            "start",
        )
        try:
            run(str(programs / "createdb"), "-h", str(folder), "-U", "posada", "posada")
            yield f"postgresql://posada@{quote(str(folder), safe='')}/posada"
        finally:
            run(str(programs / "pg_ctl"), "-D", kept, "-m", "fast", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # In a session of its own: who interrupts the run at the keyboard does not interrupt what clears up.
    return subprocess.run(
        [*as_user, *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        start_new_session=True,
    )


def _clear_what_was_killed(programs: Path) -> None:
    """End the servers of runs whose process is gone, and take their folders away."""
    for folder in Path(tempfile.gettempdir()).glob(f"{BEGINS}*"):
        try:
            owner = int((folder / OWNER).read_text())
            os.kill(owner, 0)
        except ProcessLookupError:
            _run(
                folder, str(programs / "pg_ctl"), "-D", str(folder / "kept"), "-m", "immediate", "-w", "stop"
            )
            shutil.rmtree(folder, ignore_errors=True)
        except (OSError, ValueError):  # another person's, or one that is only being made
            continue


def _beside(command: list[str], told: dict[str, str]) -> int:
    """Run the command, which is told to end where we are. Returns its status."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)
    with subprocess.Popen(command, env=told) as process:
        try:
            return process.wait()
        except SystemExit:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            process.terminate()
            try:
                process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
            raise
        except BaseException:
            process.kill()
            raise


def main(command: list[str]) -> int:
    """Run a command beside a server. Returns its status; 2 where there is no server to be had."""
    if server_programs() is None:
        print(NOT_HERE, file=sys.stderr)
        return 2 if os.environ.get("CI") == "true" else 0
    with running() as url:
        return _beside(command, {**os.environ, "POSADA_DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
