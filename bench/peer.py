"""One peer on one program folder, as a process of its own: `bench/peer.py NAME FOLDER --seconds S`.

Prints one JSON line: the levels (judged by the product's own checker), bounds, and how it ended.
`--memory-mb` caps the address space, so that a model too large ends here and not in the machine's swap.
A solver that overruns its time limit is ended after `GRACE_SECONDS`; the plan it had by then counts.
"""

import argparse
import json
import os
import resource
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from peers.answer import Answer, judged_levels
from peers.straight import Progress, Straight, named, straight_model

from posada.placement.problem import Problem, build_problem
from posada.programme.folder import read_program
from posada.records import Program
from posada.rulebook.policy import Policy
from posada.rulebook.resolve import resolve_policy

PEERS = ("greedy", "flow", "mip", "cpsat")
GRACE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Task:
    """The program to plan."""

    program: Program
    policy: Policy
    problem: Problem

    def told(self, answer: Answer) -> str:
        """The answer as one JSON line. Raises Unlawful."""
        levels = judged_levels(self.program, self.problem, answer, policy=self.policy)
        return json.dumps({"levels": levels, "bounds": answer.bounds, "remark": answer.remark})


def task_in(folder: Path) -> Task:
    """Read the program folder."""
    program = read_program(folder)
    policy = resolve_policy(program.policy, on=program.plan_date)
    return Task(program, policy, build_problem(program, policy=policy))


def by_hand(name: str, task: Task) -> Answer:
    """First come, first served, or the repaired flow."""
    if name == "greedy":
        from peers import greedy

        return greedy.solve(task.problem)
    from peers import flow

    return flow.solve(task.problem)


def by_solver(name: str, task: Task, *, deadline: float) -> Answer:
    """A general solver on the straight model. Only the one asked for is loaded: see `straight_rows`."""
    straight = straight_model(task.problem)
    if time.monotonic() > deadline:
        raise TimeoutError(f"no time left after building {straight.model.n_edges:,} pairs")
    progress = Progress.of(straight.model)
    alarm = threading.Timer(deadline + GRACE_SECONDS - time.monotonic(), _end_now, (task, straight, progress))
    alarm.daemon = True
    alarm.start()
    if name == "mip":
        from peers import highs

        highs.solve(straight, progress=progress, deadline=deadline)
    else:
        from peers import cpsat

        cpsat.solve(straight, progress=progress, deadline=deadline)
    alarm.cancel()
    return named(task.problem, straight, progress)


def _end_now(task: Task, straight: Straight, progress: Progress) -> None:
    """Print the plan so far and end the process, whatever the solver is doing."""
    progress.remark = f"overran its time limit in {progress.level} and was ended"
    print(task.told(named(task.problem, straight, progress)), flush=True)
    os._exit(0)


def main() -> int:
    """Run and print; the status is 3 where memory or time ended it before there was a plan."""
    start = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=PEERS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--memory-mb", type=int, default=16_000)
    args = parser.parse_args()
    cap = args.memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (cap, cap))
    try:
        task = task_in(args.folder)
        if args.name in ("greedy", "flow"):
            answer = by_hand(args.name, task)
        else:
            answer = by_solver(args.name, task, deadline=start + args.seconds)
    except MemoryError:
        print(json.dumps({"ended": f"model too large to build within {args.memory_mb / 1000:g} GB"}))
        return 3
    except TimeoutError as error:
        print(json.dumps({"ended": str(error)}))
        return 3
    print(task.told(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
