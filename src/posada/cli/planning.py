"""From a program folder to a plan on the disk: read, solve, check, and write whole or not at all.

Comes in: a folder and what the user wishes. Goes out: the plan, and its files. `posada plan` and
`posada demo` both go through here. Tests: tests/cli/test_planning.py.
"""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from posada.cli.page_file import check_page, page_in_plan, staged_page
from posada.cli.refusals import NothingDone
from posada.cli.summary import summary_of
from posada.page.render import render
from posada.placement.check import violations
from posada.placement.plan import make_plan
from posada.placement.recruit import SMALL_PROGRAM, Recruitment, recruit, recruit_rows
from posada.programme import check_out, read_program, write_plan
from posada.records import Plan, Program
from posada.rulebook import Policy, policy_of

MOST_VIOLATIONS = 10
LEAST_SECONDS = 0.001
"""What is left to the solver of a time limit that reading has used up."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked for. `time_limit` in seconds of wall time; `gap` is a share of the bound."""

    out: Path
    html: Path | None = None
    lang: str = "en"
    is_internal: bool = False
    replace: bool = False
    time_limit: float | None = None
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Made:
    """A plan that has been checked and written."""

    program: Program
    policy: Policy
    plan: Plan
    summary: Mapping[str, object]
    recruitment: Recruitment = field(default_factory=lambda: Recruitment(gains=(), before=()))


def make_and_write(folder: Path, *, wishes: Wishes, progress: Callable[[str], None]) -> Made:
    """Plan a folder and write the plan, and the page if one is wished for.

    Raises NothingDone, or an error that `refusals.lines_for` puts in words; nothing has been written then.
    """
    started = time.perf_counter()
    _refuse_odd(wishes)
    check_out(wishes.out, source=folder, replace=wishes.replace)
    if wishes.html is not None:
        check_page(wishes.html, out=wishes.out, replace=wishes.replace)
    progress("Reading the program folder")
    program = read_program(folder)
    policy = policy_of(program)
    progress("Planning")
    plan = make_plan(
        program,
        policy=policy,
        deadline_seconds=_time_left(wishes.time_limit, started=started),
        gap=wishes.gap,
        progress=progress,
    )
    progress("Checking the plan")
    _refuse_unlawful(plan, program, policy=policy)
    recruitment = _recruit(plan, program, policy=policy)
    summary = summary_of(plan, program=program, seconds=time.perf_counter() - started)
    progress("Writing")
    made = Made(program, policy, plan, summary, recruitment)
    _write(folder, made, wishes=wishes)
    return made


def _recruit(plan: Plan, program: Program, *, policy: Policy) -> Recruitment:
    """Whom to recruit: all of it if the program is small, else what can be told without a search."""
    is_small = len(program.children) <= SMALL_PROGRAM and not plan.time_limit_reached
    return recruit(program, policy=policy, plan=plan, most_solves=None if is_small else 0)


def _refuse_odd(wishes: Wishes) -> None:
    limit = wishes.time_limit
    if limit is not None and not (math.isfinite(limit) and limit > 0):
        raise NothingDone("--time-limit: give a number of seconds above 0.")
    if not 0 <= wishes.gap <= 1:
        raise NothingDone("--gap: give a share from 0 to 1, such as 0.01 for one percent.")


def _time_left(limit: float | None, *, started: float) -> float | None:
    return None if limit is None else max(LEAST_SECONDS, limit - (time.perf_counter() - started))


def _refuse_unlawful(plan: Plan, program: Program, *, policy: Policy) -> None:
    """The independent checker has the last word: a plan with a violation is never written."""
    found = violations(plan, program, policy=policy)
    if not found:
        return
    lines = [
        f"  {each.code}: group {each.group or '–'}, {each.target or '–'}: {each.sentence}"
        for each in found[:MOST_VIOLATIONS]
    ]
    more = len(found) - MOST_VIOLATIONS
    raise NothingDone(
        "The plan breaks a rule, so it was not written. This is a fault of Posada's; please report it.",
        *lines,
        *([f"  … and {more:,} more"] if more > 0 else []),
    )


def _write(folder: Path, made: Made, *, wishes: Wishes) -> None:
    """The plan's folder and the page: the page is put in place only after the folder."""
    text = None
    if wishes.html is not None:
        text = render(
            plan=made.plan,
            program=made.program,
            policy_title=made.policy.title,
            summary=made.summary,
            lang=wishes.lang,
            internal=wishes.is_internal,
            recruit=made.recruitment.gains,
        )
    inside = page_in_plan(wishes.html, out=wishes.out) if wishes.html is not None else None
    with staged_page(wishes.html if inside is None else None, text=text or "") as put_page:
        write_plan(
            wishes.out,
            plan=made.plan,
            program=made.program,
            summary=made.summary,
            replace=wishes.replace,
            source=folder,
            recruit=recruit_rows(made.recruitment.gains),
            extra={inside: text} if inside is not None and text is not None else None,
        )
        put_page()
