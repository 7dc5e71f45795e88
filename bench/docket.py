"""All deadlines of a national program computed, and computed again: one JSON row.

    bench/docket.py [--children 57496] [--workers 2] [--seed 2014] [--record FILE]

Each child has an event for every trigger of the legal rules and a few hearings and moves more, on days of
their own. `seconds`: computing every deadline again, with what was kept before it; `first_seconds`: computing
them from nothing, both by worker; `wall_seconds`: the whole run, the making of the cases included.
"""

import argparse
import json
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path

from machine import circumstances
from results import append

from posada.docket.answers import Answers
from posada.docket.events import CaseEvent, CaseFile
from posada.docket.refresh import refresh
from posada.rulebook.legal_files import load_legal_rules

TODAY = date(2026, 11, 25)
ARRIVAL = date(2025, 1, 1)
MORE = ("individual_hearing", "master_hearing", "master_hearing", "address_changed", "address_changed")


def case_file(number: int, *, seed: int) -> CaseFile:
    """One synthetic child: about forty deadlines."""
    chance = random.Random(f"{seed}-{number}")
    names = [*(name for name in load_legal_rules().by_trigger if name not in ("", "as_of")), *MORE]
    events = []
    for index, name in enumerate(names):
        on = ARRIVAL + timedelta(days=chance.randrange(900))
        if name == "birth":
            on = date(2008, 1, 1) + timedelta(days=chance.randrange(4000))
        facts = {"datetime": f"{on}T10:30"} if name.endswith("datetime") else {}
        events.append(CaseEvent(f"e{index}", f"c{number}", name, on, on, "intake", facts=facts))
    return CaseFile(f"c{number}", tuple(events), {"prior_uac_determination": True})


def chunk(first: int, last: int, seed: int) -> tuple[float, float, int, int]:
    """Seconds for computing and for computing again, deadlines, and gaps of some children."""
    book = load_legal_rules()
    yesterday = TODAY - timedelta(days=1)
    before, now = Answers(book, as_of=yesterday), Answers(book, as_of=TODAY)
    once = again = 0.0
    deadlines = gaps = 0
    for number in range(first, last):
        case = case_file(number, seed=seed)
        start = time.perf_counter()
        kept = refresh(case, (), book=book, as_of=yesterday, answers=before)
        middle = time.perf_counter()
        found = refresh(case, kept.deadlines, book=book, as_of=TODAY, answers=now)
        end = time.perf_counter()
        once += middle - start
        again += end - middle
        if not {each.deadline_id for each in kept.deadlines} <= {
            each.deadline_id for each in found.deadlines
        }:
            raise AssertionError(f"a deadline of case {number} was lost")
        deadlines += len(found.deadlines)
        gaps += len(found.gaps)
    return once, again, deadlines, gaps


def measured(*, children: int, workers: int, seed: int) -> dict[str, object]:
    """The row."""
    start = time.perf_counter()
    share = -(-children // workers)
    bounds = [(at, min(at + share, children)) for at in range(0, children, share)]
    with ProcessPoolExecutor(workers) as pool:
        found = list(pool.map(chunk, *zip(*bounds, strict=True), [seed] * len(bounds)))
    wall = time.perf_counter() - start
    once, again, deadlines, gaps = (sum(column) for column in zip(*found, strict=True))
    return {
        "part": "docket",
        "name": f"{children} children",
        "seed": seed,
        "method": "1 process" if workers == 1 else f"{workers} processes",
        "workers": workers,
        "deadlines": deadlines,
        "deadlines_per_child": round(deadlines / children, 1),
        "gaps": gaps,
        "seconds": round(again / workers, 1),
        "first_seconds": round(once / workers, 1),
        "wall_seconds": round(wall, 1),
        "microseconds_per_deadline": round(again / deadlines * 1e6, 1),
    }


def main() -> None:
    """Measure, print, and keep the row if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--children", type=int, default=57_496)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=2014)
    parser.add_argument("--record", type=Path)
    args = parser.parse_args()
    row = measured(children=args.children, workers=args.workers, seed=args.seed)
    json.dump(row, sys.stdout)
    print()
    if args.record:
        append(args.record, row | {"at": circumstances()})


if __name__ == "__main__":
    main()
