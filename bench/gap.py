"""Generalised-assignment instances through the solver path of plans: one JSON line an instance.

    bench/gap.py [--max] FILE...     these files; minimise unless --max
    bench/gap.py                     the 60 small ones (maximised), then twelve named large ones (minimised)
    bench/gap.py --small, --large    only these
    bench/gap.py --all               all 117 in bench/gap

Each line: name, sense, value, bound, seconds, own_gap (value to our bound); for the shipped instances the
recorded bounds too, recorded_gap (value to the recorded bound that it can't pass) and published_gap (between
the recorded bounds). Gaps are in percent.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from gap_instance import (
    FOLDER,
    LARGE_NAMES,
    GapInstance,
    NotAnInstance,
    model_of,
    other_names,
    read_instance,
    recorded_bounds,
    small_names,
    value_of,
)
from gap_mip import solve_straight
from gap_table import gaps
from machine import circumstances
from results import append

from posada.placement.engine import solve_model

Row = dict[str, object]


def solve(instance: GapInstance, *, is_max: bool, seconds: float, solver: str) -> Row:
    """One row: the instance through the engine, or (`solver` = highs) through HiGHS alone."""
    start = time.monotonic()
    row: Row = {"name": instance.name, "sense": "max" if is_max else "min"}
    if solver == "highs":
        row["value"], row["bound"] = solve_straight(instance, is_max=is_max, seconds=seconds)
    else:
        model = model_of(instance, is_max=is_max)
        solution = solve_model(model, deadline_seconds=seconds)
        row["value"], row["bound"] = value_of(instance, model, solution.x), solution.bounds[0]
    row["seconds"] = round(time.monotonic() - start, 2)
    recorded = recorded_bounds().get(f"{instance.name}_{'Max' if is_max else 'Min'}")
    if recorded:
        row["recorded_lower"], row["recorded_upper"] = recorded
    return row | gaps(row)


def chosen(args: argparse.Namespace) -> Iterator[tuple[Path, bool]]:
    """(file, is_max) of everything asked for."""
    if args.files:
        yield from ((path, args.max) for path in args.files)
        return
    if args.small or not args.large:
        yield from ((FOLDER / f"{name}.zip", True) for name in small_names())
    if args.small and not args.large:
        return
    names = [*LARGE_NAMES, *(other_names() if args.all else [])]
    yield from ((FOLDER / f"{name}.zip", False) for name in names)


def main() -> int:
    """Print a line an instance; 1 where a file is no instance or has no solution."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--max", action="store_true", help="maximise the FILEs (default: minimise)")
    parser.add_argument("--all", action="store_true", help="all 117 shipped instances")
    parser.add_argument("--small", action="store_true", help="only the 60 small ones")
    parser.add_argument("--large", action="store_true", help="only the twelve named large ones")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each instance (default 60)")
    parser.add_argument("--solver", choices=("posada", "highs"), default="posada")
    parser.add_argument("--record", type=Path, help="also append the lines to this file, for bench/run.py")
    args = parser.parse_args()
    status = 0
    for path, is_max in chosen(args):
        try:
            row = solve(read_instance(path), is_max=is_max, seconds=args.seconds, solver=args.solver)
        except (NotAnInstance, ValueError) as error:
            print(str(error), file=sys.stderr)
            status = 1
            continue
        print(json.dumps(row), flush=True)
        if args.record:
            append(args.record, {"part": "gap", "solver": args.solver, **row, "at": circumstances()})
    return status


if __name__ == "__main__":
    sys.exit(main())
