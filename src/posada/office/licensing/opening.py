"""Open, hold and close a home: only with every check clear, a license that stands, and a study that another approved.

The day until which checks are clear is counted anew with each change of a check, a member or an exception, in the
same transaction; the plan, the import and the form read the same day.
Docs: docs/how-to/license-a-home.md. Tests: tests/office/licensing/test_opening.py.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from posada.licensing.checks import clear_until
from posada.licensing.study import EarlierRefusal, Obstacle, obstacles
from posada.office.access.actor import Actor
from posada.office.audit.history import save_change, save_new
from posada.office.day import today
from posada.office.licensing.facts import earlier_refusals, facts_of, rules_today, with_all
from posada.office.licensing.models import Enquiry, Home, RefusalSeen
from posada.office.program import note_change, settings_of_program
from posada.office.refusals import Refusal
from posada.rulebook.resolve import resolve_policy


class NotYetOpen(Refusal):
    """Something keeps the home closed. `obstacles`: each with its rule."""

    code = "home_not_ready"

    def __init__(self, found: tuple[Obstacle, ...]) -> None:
        super().__init__(
            _("This home can’t be opened yet: %s.") % ", ".join(sorted({each.rule_id for each in found}))
        )
        self.obstacles = found


def what_stands_in_the_way(home: Home) -> tuple[Obstacle, ...]:
    """Everything that keeps a home from being opened on the office's day; none: it may open."""
    full = with_all(Home.objects.filter(pk=home.pk)).get()
    return obstacles_of(full, refusals=earlier_refusals(full))


def obstacles_of(full: Home, *, refusals: Sequence[EarlierRefusal]) -> tuple[Obstacle, ...]:
    """The same of a home that comes from `with_all`, with what is known of earlier refusals."""
    policy = resolve_policy(settings_of_program().policy, on=today())
    facts = facts_of(full, refusals=refusals)
    return obstacles(facts, rules=rules_today(), kin_exempt=tuple(policy.kin_home_exempt), on=today())


def count_clear_days(actor: Actor, home: Home) -> Home:
    """Write down until when the checks are clear as they stand now. Call it in the transaction of a change."""
    full = with_all(Home.objects.filter(pk=home.pk)).get()
    if not full.has_typed_checks:
        return full
    facts = facts_of(full)
    until = clear_until(
        facts.household, facts.checks, rules=rules_today(), on=today(), permissions=facts.permissions
    )
    changes: dict[str, Any] = {"checks_clear_until": until}
    if until is None and full.state == Home.State.OPEN:
        changes |= {"state": Home.State.ON_HOLD, "state_reason": "checks"}
    changed = save_change(full, version=full.version, changes=changes, actor=actor, act="home.clear_until")
    if changed.version != full.version and full.state == Home.State.OPEN:
        note_change()
    return changed


def recount_all(actor: Actor) -> int:
    """Count the clear days of every open home that keeps its checks here; once a day. Returns how many went on hold.

    A birthday, an expired check or an exception that ran out puts a home on hold on the day itself.
    """
    held = 0
    for home in Home.objects.filter(state=Home.State.OPEN, has_typed_checks=True, voided_at__isnull=True):
        with transaction.atomic():
            held += count_clear_days(actor, home).state == Home.State.ON_HOLD
    return held


def open_home(actor: Actor, home: Home, *, version: int) -> Home:
    """Open a home. Raises NotYetOpen with every obstacle; nothing is written then."""
    with transaction.atomic():
        counted = count_clear_days(actor, home) if home.version == version else home
        found = what_stands_in_the_way(counted)
        if found:
            raise NotYetOpen(found)
        changes = {"state": Home.State.OPEN, "state_reason": ""}
        opened = save_change(
            counted,
            version=counted.version if home.version == version else version,
            changes=changes,
            actor=actor,
            act="home.open",
        )
        enquiry = Enquiry.objects.filter(home=opened).first()
        if enquiry is not None and enquiry.stage != Enquiry.Stage.OPEN:
            save_change(
                enquiry,
                version=enquiry.version,
                changes={"stage": "open", "furthest": "open"},
                actor=actor,
                act="enquiry.open",
            )
        note_change()
    return opened


def hold_home(actor: Actor, home: Home, *, version: int, reason: str) -> Home:
    """Take a home out of the plan for now. Children who live there stay."""
    return _put(actor, home, version=version, state=Home.State.ON_HOLD, reason=reason)


def close_home(actor: Actor, home: Home, *, version: int, reason: str) -> Home:
    """Close a home with a coded reason. Raises Refusal while a child lives there."""
    if home.placements.filter(voided_at__isnull=True, to_date__isnull=True).exists():
        raise Refusal(
            _("A child lives here: find the children another home first."), code="children_live_there"
        )
    return _put(actor, home, version=version, state=Home.State.CLOSED, reason=reason)


def license_home(
    actor: Actor, home: Home, *, version: int, license_from: date, license_to: date, licensed_capacity: int
) -> Home:
    """Write down a license decision."""
    if license_to < license_from:
        raise Refusal(_("The license ends before it begins."), code="license_dates")
    with transaction.atomic():
        changes = {
            "license_from": license_from,
            "license_to": license_to,
            "licensed_capacity": licensed_capacity,
        }
        changed = save_change(home, version=version, changes=changes, actor=actor, act="home.license")
        note_change()
    return changed


def acknowledge_refusal(actor: Actor, home: Home, *, refused_id: Any, reason: str) -> RefusalSeen:
    """Somebody has read of an earlier refusal and says why the home may go on; who says so first stays."""
    if len(reason.strip()) < 5:
        raise Refusal(_("Say in a few words why."), code="no_reason")
    earlier = RefusalSeen.objects.filter(home=home, refused_id=refused_id)
    seen = RefusalSeen(home=home, refused_id=refused_id, by_id=actor.user_id, reason=reason.strip())
    if not earlier.exists():
        try:
            with transaction.atomic():
                return save_new(seen, actor=actor, act="home.refusal_seen")
        except IntegrityError:  # somebody else said so at the same moment
            if not earlier.exists():
                raise
    return earlier.get()


def _put(actor: Actor, home: Home, *, version: int, state: str, reason: str) -> Home:
    if not reason.strip():
        raise Refusal(_("Choose a reason."), code="no_reason")
    with transaction.atomic():
        changes = {"state": state, "state_reason": reason.strip()}
        changed = save_change(home, version=version, changes=changes, actor=actor, act=f"home.{state}")
        note_change()
    return changed
