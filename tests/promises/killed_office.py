"""Kill an office at random moments and look whether anything that it acknowledged is lost, or stands by halves.

`python -m tests.promises.killed_office FOLDER KILLS SEED` makes an office in FOLDER (on the database that
POSADA_DATABASE_URL names, else SQLite), and lets it live KILLS times until a SIGKILL at a random moment. It forks, so
that a life begins within milliseconds: what dies holds its own connection and has been told nothing. Prints what was
counted as JSON. `posada.web.settings.office` is what a real office runs with; tasks stand in the database.
"""

import json
import os
import random
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

TEMPLATE = "template.sqlite3"
"""A database in FOLDER whose tables are made already; it spares making them."""
LONGEST_LIFE, SHORTEST_LIFE = 0.7, 0.02  # seconds of a processor
LONGEST_LIVES = float(os.environ.get("POSADA_LONGEST_LIFE", LONGEST_LIFE))
"""In the long run lives are longer, so that plans are approved and packets are built in some."""
LONGEST_WAIT = 60.0  # seconds of the clock


def set_up(folder: Path) -> None:
    """An office of its own, ready to live."""
    from posada.web.deployment import make_deployment

    make_deployment(folder / "office", demonstration=True, keys_beside=True)
    os.environ["POSADA_DATA"] = str(folder / "office")
    os.environ["DJANGO_SETTINGS_MODULE"] = "posada.web.settings.office"
    import django

    django.setup()
    from django.conf import settings

    import tests.promises.killed_acts
    import tests.promises.killed_looks  # noqa: F401  loaded once, before any life begins

    if (folder / TEMPLATE).exists():
        (folder / TEMPLATE).rename(folder / "office" / "office.sqlite3")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    def prepare() -> None:
        from django.core.management import call_command

        from tests.promises.killed_acts import furnish

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        furnish(folder)

    assert in_a_fork(prepare) == 0, "the office could not be furnished"


def in_a_fork(act: Callable[[], None]) -> int:
    """Run something in a process of its own, which alone has a connection. Returns its status."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            status = 0
        except BaseException as error:
            import traceback

            traceback.print_exception(error)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def live_and_die(folder: Path, *, number: int, seed: int, seconds: float) -> None:
    """One life, ended by SIGKILL."""
    from tests.promises.killed_acts import Acts

    child = os.fork()
    if child == 0:
        try:
            Acts(folder / "ledger", seed=seed * 10_000 + number).live(begin=number)
        except BaseException as error:
            import traceback

            with (folder / "faults").open("a") as file:
                traceback.print_exception(error, file=file)
        finally:
            os._exit(1)
    over = time.monotonic() + LONGEST_WAIT
    while _worked(child) < seconds and time.monotonic() < over:
        time.sleep(0.003)
    os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == -signal.SIGKILL, f"it ended by itself: {(folder / 'faults').read_text()}"


def _worked(child: int) -> float:
    """Seconds of a processor that a process has used: the same on a busy machine and on an idle one."""
    fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + random.random() / 200


def look(folder: Path, *, since: int, out: Path) -> None:
    """Every acknowledgement after the first `since` bytes of the ledger, and whatever stands by halves."""
    from tests.promises.killed_looks import lost, standing_faults

    told = json.loads((folder / "furnished.json").read_text())
    with (folder / "ledger").open("rb") as ledger:
        ledger.seek(since)
        lines = [json.loads(line) for line in ledger]
    faults = [fault for line in lines for fault in lost(line, told)]
    faults += list(standing_faults(told))
    out.write_text(json.dumps({"acks": Counter(line["act"] for line in lines), "faults": faults}))


def end_of_all(folder: Path) -> None:
    """After the last kill: the worker does what waits, once; then nothing is under way any more."""
    from posada.office.packets.models import Build
    from posada.office.placement.models import PlanRun
    from tests.promises.killed_acts import Acts

    acts = Acts(folder / "ledger", seed=0)
    from posada.web.operating.worker import put_back_orphans

    put_back_orphans()
    acts.work()
    under_way = PlanRun.objects.filter(state__in=(PlanRun.State.QUEUED, PlanRun.State.SOLVING)).count()
    under_way += Build.objects.filter(state__in=(Build.State.QUEUED, Build.State.BUILDING)).count()
    assert under_way == 0, f"{under_way} jobs still look as if they went on"


def is_clean(folder: Path) -> bool:
    """SQLite's own check of its file; a PostgreSQL was not killed."""
    file = folder / "office" / "office.sqlite3"
    if os.environ.get("POSADA_DATABASE_URL"):
        return True
    with sqlite3.connect(file) as opened:
        return opened.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def run(folder: Path, *, kills: int, seed: int) -> dict[str, Any]:
    """Returns counts of kills, acknowledgements and faults."""
    set_up(folder)
    (folder / "ledger").touch()
    chance, acks, faults, out = random.Random(seed), Counter[str](), [], folder / "looked.json"
    for number in range(kills):
        since = (folder / "ledger").stat().st_size
        seconds = chance.uniform(SHORTEST_LIFE, LONGEST_LIVES)
        live_and_die(folder, number=number, seed=seed, seconds=seconds)
        if not is_clean(folder):
            faults.append("the database is damaged")
        assert in_a_fork(lambda since=since: look(folder, since=since, out=out)) == 0  # type: ignore[misc]
        found = json.loads(out.read_text())
        acks.update(found["acks"])
        faults += found["faults"]
    assert in_a_fork(lambda: end_of_all(folder)) == 0
    assert in_a_fork(lambda: look(folder, since=0, out=out)) == 0
    faults += json.loads(out.read_text())["faults"]
    return {"kills": kills, "acks": dict(acks), "faults": faults}


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), kills=int(sys.argv[2]), seed=int(sys.argv[3]))))
