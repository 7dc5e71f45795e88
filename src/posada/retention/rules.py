"""Rules of retention as dated data: kind of record → days, with source and who decided.

Comes in: the shipped file and, where a program has one, the text of its own, which replaces rules kind by kind.
Goes out: `Rule`s. Docs: docs/explanation/retention.md. Tests: tests/retention/test_rules.py.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

KINDS = ("group", "enquiry", "hours_offer", "import")
FIELDS = {"kind": str, "title": str, "days": int, "from": date, "source": str, "decided_by": str}


class BadRules(ValueError):  # noqa: N818
    """A file of rules cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Days after the day on which a record was over; the rule holds from `since` on."""

    kind: str
    title: str
    days: int
    since: date
    source: str
    decided_by: str


def load_rules(own: str = "") -> dict[str, tuple[Rule, ...]]:
    """Kind → its rules by date. `own`: TOML of a program, whose kinds have its rules only. Raises BadRules."""
    shipped = files("posada.retention").joinpath("rules.toml").read_text(encoding="utf-8")
    return {**_read(shipped), **(_read(own) if own else {})}


def _read(text: str) -> dict[str, tuple[Rule, ...]]:
    try:
        rows = tomllib.loads(text).get("rules", [])
    except tomllib.TOMLDecodeError as error:
        raise BadRules(f"The rules of retention are no TOML: {error}.") from None
    found: dict[str, list[Rule]] = {}
    for row in rows:
        rule = _rule(row)
        found.setdefault(rule.kind, []).append(rule)
    return {kind: tuple(sorted(rules, key=lambda each: each.since)) for kind, rules in found.items()}


def _rule(row: object) -> Rule:
    if not isinstance(row, dict) or set(row) != set(FIELDS):
        raise BadRules(f"A rule of retention has exactly these fields: {', '.join(FIELDS)}.")
    for name, kind in FIELDS.items():
        if type(row[name]) is not kind:
            raise BadRules(f"A rule of retention: {name} is no {kind.__name__}.")
    if row["kind"] not in KINDS:
        raise BadRules(f"A rule of retention is about one of {', '.join(KINDS)}, not {row['kind']}.")
    if not 1 <= row["days"] <= 36_500:
        raise BadRules("A rule of retention has between 1 and 36,500 days.")
    if not row["source"].strip() or not row["decided_by"].strip():
        raise BadRules("A rule of retention says its source and who decided it.")
    return Rule(row["kind"], row["title"], row["days"], row["from"], row["source"], row["decided_by"])
