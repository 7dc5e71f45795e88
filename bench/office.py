"""The office under a whole program: import, pages, search, fifty people at once, and memory.

    bench/office.py --children 57496                       on SQLite
    python tests/postgresql.py bench/office.py …           the same on a private PostgreSQL

A demonstration is made in bench/work, the program is brought in by `posada import`, and the office is really served.
Rows go to bench/work/rows.jsonl as part `office`; bench/office_table.py writes their tables.
"""

import argparse
import csv
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402
from machine import circumstances  # noqa: E402
from office_load import work_at_once  # noqa: E402
from results import ROWS, append  # noqa: E402

from tests.served_office import POSADA, Office, Visitor, environment, posada, served  # noqa: E402

WORK = ROOT / "bench" / "work"
PEOPLE, SECONDS, TIMES = "50,100,200", 60.0, 15
SHARES = {
    "intake_worker": 10,
    "licensing_worker": 12,
    "placement_worker": 14,
    "legal_coordinator": 8,
    "auditor": 6,
}
"""How many of fifty people work in which role."""
MOST_FIFTIES = 4
DETAILS = 2
"""How many pages behind each list are measured."""
PREPARE = """
import sys
from pathlib import Path
from posada.cli.office_start import start_office
from posada.web.deployment import make_deployment
folder = Path(sys.argv[1])
make_deployment(folder, demonstration=True, keys_beside=True)
start_office(folder)
from posada.web.operating.preparing import prepare
prepare()
"""
ACCOUNTS = """
import json, sys
from pathlib import Path
from posada.cli.office_start import start_office
start_office(Path(sys.argv[1]))
from posada.office.access.roles import Role
from posada.web.operating.demonstration_accounts import Wanted, keep_accounts, make_account
kept = [
    make_account(Wanted(f"{role}-{number}", f"Person {role} {number}", Role(role)))
    for role, count in json.loads(sys.argv[2]).items() for number in range(count)
]
keep_accounts(Path(sys.argv[1]), kept)
from posada.programme import read_program
from posada.web.operating.demonstration import fill_enquiries
fill_enquiries(read_program(Path(sys.argv[3])))
"""
PLAN = """
import sys
from pathlib import Path
from posada.cli.office_start import start_office
start_office(Path(sys.argv[1]))
from posada.web.operating.demonstration import plan_as
plan_as("placement_worker-0")
"""
QUERIES = """
import json, sys
from pathlib import Path
from posada.cli.office_start import start_office
start_office(Path(sys.argv[1]))
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from posada.office.access.models import User
from posada.office.access import gate
settings.ALLOWED_HOSTS.append("testserver")
found = {}
for username, paths in json.loads(sys.argv[2]).items():
    client = Client()
    client.cookies["sessionid"] = json.loads(sys.argv[3])[username]
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            status = client.get(path).status_code
        found[path] = [status, len(asked)]
print(json.dumps(found))
"""


def main() -> None:
    """Measure and keep rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--children", type=int, default=57_496)
    parser.add_argument("--people", default=PEOPLE, help="how many at once, one after the other: 50,100")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--keep", action="store_true", help="use the office that an earlier run has made")
    parser.add_argument("--crowds-only", action="store_true", help="no single pages, no searches")
    parser.add_argument("--record", type=Path, default=ROWS, help="the file that rows are added to")
    asked = parser.parse_args()
    keep = partial(_keep, asked.record)
    url = os.environ.get("POSADA_DATABASE_URL", "")
    database = "postgresql" if url else "sqlite"
    more = {"POSADA_DATABASE_URL": url} if url else {}
    base = {"part": "office", "instance": database, "children": asked.children}
    folder = WORK / f"office-{database}-{asked.children}"
    if not (asked.keep and folder.exists()):
        for row in _made(folder, children=asked.children, more=more):
            keep(base | row)
    with served(folder, "--processes", "2", **more) as office:
        pages = _pages(office)
        if not asked.crowds_only:
            for row in _pages_measured(office, pages, more=more):
                keep(base | row)
            for row in _searches(office, folder=WORK / f"office-program-{asked.children}"):
                keep(base | row)
        by_role = {role: [path for path, _ in listed] for role, listed in pages.items()}
        for people in map(int, asked.people.split(",")):
            keep(base | {"name": "at once"} | _crowd(office, people, by_role, asked.seconds))


def _crowd(office: Office, people: int, pages: Mapping[str, Sequence[str]], seconds: float) -> dict[str, Any]:
    """So many people at once; with it, the processor's seconds of the office and of the database."""
    chosen = _spread(office.accounts, people)
    meter = partial(_processor_seconds, office)
    load = work_at_once(office.address, chosen, pages=pages, seconds=seconds, meter=meter)
    return load | {"seconds": seconds, "web_and_worker_mib": _memory(office)}


def _keep(record: Path, row: Mapping[str, Any]) -> None:
    row = dict(row) | {"load": round(os.getloadavg()[0], 1)}
    print(json.dumps(row), flush=True)
    append(record, row | {"at": circumstances()})


