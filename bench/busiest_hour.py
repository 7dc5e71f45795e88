"""Three times the busiest hour: do answers stay right, the docket's pages quick, and does planning block them?

    bench/busiest_hour.py                                     57,496 children, ten minutes, on SQLite
    bench/busiest_hour.py --children 600 --minutes 1          the short form
    python tests/postgresql.py bench/busiest_hour.py …        the same on a private PostgreSQL

No office was watched: fifty people who open a page every three seconds are taken for the busiest hour of a whole
program (bench/aims.toml asks no more), so 150 work at once here. Meanwhile the worker solves one plan of the whole
program after another. An answer is wrong when it fails, leads elsewhere, is somebody else's, or when the text of a
page of the docket is another than before the load: nothing that the docket tells changes meanwhile. The load is made
on the machine that serves; with two processors and more, on one that the office does not use. Status 1: a promise is
not kept. Rows go to bench/work/rows.jsonl as part `office`.
"""

import argparse
import os
import re
import resource
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import office as bench  # noqa: E402
import psutil  # noqa: E402
from office_load import Taken, work_at_once  # noqa: E402
from results import ROWS  # noqa: E402

from tests.served_office import Answer, Office, Visitor, served  # noqa: E402

TIMES, BUSIEST = 3, 50
MOST_WRONG, MOST_MS = 0, 2000
DOCKET = re.compile(r"^/(agenda|deadlines|hearings)/|/docket/$")
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
TOKEN = re.compile(r'csrfmiddlewaretoken" value="\w+"')
SECONDS_BETWEEN_LOOKS = 2.0
PLANNER = "placement_worker-1"


@dataclass
class Plans:
    """Asks for one plan after another, and keeps when the worker was at it."""

    visitor: Visitor
    over: threading.Event = field(default_factory=threading.Event)
    spans: list[tuple[float, float]] = field(default_factory=list)
    solved: int = 0

    def run(self) -> None:
        """Until it is over."""
        while not self.over.is_set():
            self.visitor.send("/plan/solve/", token=self.visitor.token("/plan/"))
            began = time.monotonic()
            while self._is_solving() and not self.over.wait(SECONDS_BETWEEN_LOOKS):
                pass
            self.spans.append((began, time.monotonic()))
            self.solved += not self.over.is_set()

    def _is_solving(self) -> bool:
        return "/progress/" in self.visitor.get("/plan/").text

    def was_solving(self, at: float) -> bool:
        """Whether a plan was being solved at a moment."""
        return any(began <= at <= ended for began, ended in self.spans)


@dataclass
class Alone:
    """What each page of the docket said when nobody else was at work."""

    seen: dict[tuple[str, str], str] = field(default_factory=dict)

    def look(self, office: Office, pages: Mapping[str, Sequence[str]]) -> None:
        """Read every page of the docket once, by each role."""
        for role, paths in pages.items():
            visitor = office.visitor(f"{role}-2")
            self.seen |= {(role, path): text_of(visitor.get(path)) for path in paths if DOCKET.search(path)}

    def wrong(self, account: Mapping[str, str], path: str, answer: Answer) -> str:
        """What is wrong with an answer; empty: nothing is."""
        if answer.status != 200:
            return f"{path}: {answer.status}"
        if not answer.url.endswith(path):
            return f"{path}: led to {answer.url}"
        role, _, number = account["username"].rpartition("-")
        if f"<span>Person {role} {number} ·" not in answer.text:
            return f"{path}: not the page of {account['username']}"
        before = self.seen.get((account["role"], path))
        return f"{path}: another text" if before is not None and text_of(answer) != before else ""


def text_of(answer: Answer) -> str:
    """What a page tells, without the tokens of its forms."""
    found = MAIN.search(answer.text)
    return TOKEN.sub("", found[0] if found else answer.text)


def docket_pages(office: Office) -> dict[str, list[str]]:
    """Role → what it opens: rooms, pages behind lists, and for the coordinator the docket of some children too."""
    found = {role: [path for path, _ in listed] for role, listed in bench._pages(office).items()}
    visitor, mine = office.visitor("legal_coordinator-0"), found["legal_coordinator"]
    children = [f"{path}docket/" for path in mine if path.startswith("/children/")]
    more = ["/agenda/?show=week", "/agenda/?show=all", *children]
    found["legal_coordinator"] = mine + [path for path in more if visitor.get(path).status == 200]
    assert any(DOCKET.search(path) for path in found["legal_coordinator"])
    return found


