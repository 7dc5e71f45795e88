"""What the plan's pages are given beside their rows: where the plan stands, its figures, a choice and its price.

Comes in: a person, a plan, an address. Goes out: values for templates. Reads only.
Tests: tests/office/placement/test_plan_views.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.day import today
from posada.office.intake.models import SiblingGroup
from posada.office.licensing.models import Home
from posada.office.placement.group_panel import Kind, price_of, question_about
from posada.office.placement.homes_short import homes_by_county, map_of, wanted_lines
from posada.office.placement.models import PlanRun, UnaskedHome
from posada.office.placement.plan_jobs import STEPS
from posada.office.placement.plan_levels import level_lines_of
from posada.office.placement.plan_overrides import FORBID, PIN, needs_price
from posada.office.placement.plan_state import (
    current_plan,
    is_given_up,
    last_unfinished,
    may_approve,
    may_plan,
    running_plan,
    shown_runs,
    staleness_of,
)
from posada.office.placement.plan_words import (
    FAILURES,
    MARK_WORDS,
    STEP_WORDS,
    Told,
    changes_words,
    language_name,
    rule_words,
    told_rules,
    wording,
)
from posada.office.program import settings_of_program
from posada.office.refusals import NotThere, Refusal

FIGURES = (
    *("children", "groups", "placed", "placed_groups", "waiting", "waiting_groups"),
    *("without_counsel", "without_counsel_groups"),
)
"""What the first lines of a page are made of; a plan that lacks one counts nobody."""


def standing_of(actor: Actor, run: PlanRun | None) -> dict[str, Any]:
    """Where the plan stands: its run, whether it is the newest, stale, sent; what is being solved; what one may."""
    running, unfinished = running_plan(), last_unfinished(run)
    given_up = running if running is not None and is_given_up(running) else None
    newest = current_plan() if run is not None else None
    is_current = newest is not None and run is not None and newest.pk == run.pk
    stale = staleness_of(run) if run is not None and is_current else None
    told: dict[str, Any] = {
        "run": run,
        "is_current": is_current,
        "is_tonight": run is not None and run.plan_date == today(),
        "stale": stale,
        "stale_words": changes_words(stale.changes) if stale else "",
        "failed": unfinished or given_up,
        "failure": FAILURES.get(unfinished.failure if unfinished else "worker_gone", FAILURES["unexpected"]),
        "may_plan": may_plan(actor),
        "may_approve": may_approve(actor),
        "sees_every_group": may_plan(actor),
        "is_sender": run is not None and run.sent_for_approval_by_id == actor.user_id,
    }
    return told | (progress_of(actor, running) if running is not None and given_up is None else {})


def progress_of(actor: Actor, running: PlanRun) -> dict[str, Any]:
    """How far a run is."""
    step = running.progress.get("step", "")
    place = STEPS.index(step) if step in STEPS else 0
    return {
        "running": running,
        "step": STEP_WORDS.get(step, STEP_WORDS["reading"]) if running.state == "solving" else "",
        "step_number": place + 1,
        "steps": len(STEPS),
        "may_plan": may_plan(actor),
    }


def figures_of(run: PlanRun) -> dict[str, Any]:
    """How good the plan is, and which homes are short."""
    counts = dict.fromkeys(FIGURES, 0) | run.counts
    words, counties = wording(), homes_by_county(run.shortages)
    drawn = map_of(counties, state=settings_of_program().state)
    return {
        "counts": counts,
        "n": {name: words.number(count) for name, count in counts.items() if type(count) is int},
        "levels": level_lines_of(run),
        "short": counties,
        "wanted": wanted_lines(run.shortages),
        "map": drawn,
        "map_box": f"-4 -4 {drawn.width + 8} {drawn.height + 8}" if drawn else "",
        "seconds": _seconds(run),
        "refused_pins": [(each, rule_words(each["rule"])) for each in run.refused_pins],
    }


def _seconds(run: PlanRun) -> float | None:
    if run.started_at is None or run.finished_at is None:
        return None
    return round((run.finished_at - run.started_at).total_seconds(), 1)


@dataclass(frozen=True, slots=True)
class UnaskedLine:
    """A home that nobody asked. `rule` is None where the home is lawful for some."""

    home: Home
    rule: Told | None
    lawful: int


def unasked_lines(rows: Iterable[UnaskedHome]) -> list[UnaskedLine]:
    """Rows in words."""
    return [
        UnaskedLine(
            row.home,
            Told(row.rule, rule_words(row.rule, row.home), row.refused) if row.rule else None,
            row.lawful,
        )
        for row in rows
    ]


def choices_of(languages: Iterable[str]) -> dict[str, Any]:
    """Languages and marks in words, for the filters."""
    named = [(code, language_name(code)) for code in languages]
    return {
        "language_words": sorted(named, key=lambda pair: pair[1]),
        "mark_words": list(MARK_WORDS.items()),
    }


def run_in(given: Mapping[str, str]) -> PlanRun | None:
    """The plan that an address names, or the newest. Raises NotThere."""
    return doors.one(shown_runs(), uuid_in(given, "plan")) if given.get("plan") else current_plan()


def plan_in(posted: Mapping[str, str]) -> PlanRun:
    """The plan that a form is about. Raises NotThere, and Refusal where there is none at all yet."""
    run = run_in(posted)
    if run is None:
        raise Refusal(_("There is no plan yet"), code="no_plan")
    return run


def two_of(choices: Sequence[PlanRun], given: Mapping[str, str]) -> tuple[PlanRun | None, PlanRun | None]:
    """The two plans that an address names, or the last two. Raises NotThere."""
    if given.get("one") or given.get("other"):
        first, second = (doors.one(shown_runs(), uuid_in(given, name)) for name in ("one", "other"))
        return first, second
    return (choices[1], choices[0]) if len(choices) > 1 else (None, None)


def uuid_in(given: Mapping[str, str], name: str) -> UUID:
    """An id in an address or a form. Raises NotThere where it is none."""
    try:
        return UUID(given.get(name, ""))
    except ValueError:
        raise NotThere from None


def decision_of(
    actor: Actor, run: PlanRun, group: SiblingGroup, *, home: Any, action: str | None
) -> dict[str, Any]:
    """The home that somebody thinks of, what may be done with it, and the price of it where one is needed."""
    if not home or not may_plan(actor):
        return {}
    found = doors.one(
        doors.homes(actor), home if isinstance(home, UUID) else uuid_in({"home": str(home)}, "home")
    )
    goes_there = not needs_price(run, group, action=PIN, home=found)
    action = action if action in (PIN, FORBID) else (FORBID if goes_there else PIN)
    wanted = needs_price(run, group, action=action, home=found)
    question = question_about(run, group, kind=Kind(action), home=found.pk) if wanted else None
    price = price_of(question) if question else None
    refused = price.refused_by if price else []
    return {
        "home": found,
        "action": action,
        "goes_there": goes_there,
        "needs_price": wanted,
        "price": price,
        "refused": told_rules([each.code for each in refused], found),
    }
