"""rule_changes of programme.toml, and of a scenario: which rule has which value from which day on.

Comes in: what TOML gave. Goes out: `RuleChange`s and, of each fault, where it is, what was found and wanted.
Docs: docs/how-to/what-if.md. Tests: tests/programme/test_rule_changes.py.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime

from posada.programme.printable import shown
from posada.records import RuleChange
from posada.rulebook.changed import changeable_rules, wanted_value

KEY = "rule_changes"
DAY_WANTED = "a date such as 2026-12-01, without quotes"
_FIELDS = ("rule", "value", "from")
Fault = tuple[str, str, str]
"""Where, what was found, what was wanted."""


def rule_changes(raw: object) -> tuple[tuple[RuleChange, ...], list[Fault]]:
    """The changes that are sound, and the faults of the others."""
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        return (), [(KEY, shown(str(raw)), f"[[{KEY}]] tables with {', '.join(_FIELDS)}")]
    found, faults = [], []
    for number, entry in enumerate(raw, 1):
        wrong = list(_faults(entry))
        faults += [(f"{KEY} {number}, {field}", was, wanted) for field, was, wanted in wrong]
        if not wrong:
            value = entry["value"]
            found.append(
                RuleChange(entry["rule"], tuple(value) if isinstance(value, list) else value, entry["from"])
            )
    return tuple(sorted(found, key=lambda each: (each.from_date, each.rule))), faults


def rule_changes_as_toml(changes: Sequence[RuleChange]) -> str:
    """The changes as they are read back."""
    return "".join(
        f"\n[[{KEY}]]\nrule = {json.dumps(each.rule)}\nvalue = {json.dumps(each.value)}\n"
        f"from = {each.from_date.isoformat()}\n"
        for each in changes
    )


def _faults(entry: dict[str, object]) -> list[Fault]:
    found = [(key, "this key", f"one of {', '.join(_FIELDS)}") for key in sorted(set(entry) - set(_FIELDS))]
    found += [(key, "nothing", "a value") for key in _FIELDS if key not in entry]
    rule = entry.get("rule")
    if "rule" in entry and rule not in changeable_rules():
        found.append(("rule", shown(str(rule)), f"one of {', '.join(changeable_rules())}"))
    elif isinstance(rule, str) and "value" in entry:
        wanted = wanted_value(rule, entry["value"])
        if wanted is not None:
            found.append(("value", shown(str(entry["value"])), wanted))
    day = entry.get("from")
    if "from" in entry and (isinstance(day, datetime) or not isinstance(day, date)):
        found.append(("from", shown(str(day)), DAY_WANTED))
    return found
