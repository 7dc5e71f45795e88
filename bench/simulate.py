"""What deciding by prices is worth: unseen years by each policy, beside the bound of hindsight.

    bench/simulate.py                                  20 unseen years in each circumstance, then growth
    bench/simulate.py --parts years --circumstances scarce-on-arrival --years 20 --stressed 20
    bench/simulate.py --parts growth --sizes 1000,10000,57496 --time-cap 900

Made-up national programs without kin (who has kin goes there by any policy). "scarce": placements outlast
the year, so that there are beds for about 70 % of the children. "ample": there are more beds than children.
"on-arrival": a home on the day of arrival or none, as in the published studies of refugees. "waiting": groups
wait until the year ends. Growth is one year through the command, from its start to its end. A JSON line each.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from machine import circumstances
from measured import measured
from results import append

from posada.demonstration.generate import generate
from posada.programme import write_program
from posada.rulebook import policy_of
from posada.simulation.means import losses, means
from posada.simulation.numbers import Numbers, shipped_numbers
from posada.simulation.policies import FIRST_COME, POLICIES, PRICES
from posada.simulation.study import AS_LEARNT, Row, Study, Task, answer, tasks
from posada.simulation.year import window

DAYS = 365
PARTS = ("years", "growth")
CIRCUMSTANCES: dict[str, dict[str, int]] = {
    "scarce-on-arrival": {"placement_days": 365, "wait_days": 1},
    "scarce-waiting": {"placement_days": 365, "wait_days": 0},
    "ample-on-arrival": {"placement_days": 30, "wait_days": 1},
    "ample-waiting": {"placement_days": 90, "wait_days": 0},
}
GROWTH_REGIMES = {"2014": 0.9, "nokin": 0.0}


def study_of(children: int, *, seed: int, changes: dict[str, int]) -> Study:
    """A made-up program and its numbers."""
    program = generate(scope="national", children=children, kin_share=0.0, seed=seed)
    numbers: Numbers = replace(shipped_numbers(on=program.plan_date), **changes)
    start = window(program, days=DAYS)
    return Study(program, policy_of(program), numbers, start, DAYS)


def timed(study: Study, task: Task) -> tuple[Task, Row, float]:
    """One year, and its seconds of processor time: others may be using the machine, and may stop this."""
    begun = time.process_time()
    row = answer(study, task)
    return task, row, time.process_time() - begun


def year_rows(args: argparse.Namespace, name: str) -> Iterator[dict[str, Any]]:
    """Each policy in one circumstance, and what wrongly learnt arrivals cost."""
    study = study_of(args.children, seed=args.seed, changes=CIRCUMSTANCES[name])
    seeds = range(args.first_year, args.first_year + args.years)
    asked = tasks(policies=POLICIES, seeds=list(seeds), stress=False)
    stressed = tasks(policies=[PRICES], seeds=list(seeds)[: args.stressed], stress=True)
    asked += [task for task in stressed if task.arrivals != AS_LEARNT]
    with ProcessPoolExecutor(args.workers) as pool:
        found = list(pool.map(timed, [study] * len(asked), asked))
    seconds = {task: spent for task, _, spent in found}
    rows = [row for _, row, _ in found]
    common = {"part": "simulate", "circumstance": name, "children": args.children, "program_seed": args.seed}
    for mean in means(rows):
        spent = [
            seconds[row.task]
            for row in rows
            if (row.policy, row.arrivals, row.learnt) == (mean.policy, mean.arrivals, mean.learnt)
        ]
        values = {key: value for key, value in mean.values.items() if value is not None}
        yield {
            **common,
            "policy": mean.policy,
            "arrivals": mean.arrivals,
            "learnt": mean.learnt,
            "years": mean.years,
            "share": _rounded(mean.share),
            "least_share": _rounded(mean.least_share),
            "children_came": values.pop("children"),
            **{key: _rounded(value) for key, value in values.items()},
            "processor_seconds_a_year": round(sum(spent) / len(spent), 2),
        }
    for loss in losses(means(rows)):
        yield {**common, "policy": "prices-loss", **asdict(loss), "loss": loss.loss}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 5)


def growth_rows(args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Seconds and memory of one year by each policy, the bound in it, as programs grow."""
    for size in args.sizes:
        for regime in args.regimes:
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder) / "program"
                kin_share = GROWTH_REGIMES[regime]
                program = generate(scope="national", children=size, kin_share=kin_share, seed=args.seed)
                write_program(program, folder=place)
                for policy in args.policies:
                    yield _growth(place, size=size, regime=regime, policy=policy, cap=args.time_cap)


def _growth(place: Path, *, size: int, regime: str, policy: str, cap: float) -> dict[str, Any]:
    posada = str(Path(sys.executable).with_name("posada"))
    options = ("--policy", policy, "--runs", "1", "--no-stress", "--workers", "1", "--json")
    run = measured([posada, "simulate", str(place), *options], limit_seconds=cap)
    row: dict[str, Any] = {"part": "simulate-growth", "children": size, "regime": regime, "policy": policy}
    row |= {"seconds": round(run.seconds, 1), "processor_seconds": round(run.processor_seconds, 1)}
    row |= {"peak_mb": round(run.peak_mb)}
    if run.was_stopped or run.status != 0:
        why = f"ended at the cap of {cap:.0f} s" if run.was_stopped else f"status {run.status}"
        return row | {"ended": why}
    mean = json.loads(run.out)["means"][0]
    return row | {"share": mean["share_of_bound"], "children_placed": mean["children_placed"]}


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def _sizes(text: str) -> list[int]:
    return [int(word) for word in _words(text)]


def main() -> int:
    """Print a line for each measurement, and append it to a file where one is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--parts", type=_words, default=list(PARTS), help=",".join(PARTS))
    parser.add_argument("--circumstances", type=_words, default=list(CIRCUMSTANCES))
    parser.add_argument("--children", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2014, help="of the program")
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--first-year", type=int, default=101, help="seeds that no price was tuned on")
    parser.add_argument("--stressed", type=int, default=5, help="years also run at half and double arrivals")
    parser.add_argument("--sizes", type=_sizes, default=[1000, 10000])
    parser.add_argument("--regimes", type=_words, default=list(GROWTH_REGIMES), help="of growth")
    parser.add_argument("--policies", type=_words, default=[FIRST_COME, PRICES], help="of growth")
    parser.add_argument("--time-cap", type=float, default=900.0)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--record", type=Path, help="also append the lines to this file, for bench/run.py")
    args = parser.parse_args()
    measurements: list[Iterator[dict[str, Any]]] = []
    if "years" in args.parts:
        measurements += [year_rows(args, name) for name in args.circumstances]
    if "growth" in args.parts:
        measurements.append(growth_rows(args))
    for each in measurements:
        for row in each:
            print(json.dumps(row), flush=True)
            if args.record:
                append(args.record, row | {"at": circumstances()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
