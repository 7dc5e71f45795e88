"""Pins: each one holds, or is refused with a rule that it really breaks.

What needs a search to decide (whether a counsel's pin leaves any home at all) is not judged here.
Tests: tests/placement/test_check.py.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from posada.placement.check_facts import Facts, Violation
from posada.placement.check_homes import broken_rules
from posada.placement.check_rows import counsel_refusals
from posada.records import Child, GroupPlan, Override, Plan

CODES_THAT_NEED_A_SEARCH = frozenset({"no_lawful_home", "no_room"})
"""Reasons to refuse a pin that only a solver can confirm."""


@dataclass(frozen=True, slots=True)
class HeldPins:
    """Pins that were not refused, by what they name, so that each question is asked of few rows."""

    by_home: Mapping[str, tuple[Override, ...]]
    by_counsel: Mapping[str, tuple[Override, ...]]
    by_group: Mapping[str, tuple[Override, ...]]
    first_group_with_counsel: str | None

    @staticmethod
    def of(pins: Sequence[Override]) -> "HeldPins":
        """Sort the pins by home, by counsel and by group."""
        homes: dict[str, list[Override]] = defaultdict(list)
        counsel: dict[str, list[Override]] = defaultdict(list)
        groups: dict[str, list[Override]] = defaultdict(list)
        for pin in pins:
            groups[pin.sibling_group_id].append(pin)
            if pin.home_id is not None:
                homes[pin.home_id].append(pin)
            if pin.counsel_id is not None:
                counsel[pin.counsel_id].append(pin)
        return HeldPins(
            by_home={home: tuple(rows) for home, rows in homes.items()},
            by_counsel={one: tuple(rows) for one, rows in counsel.items()},
            by_group={group: tuple(rows) for group, rows in groups.items()},
            first_group_with_counsel=min(
                (pin.sibling_group_id for pin in pins if pin.counsel_id is not None), default=None
            ),
        )


def pin_violations(facts: Facts, plan: Plan, overrides: Sequence[Override]) -> Iterator[Violation]:
    """Pins that neither hold nor are refused for a reason, and refusals of what nobody pinned."""
    pins = [row for row in overrides if row.action == "pin"]
    pinned = {(pin.sibling_group_id, _target(pin)) for pin in pins}
    refused = {(row.group, row.target): row.rule for row in plan.refused_pins}
    placed = {row.sibling_group_id: row for row in plan.groups}
    for group, target in sorted(refused.keys() - pinned):
        yield Violation("pinned", group, target, "Refused, but nobody pinned it.")
    held = [pin for pin in pins if (pin.sibling_group_id, _target(pin)) not in refused]
    for pin in held:
        if not _holds(facts, pin, placed.get(pin.sibling_group_id)):
            yield Violation("pinned", pin.sibling_group_id, _target(pin), "The pin does not hold.")
    held_pins = HeldPins.of(held)
    for pin in pins:
        code = refused.get((pin.sibling_group_id, _target(pin)))
        if code is not None:
            yield from _unfounded(facts, pin, code, held_pins)


def _target(pin: Override) -> str:
    return pin.home_id or pin.counsel_id or ""


def _order(pin: Override) -> tuple[str, bool, str]:
    """Pins are taken in this order: an earlier one that holds may refuse a later one."""
    return pin.sibling_group_id, pin.home_id is None, _target(pin)


def _holds(facts: Facts, pin: Override, row: GroupPlan | None) -> bool:
    if row is None:
        lives_there_already = pin.home_id is not None and (
            facts.stands_in.get(pin.sibling_group_id) == frozenset({pin.home_id})
        )
        return lives_there_already and not facts.waiting.get(pin.sibling_group_id)
    return row.home_id == pin.home_id if pin.home_id is not None else row.counsel_id == pin.counsel_id


def _unfounded(facts: Facts, pin: Override, code: str, held: HeldPins) -> Iterator[Violation]:
    first = held.first_group_with_counsel
    if pin.home_id is not None:
        reasons = _home_reasons(facts, pin, pin.home_id, held)
        needs_search = first is not None and first < pin.sibling_group_id
        can_judge = not needs_search or code not in CODES_THAT_NEED_A_SEARCH
    else:
        reasons = _counsel_reasons(facts, pin, pin.counsel_id or "", held)
        can_judge = code not in CODES_THAT_NEED_A_SEARCH | {"no_court", "no_counsel_at_court"}
    if can_judge and code not in reasons:
        told = ", ".join(sorted(reasons)) or "none"
        wrong = f"Refused under {code}, but the rules that the pin breaks are: {told}."
        yield Violation("pinned", pin.sibling_group_id, _target(pin), wrong)


def _group_reasons(facts: Facts, group: str) -> set[str]:
    if group in facts.held:
        return {facts.held[group]}
    return set() if facts.waiting.get(group) else {"sibling_already_placed"}


def _home_reasons(facts: Facts, pin: Override, home_id: str, held: HeldPins) -> set[str]:
    """Codes that the pair breaks alone, or together with the earlier pins that hold."""
    group = pin.sibling_group_id
    found = _group_reasons(facts, group)
    arrivals = {group: facts.waiting_children(group)}
    found |= _codes(facts, home_id, arrivals)
    if any(
        p.home_id not in (None, home_id) and _order(p) < _order(pin) for p in held.by_group.get(group, ())
    ):
        found.add("pinned")
    for other in held.by_home.get(home_id, ()):
        if _order(other) < _order(pin) and facts.waiting.get(other.sibling_group_id):
            arrivals[other.sibling_group_id] = facts.waiting_children(other.sibling_group_id)
    return found | _codes(facts, home_id, arrivals)


def _codes(facts: Facts, home_id: str, arrivals: Mapping[str, tuple[Child, ...]]) -> set[str]:
    return {violation.code for violation in broken_rules(facts, home_id, arrivals)}


def _counsel_reasons(facts: Facts, pin: Override, counsel_id: str, held: HeldPins) -> set[str]:
    group = pin.sibling_group_id
    found = _group_reasons(facts, group) | {code for code, _ in counsel_refusals(facts, group, counsel_id)}
    mine = held.by_group.get(group, ())
    if any(p.counsel_id not in (None, counsel_id) and _order(p) < _order(pin) for p in mine):
        found.add("pinned")
    asked = {p.sibling_group_id for p in held.by_counsel.get(counsel_id, ()) if _order(p) < _order(pin)}
    if len(asked | {group}) > facts.counsel[counsel_id].open_slots:
        found.add("caseload_full")
    return found
