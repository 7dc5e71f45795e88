"""Promise 3: where nothing can be written nothing is lost, the page says so, and whoever reads goes on reading.

A really served office. On SQLite the system refuses every byte that its web server writes to a file (RLIMIT_FSIZE 0:
what a full disk is to a program); on PostgreSQL the database takes no writing. The store of documents is tried at
every byte of a small file.
"""

import re
import resource
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.served_office import Office, environment, posada

NO_LIMIT = resource.RLIM_INFINITY
ASK = "/plan/solve/"
BYTES_TRIED = 260
STORE = f"""
import os, resource, signal
os.environ["DJANGO_SETTINGS_MODULE"] = "posada.web.settings.test"
import django
django.setup()
from posada.office.casefile import vault
refused = 0
for most in range({BYTES_TRIED}):
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        name = vault.put_away(b"a paper")
    except vault.DiskFull as error:
        refused += 1
        assert not list(vault.stored_names()), most
        assert "disk" in str(error)
    else:
        assert vault.take_out(name) == b"a paper"
        vault.throw_out(name)
print(refused)
"""


def _address(office: Office) -> str:
    return str(tomllib.loads((office.data / "deployment.toml").read_text()).get("database_url", ""))


def _wait_until_said(office: Office, word: str) -> None:
    """What a process writes to its log is read by another thread, a moment later."""
    until = time.monotonic() + 30
    while word not in "".join(office.said):
        assert time.monotonic() < until, f"{word} is not in the log: " + "".join(office.said)
        time.sleep(0.05)


def _below(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_below(int(child))]
    return found


@contextmanager
def without_writing(office: Office) -> Iterator[str]:
    """Nothing of the office can write. Gives what the page has to say."""
    address = _address(office)
    if not address:
        processes = _below(office.process.pid)
        for each in processes:
            resource.prlimit(each, resource.RLIMIT_FSIZE, (0, NO_LIMIT))
        try:
            yield "disk of the office is full"
        finally:
            for each in processes:
                resource.prlimit(each, resource.RLIMIT_FSIZE, (NO_LIMIT, NO_LIMIT))
        return
    _let_write(address, False)
    try:
        yield "can read, but not write"
    finally:
        _let_write(address, True)


def _let_write(address: str, may: bool) -> None:
    import psycopg

    name = address.rpartition("/")[2]
    with psycopg.connect(f"{address.rpartition('/')[0]}/postgres", autocommit=True) as opened:
        opened.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {not may}".encode())
        opened.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def test_pages_go_on_what_is_sent_is_refused_with_the_reason_and_all_goes_on_afterwards(
    office: Office,
) -> None:
    planner = office.visitor("placement")
    entries = int(posada("audit", "verify", "--data", office.data).stdout)
    token = planner.token("/plan/")
    with without_writing(office) as says:
        for _ in range(3):
            assert planner.get("/").status == 200
        answer = planner.send(ASK, token=token)
        assert answer.status == 503
        assert says in answer.text
        assert "Traceback" not in answer.text
        number = re.search(r"<code>([0-9a-f]{10})</code>", answer.text)
        assert number
        _wait_until_said(office, number[1])
    assert planner.send(ASK, token=token).status == 200
    found = posada("audit", "verify", "--data", office.data)
    assert (found.returncode, int(found.stdout) > entries) == (0, True)


def test_a_paper_is_kept_whole_or_not_at_all_at_every_byte_of_room() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", STORE], env=environment(), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert 50 < int(ran.stdout) < BYTES_TRIED
