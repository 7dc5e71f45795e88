"""Pins: each one holds, or is refused with a rule that it really breaks.

What needs a search to decide (whether a counsel's pin leaves any home at all) is not judged here.
Tests: tests/placement/test_check.py.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from posada.placement.check_facts import Facts, Violation
from posada.placement.check_homes import broken_rules
from posada.placement.check_rows import counsel_refusals
from posada.records import Child, GroupPlan, Override, Plan

CODES_THAT_NEED_A_SEARCH = frozenset({"no_lawful_home", "no_room"})
"""Reasons to refuse a pin that only a solver can confirm."""


def pin_violations(facts: Facts, plan: Plan, overrides: tuple[Override, ...]) -> Iterator[Violation]:
    """Pins that neither hold nor are refused for a reason, and refusals of what nobody pinned."""
    pins = [row for row in overrides if row.action == "pin"]
    refused = {(row.group, row.target): row.rule for row in plan.refused_pins}
    placed = {row.sibling_group_id: row for row in plan.groups}
    for row in plan.refused_pins:
        if not any(p.sibling_group_id == row.group and row.target in _targets(p) for p in pins):
            yield Violation("pinned", row.group, row.target, "Refused, but nobody pinned it.")
    held_pins = [p for p in pins if not any((p.sibling_group_id, t) in refused for t in _targets(p))]
    for pin in held_pins:
        if not _holds(facts, pin, placed.get(pin.sibling_group_id)):
            yield Violation("pinned", pin.sibling_group_id, _targets(pin)[0], "The pin does not hold.")
    for pin in pins:
        for target in _targets(pin):
            code = refused.get((pin.sibling_group_id, target))
            if code is not None:
                earlier = [p for p in held_pins if _order(p) < _order(pin)]
                yield from _unfounded(facts, pin, code, earlier)


def _order(pin: Override) -> tuple[str, bool, str]:
    """Pins are taken in this order: an earlier one that holds may refuse a later one."""
    return pin.sibling_group_id, pin.home_id is None, pin.home_id or pin.counsel_id or ""


def _targets(pin: Override) -> list[str]:
    return [target for target in (pin.home_id, pin.counsel_id) if target is not None]


def _holds(facts: Facts, pin: Override, row: GroupPlan | None) -> bool:
    if row is None:
        lives_there_already = pin.home_id is not None and (
            facts.stands_in.get(pin.sibling_group_id) == {pin.home_id}
        )
        return lives_there_already and not facts.waiting.get(pin.sibling_group_id)
    return row.home_id == pin.home_id if pin.home_id is not None else row.counsel_id == pin.counsel_id


def _unfounded(facts: Facts, pin: Override, code: str, earlier: list[Override]) -> Iterator[Violation]:
    group = pin.sibling_group_id
    counsel_first = any(p.counsel_id is not None and p.sibling_group_id < group for p in earlier)
    if pin.home_id is not None:
        reasons = _home_reasons(facts, group, pin.home_id, earlier)
        can_judge = not counsel_first or code not in CODES_THAT_NEED_A_SEARCH
    else:
        reasons = _counsel_reasons(facts, group, pin.counsel_id or "", earlier)
        can_judge = code not in CODES_THAT_NEED_A_SEARCH | {"no_court", "no_counsel_at_court"}
    if can_judge and code not in reasons:
        told = ", ".join(sorted(reasons)) or "none"
        wrong = f"Refused under {code}, but the rules that the pin breaks are: {told}."
        yield Violation("pinned", group, _targets(pin)[0], wrong)


def _group_reasons(facts: Facts, group: str) -> set[str]:
    if group in facts.held:
        return {facts.held[group]}
    return set() if facts.waiting.get(group) else {"sibling_already_placed"}


def _home_reasons(facts: Facts, group: str, home_id: str, earlier: list[Override]) -> set[str]:
    """Codes that the pair breaks alone, or together with the earlier pins that hold."""
    found = _group_reasons(facts, group)
    arrivals: dict[str, tuple[Child, ...]] = {group: facts.waiting_children(group)}
    found |= _codes(facts, home_id, arrivals)
    for pin in earlier:
        if pin.sibling_group_id == group and pin.home_id not in (None, home_id):
            found.add("pinned")
        if pin.home_id == home_id and facts.waiting.get(pin.sibling_group_id):
            arrivals[pin.sibling_group_id] = facts.waiting_children(pin.sibling_group_id)
    return found | _codes(facts, home_id, arrivals)


def _codes(facts: Facts, home_id: str, arrivals: Mapping[str, tuple[Child, ...]]) -> set[str]:
    return {violation.code for violation in broken_rules(facts, home_id, arrivals)}


def _counsel_reasons(facts: Facts, group: str, counsel_id: str, earlier: list[Override]) -> set[str]:
    found = _group_reasons(facts, group) | {code for code, _ in counsel_refusals(facts, group, counsel_id)}
    asked: dict[str, set[str]] = defaultdict(set)
    for pin in earlier:
        if pin.counsel_id is not None:
            asked[pin.counsel_id].add(pin.sibling_group_id)
        if pin.sibling_group_id == group and pin.counsel_id not in (None, counsel_id):
            found.add("pinned")
    if len(asked[counsel_id] | {group}) > facts.counsel[counsel_id].open_slots:
        found.add("caseload_full")
    return found
