"""Legal rules in lines: what they say, since when, under which source, and whether a lawyer signed them off.

Comes in: rules of the rulebook. Goes out: lines of text. Tests: tests/cli/test_rules_text.py.
"""

from datetime import date

from posada.rulebook.legal_rule import LegalRule
from posada.rulebook.standing import Standing, standing_of, standing_on

_ROLLS = {
    "next_business_day": "rolls to the next business day",
    "previous_business_day": "rolls back to the business day before",
    "none": "",
}
_CONFIDENCE = {"verified_in_stored_text": "read in a stored text", "recalled": "RECALLED, not read"}


def standing_lines(rule: Standing) -> list[str]:
    """One rule as it stands on a day, in a few lines."""
    if rule.status == "gap":
        return [f"{rule.rule_id}: {rule.title}: not known", f"  {rule.notes}", f"  source: {rule.source}"]
    lines = [f"{rule.rule_id}: {rule.title}: {_value(rule)}", f"  standing: {_status(rule)}"]
    return [*lines, f"  source: {rule.source}", f"  {_dates(rule)}", f"  {rule.signed_off.upper()}"]


def shown_lines(rule: LegalRule, *, on: date) -> list[str]:
    """One rule with every version and everything else that its file says."""
    holds = standing_on(rule, on=on)
    lines = [
        f"{rule.rule_id}: {rule.title}",
        f"  kind: {rule.kind}; starts from: {rule.trigger or 'nothing'}",
    ]
    lines += [f"  source: {each}" for each in rule.authority]
    for version in rule.versions:
        each = standing_of(rule, version)
        mark = f", holds on {on}" if each.version == holds.version else ""
        known = _between(version.known_from, version.known_to)
        roll = _ROLLS[version.roll]
        minus = f", less {version.minus_days} day" if version.minus_days else ""
        lines += [
            f"  version {version.number}{mark}: {_value(each)}{minus}{', ' + roll if roll else ''}",
            f"    standing: {_status(each)}; goes by {version.applies_by}",
            f"    {_dates(each)}" + (f"; as it was known {known}" if known else ""),
            f"    {each.signed_off.upper()}",
        ]
    if holds.status == "gap":
        lines.append(f"  {holds.notes}")
    lines += [f"  exception: {each}" for each in rule.exceptions]
    lines += [f"  tolled by: {each}" for each in rule.tolling]
    for name, text in (("effect", rule.effect), ("consequence", rule.consequence), ("note", rule.notes)):
        lines += [f"  {name}: {text}"] if text else []
    return [*lines, f"  facts: {rule.source}"]


def _value(rule: Standing) -> str:
    if rule.kind == "fee":
        return "amount not known" if rule.value is None else f"${rule.value:,}"
    value = rule.kind.replace("_", " ") if rule.value is None else str(rule.value).replace("_", " ")
    return f"{value}, from {rule.applies_to}" if rule.applies_to else value


def _status(rule: Standing) -> str:
    other = f"; the other reading: {rule.alternative.replace('_', ' ')}" if rule.alternative else ""
    return rule.status.replace("_", " ") + other


def _dates(rule: Standing) -> str:
    between = _between(rule.known_from, rule.known_until) or "no dates found"
    return f"{between}; checked on {rule.checked_on} ({_CONFIDENCE[rule.confidence]}): {rule.checked_by}"


def _between(start: date | None, end: date | None) -> str:
    parts = [f"from {start}" if start else "", f"until {end}" if end else ""]
    return " ".join(part for part in parts if part)
