"""What questions to a plan cost: after a pin, after a forbid, explain, recruit; and whether why-not is right.

    bench/ask.py --sizes maryland,1000                     seconds, by size
    bench/ask.py --sizes 10000,57496 --regimes 2014 --questions 3
    bench/ask.py --why-not 200                             random answers beside a plan made from nothing

Everything is asked inside one process, after the program is read: what is measured is the answer. "pin" is
`posada why-not` on a lawful pair: the new plan, all its levels and their bounds. One JSON line each, with the
wall time and the processor time of the median question.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from machine import circumstances
from programs import REGIMES, Instance, instances, prepare
from results import Row, append

from posada.demonstration.generate import generate
from posada.placement.explain import explain
from posada.placement.plan import make_plan
from posada.placement.recruit import recruit
from posada.placement.why_not import Answer, moved_groups, why_not, with_pin
from posada.programme import read_program, write_program
from posada.records import Override, Plan, Program
from posada.rulebook import Policy, policy_of

PARTS = ("pin", "forbid", "explain", "recruit")
TRIES = 400
"""Pairs drawn until one is lawful, before a program is given up."""
SMALL = (30, 60, 100)
"""Children of the programs on which why-not is set beside a plan made from nothing."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of wall time, and of processor time over all threads: others may be using the machine."""

    wall: float
    processor: float


def timed(action: Callable[[], Any]) -> tuple[Spent, Any]:
    """What an answer takes, and the answer."""
    wall, processor = time.perf_counter(), time.process_time()
    found = action()
    return Spent(time.perf_counter() - wall, time.process_time() - processor), found


def row(instance: Instance, name: str, spent: Sequence[Spent], **more: object) -> Row:
    """One measurement: the median and the slowest of its questions."""
    return {
        "part": "ask",
        "instance": instance.name,
        "seed": instance.seed,
        "name": name,
        "questions": len(spent),
        "seconds": round(statistics.median(each.wall for each in spent), 3),
        "slowest": round(max(each.wall for each in spent), 3),
        "processor_seconds": round(statistics.median(each.processor for each in spent), 3),
        **more,
    }


def measurements(instance: Instance, *, parts: Sequence[str], questions: int) -> Iterator[Row]:
    """Every measurement of one program."""
    if not instance.folder.is_dir():
        prepare(instance)
    program = read_program(instance.folder)
    policy = policy_of(program)
    seconds, plan = timed(lambda: make_plan(program, policy=policy))
    size = {"children": len(program.children), "homes": len(program.homes)}
    yield row(instance, "plan", [seconds], **size, proven=_proven(plan))
    rng = Random(instance.seed)
    if "pin" in parts:
        asked = [_lawful_answer(program, policy, plan, rng) for _ in range(questions)]
        yield row(
            instance, "pin", [s for s, _ in asked], **size, moved=[len(a.moved_groups) for _, a in asked]
        )
    if "forbid" in parts:
        times = [_forbidden(program, policy, plan, rng) for _ in range(questions)]
        yield row(instance, "forbid", times, **size)
    if "explain" in parts:
        groups = rng.sample([each.sibling_group_id for each in plan.groups], questions)
        times = [
            timed(lambda g=g: explain(program, policy=policy, plan=plan, group=g))[0]  # type: ignore[misc]
            for g in groups
        ]
        yield row(instance, "explain", times, **size)
    if "recruit" in parts:
        seconds, found = timed(lambda: recruit(program, policy=policy, plan=plan))
        counts = {"considered": found.considered, "solved": found.solved, "not_tried": found.passed_over}
        gains = [[gain.wanted.kind, gain.level, gain.children, gain.proven] for gain in found.gains]
        yield row(instance, "recruit", [seconds], **size, **counts, gains=gains)


def _proven(plan: Plan) -> int:
    """How many levels are proven best, counted from the first."""
    return next((at for at, level in enumerate(plan.levels) if not level.proven_optimal), len(plan.levels))


def _lawful_answer(program: Program, policy: Policy, plan: Plan, rng: Random) -> tuple[Spent, Answer]:
    homes = [home.home_id for home in program.homes if home.kind != "kin"]
    groups = [each.sibling_group_id for each in plan.groups]
    for _ in range(TRIES):
        group, target = rng.choice(groups), rng.choice(homes)
        seconds, answer = timed(
            lambda g=group, t=target: why_not(program, policy=policy, plan=plan, group=g, target=t)  # type: ignore[misc]
        )
        if answer.lawful and not answer.stands_already:
            return seconds, answer
    raise RuntimeError("no lawful pair found")


