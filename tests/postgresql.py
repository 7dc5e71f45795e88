"""A private PostgreSQL for one run of a command: `python tests/postgresql.py COMMAND…`.

Starts the machine's own server (Debian's packages put it under /usr/lib/postgresql) in a temporary folder, on a
socket in that folder and on no network, names it in POSADA_DATABASE_URL, runs the command, and clears everything.
A server cannot run as root: as root, the user `postgres` runs it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PLACES = "/usr/lib/postgresql"
NOT_HERE = "PostgreSQL is not installed on this machine: run tests/install-programs"


def server_programs() -> Path | None:
    """The folder of initdb and pg_ctl, of the newest version that is installed; None: there is none."""
    found = shutil.which("pg_ctl")
    installed = sorted(Path(PLACES).glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    return None if found is None else Path(found).parent


@contextmanager
def running() -> Iterator[str]:
    """A server for the time of the block; gives the address of an empty database."""
    programs = server_programs()
    if programs is None:
        raise RuntimeError(NOT_HERE)
    folder = Path(tempfile.mkdtemp(prefix="posada-postgresql-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]

    def run(*command: str) -> None:
        ran = subprocess.run(
            [*as_user, *command], cwd=folder, capture_output=True, text=True, check=False, timeout=120
        )
        if ran.returncode != 0:
            raise RuntimeError(f"{command[0]}: {ran.stdout}{ran.stderr}")

    kept, log = str(folder / "kept"), str(folder / "log")
    quick = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c synchronous_commit=off"
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
            f"{quick} -c max_connections=100",
            "start",
        )
        try:
            run(str(programs / "createdb"), "-h", str(folder), "-U", "posada", "posada")
            yield f"postgresql://posada@{quote(str(folder), safe='')}/posada"
        finally:
            run(str(programs / "pg_ctl"), "-D", kept, "-m", "fast", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run a command beside a server. Returns its status; 2 where there is no server to be had."""
    if server_programs() is None:
        print(NOT_HERE, file=sys.stderr)
        return 2 if os.environ.get("CI") == "true" else 0
    with running() as url:
        told = {**os.environ, "POSADA_DATABASE_URL": url}
        return subprocess.run(command, env=told, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
