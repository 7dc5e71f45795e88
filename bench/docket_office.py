"""The docket inside the office: every case computed at once, again the day after, and the agenda that is read.

    bench/docket_office.py FOLDER [--record FILE]

FOLDER is the data of an office that bench/office.py has made (bench/work/office-sqlite-…); it is copied, and the copy
gets an arrival, a notice to appear, an address and, for one child in five, a decision. Rows: `first_seconds` from
nothing, `seconds` the day after with nothing changed; for the agenda `median_ms` and `queries`.
"""

import argparse
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from machine import circumstances
from results import ROWS, append

from posada.cli.office_start import start_office

TIMES = 9
EVENTS = (("last_arrival", 700), ("nta_served", 500), ("address_changed", 60), ("ij_decision", 60))
SHOWS = ("", "?show=overdue", "?show=at_risk", "?show=week", "?show=all", "?show=all&page=40")


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("office", type=Path)
    parser.add_argument("--record", type=Path, default=ROWS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "office")
        shutil.copytree(asked.office, copy, ignore=shutil.ignore_patterns("run", "plans", "documents"))
        start_office(copy)
        from posada.web.operating.preparing import prepare

        prepare()
        for row in (_computed(), *_read()):
            print(json.dumps(row), flush=True)
            append(asked.record, row | {"at": circumstances()})


def _computed() -> dict[str, Any]:
    """Both computations of the whole program."""
    from posada.office.docket import recompute as docket
    from posada.office.docket.models import DateGap, Deadline
    from posada.office.intake.models import Child

    Deadline.objects.all().delete()
    DateGap.objects.all().delete()
    _happen()
    started = time.perf_counter()
    found = docket.recompute_all()
    between = time.perf_counter()
    real = docket.today
    docket.today = lambda: real() + timedelta(days=1)  # type: ignore[assignment]
    docket.recompute_all()
    ended = time.perf_counter()
    docket.today = real
    children, deadlines = Child.objects.count(), Deadline.objects.count()
    return {
        "part": "docket",
        "name": f"{children} children, in the office (SQLite)",
        "workers": 1,
        "deadlines": deadlines,
        "deadlines_per_child": round(deadlines / children, 1),
        "gaps": found.gaps,
        "seconds": round(ended - between, 1),
        "first_seconds": round(between - started, 1),
        "microseconds_per_deadline": round((ended - between) / deadlines * 1e6, 1),
    }


def _happen() -> None:
    """Events of every child, on days of its own; the same each time."""
    from posada.office.day import today
    from posada.office.docket.models import DocketEvent
    from posada.office.intake.models import Child

    DocketEvent.objects.all().delete()
    chance, on, made = random.Random(2014), today(), []
    for child in Child.objects.order_by("child_id").only("pk", "group_id"):
        for name, days in EVENTS:
            if name == "ij_decision" and chance.random() > 0.2:
                continue
            day = on - timedelta(days=chance.randrange(days))
            made.append(
                DocketEvent(
                    group_id=child.group_id,
                    child=child,
                    name=name,
                    on=day,
                    evidence="synthetic",
                    recorded_on=on,
                )
            )
    DocketEvent.objects.bulk_create(made, batch_size=1_000)


def _read() -> list[dict[str, Any]]:
    """Each list of the agenda, as a coordinator of the whole program reads it."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from posada.office.access.models import User
    from posada.office.docket.models import Deadline
    from posada.office.intake.models import Child
    from tests.office.people import browser_of

    settings.ALLOWED_HOSTS.append("testserver")
    rows = []
    browser = browser_of(User.objects.get(username="legal_coordinator-0"))
    for shows in SHOWS:
        times, queries = [], 0
        for _ in range(TIMES):
            started = time.perf_counter()
            with CaptureQueriesContext(connection) as seen:
                page = browser.get(f"/agenda/{shows}")
            times.append(time.perf_counter() - started)
            queries = len(seen)
        assert page.status_code == 200, page.status_code
        rows.append(
            {
                "part": "docket",
                "name": "agenda",
                "pages": shows,
                "children": Child.objects.count(),
                "deadlines": Deadline.objects.count(),
                "median_ms": round(1_000 * statistics.median(times)),
                "queries": queries,
            }
        )
    return rows


if __name__ == "__main__":
    main()
