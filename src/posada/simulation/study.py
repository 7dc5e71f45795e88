"""A study: the same years run by each policy, one row a year and policy.

Rows do not depend on each other, nor on the order or the machine in which they are run: a study may be
spread, stopped, and gone on with. Comes in: a `Study` and a `Task`. Goes out: a `Row`.
Docs: docs/how-to/simulate-a-year.md. Tests: tests/simulation/test_study.py.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from posada import __version__
from posada.records import Program
from posada.rulebook.policy import Policy as Rules
from posada.simulation.forecast import learnt_elsewhere, learnt_so_far
from posada.simulation.hindsight import hindsight_bound
from posada.simulation.numbers import Numbers
from posada.simulation.policies import FIRST_COME, HINDSIGHT, POLICIES, PRICES, ByPrices, FirstCome, Policy
from posada.simulation.run import Run, simulate
from posada.simulation.year import Year, as_it_is, drawn

HALVED, AS_LEARNT, DOUBLED = 0.5, 1.0, 2.0
"""Arrivals, as a share of those of the folder."""


@dataclass(frozen=True, slots=True)
class Study:
    """What all years of a study have in common."""

    program: Program
    rules: Rules
    numbers: Numbers
    start: date
    days: int

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits: another program, policy, number, length or version gives others."""
        told = {
            "version": __version__,
            "input": self.program.input_sha256,
            "rules": asdict(self.rules),
            "numbers": self.numbers.told(),
            "start": self.start,
            "days": self.days,
        }
        text = json.dumps(told, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, order=True)
class Task:
    """A year to run. seed None: the folder's own arrivals. arrivals, learnt: shares of the folder's.

    `learnt` are the arrivals that the prices expect; it is 0 for policies without prices.
    """

    arrivals: float
    policy: str
    learnt: float
    seed: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """What came of a year. For `hindsight`, children_placed is the bound, and nothing else is known.

    Counts are of children, days_waited a mean over those placed. A load is of a week: the most, whose it
    was (`24031 in week 7`), and the mean over weeks; of counties and workers in children, of counsel in
    sibling groups.
    """

    study: str
    seed: int | None
    policy: str
    arrivals: float
    learnt: float
    children: int
    children_placed: int
    children_with_kin: int | None = None
    children_sharing_language: int | None = None
    children_represented: int | None = None
    days_waited: float | None = None
    aged_out: int | None = None
    gone_elsewhere: int | None = None
    county_week_most: float | None = None
    county_week_whose: str | None = None
    county_week_mean: float | None = None
    worker_week_most: float | None = None
    worker_week_whose: str | None = None
    worker_week_mean: float | None = None
    counsel_week_most: float | None = None
    counsel_week_whose: str | None = None
    counsel_week_mean: float | None = None

    @property
    def task(self) -> Task:
        """What the row answers."""
        return Task(self.arrivals, self.policy, self.learnt, self.seed)


def tasks(*, policies: Sequence[str], seeds: Sequence[int | None], stress: bool) -> list[Task]:
    """All years of a study. The bound is always among them: shares are of it.

    `stress`: prices also where half or double come of those that they were learnt for, and where they were
    learnt for as many as come.
    """
    found = []
    for seed in seeds:
        found += [Task(AS_LEARNT, p, AS_LEARNT * (p == PRICES), seed) for p in POLICIES if p in policies]
        if HINDSIGHT not in policies:
            found.append(Task(AS_LEARNT, HINDSIGHT, 0.0, seed))
        if stress and PRICES in policies and seed is not None:
            for arrivals in (HALVED, DOUBLED):
                found += [Task(arrivals, PRICES, learnt, seed) for learnt in (AS_LEARNT, arrivals)]
                found.append(Task(arrivals, HINDSIGHT, 0.0, seed))
    return found


def answer(study: Study, task: Task) -> Row:
    """Run one year."""
    year = year_of(study, task)
    children = len({c.child_id for c in year.program.children if _comes(year, c.sibling_group_id)})
    if task.policy == HINDSIGHT:
        bound = hindsight_bound(year, rules=study.rules, numbers=study.numbers)
        return Row(study.digest, task.seed, HINDSIGHT, task.arrivals, 0.0, children, bound)
    run = simulate(year, policy=_policy(study, task, year), rules=study.rules, numbers=study.numbers)
    return _row(run, study=study, task=task, children=children)


def year_of(study: Study, task: Task) -> Year:
    """The year that the task is about."""
    if task.seed is None:
        return as_it_is(study.program, start=study.start, days=study.days)
    return drawn(
        study.program,
        start=study.start,
        days=study.days,
        seed=task.seed,
        arrivals=task.arrivals,
        shift=study.numbers.arrival_shift_days,
    )


def _comes(year: Year, group: str) -> bool:
    return group in year.arrival and group not in year.program.held_groups


def _policy(study: Study, task: Task, year: Year) -> Policy:
    if task.policy == FIRST_COME:
        return FirstCome()
    if task.seed is None:
        forecast = learnt_so_far(year, rules=study.rules, numbers=study.numbers)
    else:
        forecast = learnt_elsewhere(
            study.program, year=year, rules=study.rules, numbers=study.numbers, arrivals=task.learnt
        )
    return ByPrices(
        resolve_days=study.numbers.resolve_days, forecast=forecast, wait_days=study.numbers.wait_days
    )


def _row(run: Run, *, study: Study, task: Task, children: int) -> Row:
    return Row(
        study=study.digest,
        seed=task.seed,
        policy=task.policy,
        arrivals=task.arrivals,
        learnt=task.learnt,
        children=children,
        children_placed=run.children_placed,
        children_with_kin=sum(offer.with_kin for offer in run.offers),
        children_sharing_language=sum(offer.sharing_language for offer in run.offers),
        children_represented=run.children_represented,
        days_waited=round(run.mean_days_waited, 3),
        aged_out=sum(run.aged_out.values()),
        gone_elsewhere=sum(run.gone_elsewhere.values()),
        county_week_most=round(run.county_load.most, 3),
        county_week_whose=run.county_load.whose,
        county_week_mean=round(run.county_load.mean, 4),
        worker_week_most=round(run.worker_load.most, 3),
        worker_week_whose=run.worker_load.whose,
        worker_week_mean=round(run.worker_load.mean, 4),
        counsel_week_most=round(run.counsel_load.most, 3),
        counsel_week_whose=run.counsel_load.whose,
        counsel_week_mean=round(run.counsel_load.mean, 4),
    )
