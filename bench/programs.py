"""Program folders to plan, and one measured run of Posada or of a peer on one of them."""

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measured import Measured, measured
from results import BENCH, WORK, Row

from posada.demonstration.assumptions import shipped
from posada.demonstration.folder import write_folder
from posada.demonstration.generate import generate
from posada.placement.check_rows import LEVEL_SENSES

REGIMES = {"2014": None, "nokin": 0.0}
"""Regime -> share of sibling groups with kin; None: as the assumptions have it for 2014."""
PEERS = ("greedy", "flow", "mip", "cpsat")
MEMORY_MB = 16_000
GRACE_SECONDS = 60
"""A solver that overruns its own limit is ended so long after it."""
PLAN_LIMIT_SECONDS = 1800


@dataclass(frozen=True, slots=True)
class Instance:
    """A program by its size, regime and seed. `children` None: the scope's own number."""

    scope: str
    children: int | None
    regime: str
    seed: int

    @property
    def name(self) -> str:
        """`10000-nokin`, `maryland-2014`."""
        return f"{self.children or self.scope}-{self.regime}"

    @property
    def folder(self) -> Path:
        """Where the program folder is written."""
        return WORK / "programs" / f"{self.name}-{self.seed}"


def instances(sizes: Sequence[str], regimes: Sequence[str], *, seed: int) -> list[Instance]:
    """Each size in each regime; Maryland as in 2014 only. Raises ValueError for a size that is neither."""
    found = []
    for size in sizes:
        if size == "maryland":
            found.append(Instance("maryland", None, "2014", seed))
        elif size.isdecimal() and int(size) > 0:
            found += [Instance("national", int(size), regime, seed) for regime in regimes]
        else:
            raise ValueError(f"size {size!r}: a number of children, or maryland")
    return found


def prepare(instance: Instance) -> None:
    """Write the program folder anew."""
    shutil.rmtree(instance.folder, ignore_errors=True)
    program = generate(
        scope=instance.scope,
        children=instance.children,
        kin_share=REGIMES[instance.regime],
        seed=instance.seed,
    )
    write_folder(program, instance.folder, assumptions=shipped())


def run_ours(instance: Instance) -> Row:
    """One `posada plan`, from the command line to the files."""
    out = WORK / "plans" / instance.name
    shutil.rmtree(out, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    command = [str(Path(sys.executable).parent / "posada"), "plan", str(instance.folder), "--out", str(out)]
    run = measured(command, limit_seconds=PLAN_LIMIT_SECONDS)
    row = _row(instance, "posada", run)
    if run.status not in (0, 1):
        return row | {"ended": _why(run)}
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    counts = {key: summary[key] for key in ("children", "groups", "homes", "counsel")}
    return row | {
        "counts": counts,
        "levels": {level["name"]: _whole(level["name"], level["value"]) for level in summary["levels"]},
        "bounds": {level["name"]: _whole(level["name"], level["bound"]) for level in summary["levels"]},
        "time_limit_reached": summary["time_limit_reached"],
    }


def run_peer(instance: Instance, peer: str, *, limit_seconds: float) -> Row:
    """One peer on the same folder, in a process with a cap on time and memory."""
    command = [
        *(sys.executable, str(BENCH / "peer.py"), peer, str(instance.folder)),
        *("--seconds", f"{limit_seconds:.1f}", "--memory-mb", str(MEMORY_MB)),
    ]
    run = measured(command, limit_seconds=limit_seconds + GRACE_SECONDS)
    row = _row(instance, peer, run) | {"limit_seconds": round(limit_seconds, 1)}
    if run.status not in (0, 3):
        return row | {"ended": _why(run)}
    told: Row = json.loads(run.out.splitlines()[-1])
    return row | told


def _row(instance: Instance, method: str, run: Measured) -> Row:
    return {
        "part": "program",
        "instance": instance.name,
        "seed": instance.seed,
        "method": method,
        "seconds": round(run.seconds, 2),
        "processor_seconds": round(run.processor_seconds, 2),
        "peak_mb": round(run.peak_mb),
    }


def _why(run: Measured) -> str:
    """How a run without an answer ended, in a few words."""
    if run.was_stopped:
        return "no plan when it was ended, after its time limit"
    if run.status == -9 or any(word in run.error for word in ("MemoryError", "bad_alloc")):
        return f"out of memory ({MEMORY_MB // 1000} GB)"
    if run.status < 0:
        return f"crashed (signal {-run.status})"
    last = [line for line in run.error.splitlines() if line.strip()]
    return f"failed: {last[-1] if last else run.status}"


def _whole(name: str, value: float) -> int:
    """A level as the whole number that the peers are judged in: distances in tenths of a kilometre."""
    return round(value * 10) if name == "distance_km" else int(value)


LEVELS = tuple(LEVEL_SENSES)
