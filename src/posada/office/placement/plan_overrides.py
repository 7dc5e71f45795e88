"""Pins and bans: a person decides against the plan, with a reason, after seeing what it costs others.

A pin that a safety rule refuses is not recorded. Each one is kept with its price, can be ended, and makes plans
stale; the new plan is asked for in the same transaction.
Docs: docs/how-to/run-a-plan-in-the-office.md. Tests: tests/office/placement/test_plan_overrides.py.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.audit.history import save_change, save_new
from posada.office.intake.models import SiblingGroup
from posada.office.licensing.models import Home
from posada.office.placement.group_panel import Kind, State, question_about, standing_overrides
from posada.office.placement.models import Override, PlannedGroup, PlanRun
from posada.office.placement.plan_state import may_plan
from posada.office.placement.plan_words import rule_words
from posada.office.placement.plans import ask_for_plan
from posada.office.program import note_change
from posada.office.refusals import FieldsRefused, NotThere, Refusal

PIN, FORBID = "pin", "forbid"
LEAST_REASON = 5


class PriceFirst(Refusal):
    """Nobody has looked at what the choice costs."""

    code = "price_first"


class RuleRefuses(Refusal):
    """A safety rule refuses the pin."""

    code = "rule_refuses"


def needs_price(run: PlanRun, group: SiblingGroup, *, action: str, home: Home) -> bool:
    """Whether the choice can change anybody's place: pinning elsewhere, or forbidding where the plan sends them."""
    goes_there = PlannedGroup.objects.filter(run=run, group=group, home=home).exists()
    return goes_there if action == FORBID else not goes_there


def record_override(
    actor: Actor, run: PlanRun, group: SiblingGroup, *, action: str, home: Home, reason: str
) -> Override:
    """Pin a group to a home, or forbid it the home. Group and home come from a door of the person.

    A new pin ends the one before. Raises NotThere, FieldsRefused (no reason), PriceFirst, RuleRefuses.
    """
    if not may_plan(actor) or action not in (PIN, FORBID):
        raise NotThere
    if len(reason.strip()) < LEAST_REASON:
        raise FieldsRefused({"reason": _("Write a reason: a choice without one is not kept.")})
    price = _price(run, group, action=action, home=home)
    with transaction.atomic():
        for standing in standing_overrides(group):
            if standing.home_id == home.pk or (action == PIN == standing.action and standing.home_id):
                _end(actor, standing, version=standing.version)
        made = Override(
            action=action,
            group=group,
            home=home,
            reason=reason.strip()[:300],
            by_id=actor.user_id,
            price=price,
        )
        save_new(made, actor=actor, act=f"plan.{action}", reason=reason)
        note_change()
        ask_for_plan(actor)
    return made


def _price(run: PlanRun, group: SiblingGroup, *, action: str, home: Home) -> list[dict[str, Any]]:
    if not needs_price(run, group, action=action, home=home):
        return []
    asked = question_about(run, group, kind=Kind(action), home=home.pk)
    if asked is None or asked.state != State.ANSWERED:
        raise PriceFirst(_("First look at what it would cost others: ask for the price, then decide."))
    refused_by = asked.answer.get("refused_by", [])
    if refused_by:
        told = "; ".join(f"{code}: {rule_words(code, home)}" for code in refused_by)
        sentence = _("A rule refuses this home for the group (%(rules)s). Nothing was recorded.")
        raise RuleRefuses(sentence % {"rules": told})
    levels: list[dict[str, Any]] = asked.answer.get("levels", [])
    return levels


def end_override(actor: Actor, override: Override, *, version: int) -> Override:
    """End a pin or a ban; the next plan is made without it. Raises NotThere, SomebodySavedFirst."""
    if not may_plan(actor) or not doors.groups(actor).filter(pk=override.group_id).exists():
        raise NotThere
    with transaction.atomic():
        ended = _end(actor, override, version=version)
        note_change()
        ask_for_plan(actor)
    return ended


def _end(actor: Actor, override: Override, *, version: int) -> Override:
    changes = {"ended_at": timezone.now()}
    return save_change(
        override, version=version, changes=changes, actor=actor, act=f"plan.{override.action}.end"
    )
