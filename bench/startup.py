"""How long small things take, from the command line to its end: `posada --help`, and small programs.

bench/startup.py [--runs 5] [--record FILE]
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from machine import circumstances
from measured import measured
from results import Row, append

from posada.demonstration.assumptions import shipped
from posada.demonstration.folder import write_folder
from posada.demonstration.generate import generate
from posada.records import Program

SEED = 2014
KIN = {"as in 2014": None, "no kin": 0.0}


def program_of_groups(groups: int, *, kin_share: float | None) -> Program:
    """The smallest national program of this seed with so many sibling groups to plan."""
    children = groups
    while True:
        program = generate(scope="national", children=children, kin_share=kin_share, seed=SEED)
        if len({child.sibling_group_id for child in program.children}) >= groups:
            return program
        children += 1


def timed(name: str, command: Callable[[int], list[str]], *, runs: int) -> Row:
    """Median and slowest of the runs; `command` is given the run's number."""
    times = []
    for run in range(runs):
        done = measured(command(run), limit_seconds=600)
        if done.status not in (0, 1):
            raise RuntimeError(f"{name}: status {done.status}: {done.error.strip()[-300:]}")
        times.append(done.seconds)
    return {
        "part": "startup",
        "name": name,
        "runs": runs,
        "seconds": round(statistics.median(times), 3),
        "slowest": round(max(times), 3),
    }


def rows(*, runs: int) -> list[Row]:
    """Every measurement."""
    posada = str(Path(sys.executable).parent / "posada")
    found = [timed("posada --help", lambda _: [posada, "--help"], runs=runs)]
    with tempfile.TemporaryDirectory() as name:
        for regime, share in KIN.items():
            for title, program in (
                (f"120 groups, {regime}", program_of_groups(120, kin_share=share)),
                (
                    f"300 children, {regime}",
                    generate(scope="national", children=300, kin_share=share, seed=SEED),
                ),
            ):
                folder = Path(name) / title.replace(" ", "-")
                write_folder(program, folder, assumptions=shipped())
                found.append(_plan_row(title, posada, folder, runs=runs))
    return found


def _plan_row(title: str, posada: str, folder: Path, *, runs: int) -> Row:
    def command(run: int) -> list[str]:
        return [posada, "plan", str(folder), "--out", f"{folder}-plan-{run}"]

    row = timed(title, command, runs=runs)
    summary = json.loads((Path(f"{folder}-plan-0") / "summary.json").read_text(encoding="utf-8"))
    return row | {"proven": all(level["proven_optimal"] for level in summary["levels"])}


def main() -> int:
    """Print a JSON line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--record", type=Path, help="also append the lines to this file, for bench/run.py")
    args = parser.parse_args()
    for row in rows(runs=args.runs):
        print(json.dumps(row), flush=True)
        if args.record:
            append(args.record, row | {"at": circumstances()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
