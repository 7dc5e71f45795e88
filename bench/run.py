"""All measurements, then RESULTS.md: `make bench`, or parts of it.

    bench/run.py                                   everything (hours)
    bench/run.py --parts programs --sizes 1000 --regimes nokin --peers greedy,flow
    bench/run.py --parts docket,packets
    bench/run.py --render-only                     RESULTS.md from the rows measured so far

Rows are added to bench/work/rows.jsonl; the newest of a kind counts, so any part can be measured again.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from kept_sections import with_kept_sections
from machine import circumstances
from programs import PEERS, REGIMES, Instance, instances, prepare, run_ours, run_peer
from results import BENCH, ROWS, Row, append, newest
from tables import rendered, unfilled

PARTS = (
    "programs",
    "gap",
    "startup",
    "ask",
    "simulate",
    "docket",
    "packets",
    "office",
    "public_site",
    "push",
)


def run_programs(args: argparse.Namespace) -> None:
    """Posada on each program, then the peers with ten times its time, at most the cap."""
    for instance in instances(args.sizes, args.regimes, seed=args.seed):
        prepare(instance)
        ours = _latest(args.rows, instance) if args.peers_only else None
        if ours is None:
            ours = run_ours(instance)
            _keep(args.rows, ours)
        limit = min(args.time_cap, 10 * ours["seconds"])
        for peer in () if args.ours_only else args.peers:
            _keep(args.rows, run_peer(instance, peer, limit_seconds=limit))


def _latest(path: Path, instance: Instance) -> Row | None:
    wanted = {"part": "program", "instance": instance.name, "seed": instance.seed, "method": "posada"}
    return next((row for row in newest(path) if wanted.items() <= row.items()), None)


def _keep(path: Path, row: Row) -> None:
    told = row.get("ended") or list(row["levels"].values())
    print(f"{row['instance']:>16} {row['method']:>7} {row['seconds']:8.1f} s {told}", flush=True)
    append(path, row | {"at": circumstances()})


def run_script(name: str, *options: str) -> None:
    """Another script of this folder, with this Python."""
    subprocess.run([sys.executable, str(BENCH / name), *options], check=True)


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--parts", type=_words, default=list(PARTS), help=",".join(PARTS))
    parser.add_argument("--sizes", type=_words, default=_words("maryland,1000,10000,57496"))
    parser.add_argument("--regimes", type=_words, default=list(REGIMES), help=",".join(REGIMES))
    parser.add_argument("--peers", type=_words, default=list(PEERS), help=",".join(PEERS))
    parser.add_argument("--ours-only", action="store_true", help="no peers")
    parser.add_argument("--peers-only", action="store_true", help="peers only, with our last measured time")
    parser.add_argument("--time-cap", type=float, default=300.0, help="seconds for a peer at most")
    parser.add_argument("--seed", type=int, default=2014)
    parser.add_argument(
        "--gap-all", action="store_true", help="every assignment instance, not only the named"
    )
    parser.add_argument("--render-only", action="store_true")
    parser.add_argument("--rows", type=Path, default=ROWS, help="where the measured rows are kept")
    parser.add_argument("--out", type=Path, default=BENCH / "RESULTS.md")
    args = parser.parse_args()
    for given, known in ((args.parts, PARTS), (args.regimes, REGIMES), (args.peers, PEERS)):
        if unknown := sorted(set(given) - set(known)):
            parser.error(f"{', '.join(unknown)}: choose from {', '.join(known)}")
    return args


def main() -> int:
    """Measure what was asked for and write RESULTS.md."""
    args = _arguments()
    if not args.render_only:
        if "programs" in args.parts:
            run_programs(args)
        if "gap" in args.parts:
            every = ["--all"] if args.gap_all else []
            run_script("gap.py", *every, "--record", str(args.rows))
            if not args.ours_only:
                run_script("gap.py", "--solver", "highs", "--large", "--record", str(args.rows))
        if "ask" in args.parts:
            asked = ("--sizes", ",".join(args.sizes), "--regimes", ",".join(args.regimes))
            run_script("ask.py", *asked, "--why-not", "200", "--record", str(args.rows))
        for name in ("startup", "simulate", "docket", "packets", "office", "public_site", "push"):
            if name in args.parts:
                run_script(f"{name}.py", "--record", str(args.rows))
    rows = newest(args.rows)
    standing = args.out.read_text(encoding="utf-8") if args.out.exists() else ""
    args.out.write_text(with_kept_sections(standing, rendered(rows), drop=unfilled(rows)), encoding="utf-8")
    print(args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