def _forbidden(program: Program, policy: Policy, plan: Plan, rng: Random) -> Spent:
    open_homes = {home.home_id for home in program.homes if home.kind != "kin"}
    placed = [each for each in plan.groups if each.home_id in open_homes]
    chosen = rng.choice(placed)
    forbid = Override("forbid", chosen.sibling_group_id, "bench", "bench", home_id=chosen.home_id)
    more = replace(program, overrides=(*program.overrides, forbid))
    return timed(lambda: make_plan(more, policy=policy))[0]


def why_not_rows(count: int, *, seed: int) -> Iterator[Row]:
    """Random questions, lawful or not, on small programs of every kind: each beside a plan from nothing."""
    rng, equal, lawful, unequal, times = Random(seed), 0, 0, [], []
    with tempfile.TemporaryDirectory() as name:
        for number in range(count):
            folder = Path(name) / str(number)
            program = _drawn(rng, folder)
            policy = policy_of(program)
            plan = make_plan(program, policy=policy)
            group = rng.choice(sorted({child.sibling_group_id for child in program.children}))
            target = rng.choice(_targets(program, group, rng))
            seconds, answer = timed(
                lambda p=program, o=policy, n=plan, g=group, t=target: why_not(  # type: ignore[misc]
                    p, policy=o, plan=n, group=g, target=t
                )
            )
            times.append(seconds.wall)
            lawful += answer.lawful
            if _agrees(answer, program, plan, folder.with_name(f"{number}-pinned")):
                equal += 1
            else:
                unequal.append([number, group, target])
    yield {
        "part": "ask",
        "name": "why-not",
        "seed": seed,
        "questions": count,
        "lawful": lawful,
        "equal": equal,
        "unequal": unequal,
        "seconds": round(statistics.median(times), 3),
        "slowest": round(max(times), 3),
    }


def _drawn(rng: Random, folder: Path) -> Program:
    made = generate(
        scope=rng.choice(("maryland", "national")),
        children=rng.choice(SMALL),
        kin_share=rng.choice((0.0, 0.5, None)),
        seed=rng.randrange(2**31),
    )
    write_program(made, folder=folder)
    return read_program(folder)


def _targets(program: Program, group: str, rng: Random) -> list[str]:
    """Mostly homes that are open to all, else a kin home of the group's own or of others, or counsel."""
    own = [link.home_id for link in program.kin if link.sibling_group_id == group]
    kinds = {
        "open": [home.home_id for home in program.homes if home.kind != "kin"],
        "own": own,
        "any": [home.home_id for home in program.homes],
        "counsel": [counsel.counsel_id for counsel in program.counsel],
    }
    kind = rng.choices(list(kinds), weights=(5, 1, 1, 2))[0]
    return kinds[kind] or kinds["any"]


def _agrees(answer: Answer, program: Program, plan: Plan, folder: Path) -> bool:
    """Whether the program with that pin as a row, written, read and planned from nothing, says the same."""
    if answer.stands_already:
        write_program(with_pin(program, answer), folder=folder)
        again = read_program(folder)
        levels = make_plan(again, policy=policy_of(again)).levels
        return levels == answer.after and not answer.moved_groups
    write_program(with_pin(program, answer), folder=folder)
    again = read_program(folder)
    forced = make_plan(again, policy=policy_of(again))
    newly = {(pin.group, pin.target) for pin in forced.refused_pins}
    newly -= {(pin.group, pin.target) for pin in plan.refused_pins}
    if not answer.lawful:
        return bool(newly)
    same_levels = [level.value for level in answer.after] == [level.value for level in forced.levels]
    return not newly and same_levels and answer.moved_groups == moved_groups(plan, forced)


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def main() -> int:
    """Print a JSON line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=_words, default=[], help="maryland, or numbers of children")
    parser.add_argument("--regimes", type=_words, default=["2014"], help=",".join(REGIMES))
    parser.add_argument("--parts", type=_words, default=list(PARTS), help=",".join(PARTS))
    parser.add_argument("--questions", type=int, default=5, help="of each kind, for each program")
    parser.add_argument("--why-not", type=int, default=0, metavar="N", help="random answers to verify")
    parser.add_argument("--seed", type=int, default=2014)
    parser.add_argument("--record", type=Path, help="also append the lines to this file, for bench/run.py")
    args = parser.parse_args()
    found: list[Iterator[Row]] = [
        measurements(each, parts=args.parts, questions=args.questions)
        for each in instances(args.sizes, args.regimes, seed=args.seed)
    ]
    if args.why_not:
        found.append(why_not_rows(args.why_not, seed=args.seed))
    for rows in found:
        for each in rows:
            print(json.dumps(each), flush=True)
            if args.record:
                append(args.record, each | {"at": circumstances()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