def _made(folder: Path, *, children: int, more: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """A fresh office with the program in it, and what bringing it in took."""
    shutil.rmtree(folder, ignore_errors=True)
    program = WORK / f"office-program-{children}"
    if not program.exists():
        scope = "national" if children > 5_000 else "maryland"
        drawn = posada("generate", "--scope", scope, "--children", str(children), "--out", program)
        assert drawn.returncode == 0, drawn.stderr
        _name_people(program)
    _python(PREPARE, folder, more=more)
    for what in ("import", "import again"):
        started = time.perf_counter()
        process = subprocess.Popen(
            [*POSADA, "import", str(program), "--data", str(folder), "--json"],
            env=environment(**more),
            stdout=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(process.pid, 0)
        assert os.waitstatus_to_exitcode(status) in (0, 1), "the import failed"
        yield {
            "name": what,
            "seconds": round(time.perf_counter() - started, 1),
            "rss_mib": round(used.ru_maxrss / 1024),
        }
    _python(
        ACCOUNTS,
        folder,
        json.dumps({role: count * MOST_FIFTIES for role, count in SHARES.items()}),
        program,
        more=more,
    )
    started = time.perf_counter()
    _python(PLAN, folder, more=more)
    yield {"name": "plan", "seconds": round(time.perf_counter() - started, 1)}


def _name_people(program: Path) -> None:
    from posada.programme import read_program
    from posada.web.operating.demonstration_people import write_people

    write_people(program, read_program(program))


def _python(script: str, *words: str | Path, more: Mapping[str, str]) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2_000:]
    return ran.stdout


def _pages(office: Office) -> dict[str, list[tuple[str, str]]]:
    """Role → (path, what it is): every room of its menu, and a few pages behind each list."""
    found: dict[str, list[tuple[str, str]]] = {}
    for role in SHARES:
        visitor = office.visitor(f"{role}-0")
        first = visitor.get("/").text
        rooms = list(dict.fromkeys(["/", *re.findall(r'<li><a href="(/[a-z/-]*)"', first)]))
        listed = [(room, room) for room in rooms]
        for room in rooms:
            behind = dict.fromkeys(re.findall(r'href="(/[a-z/-]+/[0-9a-f-]{36}/)"', visitor.get(room).text))
            listed += [(path, re.sub(r"[0-9a-f-]{36}", "…", path)) for path in list(behind)[:DETAILS]]
        found[role] = [(path, kind) for path, kind in listed if visitor.get(path).status == 200]
    return found


def _pages_measured(
    office: Office, pages: Mapping[str, Sequence[tuple[str, str]]], *, more: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """The median time of each kind of page, with nobody else at work, and its queries."""
    visitors: dict[str, Visitor] = {}
    for role in pages:
        visitors[role] = Visitor(office.address)
        visitors[role].sign_in(office.account(f"{role}-1"))
    asked = {role: [path for path, _ in listed] for role, listed in pages.items()}
    sessions = {role: visitor.session() for role, visitor in visitors.items()}
    counted = json.loads(_python(QUERIES, office.data, json.dumps(asked), json.dumps(sessions), more=more))
    for role, listed in pages.items():
        for path, kind in listed:
            times = [_timed(visitors[role], path) for _ in range(TIMES)]
            yield {
                "name": "page",
                "method": role,
                "pages": kind,
                "median_ms": round(1000 * statistics.median(times), 1),
                "queries": counted[path][1],
            }


def _searches(office: Office, *, folder: Path) -> Iterator[dict[str, Any]]:
    """Looking children up by name: whole, begun, misspelled, and by id."""
    with (folder / "people.csv").open(encoding="utf-8") as file:
        people = list(csv.DictReader(file))
    one = people[len(people) // 2]
    given, family = one["given_name"].split()[0], one["family_name"].split()[0]
    typed = {
        "whole name": f"{one['given_name']} {one['family_name']}",
        "begun": f"{given[:3]} {family[:3]}",
        "misspelled": f"{given} {family[:2]}{family[3:]}",
        "by id": one["child_id"],
    }
    visitor = office.visitor("intake_worker-2")
    token = visitor.token("/children/")
    for kind, words in typed.items():
        times = []
        for _ in range(TIMES):
            started = time.perf_counter()
            answer = visitor.send("/children/", token=token, q=words)
            times.append(time.perf_counter() - started)
            assert answer.status == 200
        yield {"name": "search", "pages": kind, "median_ms": round(1000 * statistics.median(times), 1)}


def _spread(accounts: Sequence[Mapping[str, str]], count: int) -> list[Mapping[str, str]]:
    """So many people, of every role in its share."""
    step = len(accounts) / min(count, len(accounts))
    return [accounts[int(place * step)] for place in range(min(count, len(accounts)))]


def _timed(visitor: Visitor, path: str) -> float:
    started = time.perf_counter()
    assert visitor.get(path).status == 200, path
    return time.perf_counter() - started


def _processor_seconds(office: Office) -> dict[str, float]:
    """Of web server and worker, and of the private PostgreSQL, with its processes that have ended."""
    own = _used(psutil.Process(office.process.pid))
    folder = unquote(os.environ.get("POSADA_DATABASE_URL", "")).partition("host=")[2]
    servers = [
        each
        for each in psutil.process_iter(["name", "cmdline"])
        if folder and each.info["name"] == "postgres" and folder in " ".join(each.info["cmdline"] or ())
    ]
    return {"office_seconds": own, "database_seconds": sum(map(_used, servers))}


def _used(parent: psutil.Process) -> float:
    total = 0.0
    for each in (parent, *parent.children(recursive=True)):
        try:
            total += sum(each.cpu_times()[:4])  # also of children that have ended
        except psutil.NoSuchProcess:
            continue
    return total


def _memory(office: Office) -> int:
    """MiB of web server and worker together, each shared page counted once."""
    parent = psutil.Process(office.process.pid)
    return sum(each.memory_full_info().pss for each in (parent, *parent.children(recursive=True))) >> 20


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