def measured(office: Office, *, people: int, minutes: float) -> dict[str, Any]:
    """The load, and the row that tells it."""
    pages, alone, taken = docket_pages(office), Alone(), Taken()
    alone.look(office, pages)
    chosen = bench._spread([each for each in office.accounts if each["username"] != PLANNER], people)
    plans = Plans(office.visitor(PLANNER))
    planning = threading.Thread(target=plans.run)
    planning.start()
    try:
        load = work_at_once(
            office.address, chosen, pages=pages, seconds=60 * minutes, judge=alone.wrong, taken=taken
        )
    finally:
        plans.over.set()
        planning.join()
    kept = zip(taken.pages, taken.seconds, strict=True)
    docket = [(plans.was_solving(at), seconds) for (path, at), seconds in kept if DOCKET.search(path)]
    return {
        "name": "busiest hour",
        "crowd": load["people"],
        "seconds": 60 * minutes,
        "requests": load["requests"],
        "wrong": load["errors"],
        "first_wrong": load["first_error"],
        "p95_ms": load["p95_ms"],
        "docket_requests": len(docket),
        "docket_texts": len(alone.seen),
        "docket_median_ms": of_hundred([seconds for _, seconds in docket], 50),
        "docket_p95_ms": of_hundred([seconds for _, seconds in docket], 95),
        "while_planning": sum(solving for solving, _ in docket),
        "while_planning_p95_ms": of_hundred([seconds for solving, seconds in docket if solving], 95),
        "plans": plans.solved,
        "planning_seconds": round(sum(ended - began for began, ended in plans.spans)),
    }


def of_hundred(seconds: Sequence[float], place: int) -> int:
    """Milliseconds within which so many of a hundred were answered; 0 where there were too few."""
    if len(seconds) < 2:
        return 0
    return round(1000 * statistics.quantiles(seconds, n=100, method="inclusive")[place - 1])


def apart(office: Office) -> None:
    """The load on the last processor, the office on the others."""
    places = sorted(os.sched_getaffinity(0))
    if len(places) > 1:
        parent = psutil.Process(office.process.pid)
        for each in (parent, *parent.children(recursive=True)):
            each.cpu_affinity(places[:-1])
        os.sched_setaffinity(0, places[-1:])


def main() -> int:
    """Measure, keep the row, and say whether it was kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--children", type=int, default=57_496)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--people", type=int, default=TIMES * BUSIEST)
    parser.add_argument("--together", action="store_true", help="load and office share every processor")
    parser.add_argument("--keep", action="store_true", help="use the office that an earlier run has made")
    parser.add_argument("--record", type=Path, default=ROWS, help="the file that rows are added to")
    asked = parser.parse_args()
    url = os.environ.get("POSADA_DATABASE_URL", "")
    database, more = ("postgresql", {"POSADA_DATABASE_URL": url}) if url else ("sqlite", {})
    everywhere = os.sched_getaffinity(0)
    folder = bench.WORK / f"busiest-hour-{database}-{asked.children}"
    if not (asked.keep and folder.exists()):
        shutil.rmtree(folder, ignore_errors=True)
        list(bench._made(folder, children=asked.children, more=more))
    with served(folder, "--processes", "2", **more) as office:
        if not asked.together:
            apart(office)
        row = measured(office, people=asked.people, minutes=asked.minutes)
    os.sched_setaffinity(0, everywhere)  # the row tells of the whole machine
    bench._keep(asked.record, {"part": "office", "instance": database, "children": asked.children} | row)
    held = row["wrong"] <= MOST_WRONG and row["docket_p95_ms"] <= MOST_MS >= row["while_planning_p95_ms"]
    print(
        f"{row['requests']:,} requests by {row['crowd']} people, {row['wrong']} wrong answers; docket: 95 of 100 "
        f"within {row['docket_p95_ms']:,} ms, {row['while_planning_p95_ms']:,} ms while a plan is solved; "
        f"{row['plans']} plans solved; {'kept' if held else 'NOT kept'}"
    )
    return int(not held or row["docket_requests"] == 0 or row["while_planning"] == 0)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
