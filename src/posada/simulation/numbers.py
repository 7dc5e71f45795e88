"""The numbers of a simulated year: how long placements last, how often prices are solved, caps a week.

Comes in: `numbers.toml`, and text of the same form that replaces some of it. Goes out: `Numbers`.
Docs: docs/how-to/simulate-a-year.md. Tests: tests/simulation/test_numbers.py.
"""

from dataclasses import asdict, dataclass, fields
from datetime import date
from importlib import resources

from posada.rulebook import BadPolicyFile
from posada.rulebook.load import parse_policy
from posada.rulebook.resolve import resolve_rule


@dataclass(frozen=True, slots=True)
class Numbers:
    """See `numbers.toml` for the unit and the source of each."""

    placement_days: int
    resolve_days: int
    forecast_years: int
    arrival_shift_days: int
    homes_per_worker: int
    wait_days: int = 0
    county_week_children: int = 0
    worker_week_children: int = 0
    counsel_week_groups: int = 0

    def told(self) -> dict[str, int]:
        """Name -> number."""
        return asdict(self)


_AT_LEAST_ONE = ("placement_days", "resolve_days", "forecast_years", "homes_per_worker")
_MOST = 36_500


def shipped_numbers(*, on: date, changes: str | None = None, where: str = "numbers") -> Numbers:
    """The numbers that stand on a day. `changes`: TOML text of the same form, read first; `where` names it.

    Raises BadPolicyFile (a text that is no such file, a name not known, a number out of bounds) and RuleGap.
    """
    text = resources.files("posada.simulation").joinpath("numbers.toml").read_text(encoding="utf-8")
    found = _values(text, on=on, where="numbers.toml")
    if changes is not None:
        found |= _values(changes, on=on, where=where)
    return Numbers(**found)


def _values(text: str, *, on: date, where: str) -> dict[str, int]:
    known = {entry.name for entry in fields(Numbers)}
    found = {}
    for rule in parse_policy(text, where=where).rules:
        if rule.rule_id not in known:
            raise BadPolicyFile(f"{where}: {rule.rule_id} is not known. Known: {', '.join(sorted(known))}.")
        value = resolve_rule(rule, on=on).value
        least = 1 if rule.rule_id in _AT_LEAST_ONE else 0
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _MOST:
            raise BadPolicyFile(f"{where}: {rule.rule_id} must be a whole number from {least} to {_MOST:,}.")
        found[rule.rule_id] = value
    return found
