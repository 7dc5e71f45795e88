"""One peer on one program folder, as a process of its own: `bench/peer.py NAME FOLDER --seconds S`.

Prints one JSON line: seconds, levels (judged by the product's own checker), bounds, remark.
`--memory-mb` caps the address space, so that a model too large ends here and not in the machine's swap.
"""

import argparse
import json
import resource
import sys
import time
from pathlib import Path

from peers.answer import Answer, judged_levels

from posada.placement.problem import Problem, build_problem
from posada.programme.folder import read_program
from posada.rulebook.resolve import resolve_policy

PEERS = ("greedy", "flow", "mip", "cpsat")


def answer_of(name: str, problem: Problem, *, deadline: float) -> Answer:
    """The peer's plan. Only the peer asked for is imported: each is charged its own memory."""
    if name == "greedy":
        from peers import greedy

        return greedy.solve(problem)
    if name == "flow":
        from peers import flow

        return flow.solve(problem)
    from peers.straight import named, straight_model

    straight = straight_model(problem)
    if time.monotonic() > deadline:
        raise TimeoutError(f"no time left after building {straight.model.n_edges:,} pairs")
    if name == "mip":
        from peers import highs

        return named(problem, straight, highs.solve(straight, deadline=deadline))
    from peers import cpsat

    return named(problem, straight, cpsat.solve(straight, deadline=deadline))


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
        program = read_program(args.folder)
        policy = resolve_policy(program.policy, on=program.plan_date)
        problem = build_problem(program, policy=policy)
        answer = answer_of(args.name, problem, deadline=start + args.seconds)
    except MemoryError:
        print(json.dumps({"ended": f"model too large to build within {args.memory_mb // 1000} GB"}))
        return 3
    except TimeoutError as error:
        print(json.dumps({"ended": str(error)}))
        return 3
    seconds = round(time.monotonic() - start, 2)
    levels = judged_levels(program, problem, answer, policy=policy)
    told = {"seconds": seconds, "levels": levels, "bounds": answer.bounds, "remark": answer.remark}
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
