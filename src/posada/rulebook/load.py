"""Read policy files: TOML text to rules with their dates and sources.

Comes in: the TOML files under `policies/`. Goes out: `PolicyFile`. Nothing is decided here.
Docs: docs/reference/rules.md. Tests: tests/rulebook/test_load.py.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib import resources

from posada.rulebook.rule import BadPolicyFile, DatedValue, PolicyFile, Rule, RuleValue, UnknownPolicy

_FOLDER = "policies"


@lru_cache
def shipped_policies() -> tuple[str, ...]:
    """Names of the policies that come with Posada, sorted.

    >>> shipped_policies()
    ('federal', 'maryland')
    """
    folder = resources.files("posada.rulebook").joinpath(_FOLDER)
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@lru_cache
def load_policy(name: str) -> PolicyFile:
    """The shipped policy file of this name. Raises UnknownPolicy; BadPolicyFile if the file is damaged."""
    if name not in shipped_policies():
        raise UnknownPolicy(name, shipped=shipped_policies())
    file = resources.files("posada.rulebook").joinpath(_FOLDER, f"{name}.toml")
    return parse_policy(file.read_text(encoding="utf-8"), where=f"{name}.toml")


def parse_policy(text: str, *, where: str) -> PolicyFile:
    """TOML text to a `PolicyFile`; `where` names the file in messages. Raises BadPolicyFile."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPolicyFile(f"{where}: not readable as TOML ({error}).") from error
    raw_rules = table.get("rules", [])
    if not isinstance(raw_rules, list):
        raise BadPolicyFile(f"{where}: 'rules' must be a list of [[rules]] tables.")
    return PolicyFile(
        name=_text(table, "name", where=where),
        title=_text(table, "title", where=where),
        rules=tuple(_rule(raw, where=where) for raw in raw_rules),
    )


def _rule(raw: Mapping[str, object], *, where: str) -> Rule:
    rule_id = _text(raw, "id", where=where)
    here = f"{where}, rule {rule_id}"
    values = raw.get("values", [])
    if not isinstance(values, list):
        raise BadPolicyFile(f"{here}: 'values' must be a list.")
    dated = [_dated(value, where=here) for value in values]
    return Rule(
        rule_id=rule_id,
        title=_text(raw, "title", where=here),
        unit=_text(raw, "unit", where=here),
        values=tuple(sorted(dated, key=lambda v: v.known_from or date.min)),
        applies_to=_text(raw, "applies_to", where=here, optional=True),
        notes=_text(raw, "notes", where=here, optional=True),
    )


def _dated(raw: object, *, where: str) -> DatedValue:
    if not isinstance(raw, dict) or "value" not in raw:
        raise BadPolicyFile(f"{where}: every entry of 'values' needs a value.")
    checked_on = _day(raw, "checked_on", where=where)
    if checked_on is None:
        raise BadPolicyFile(f"{where}: checked_on is missing.")
    return DatedValue(
        value=_value(raw["value"], where=where),
        source=_text(raw, "source", where=where),
        checked_on=checked_on,
        checked_by=_text(raw, "checked_by", where=where),
        known_from=_day(raw, "from", where=where),
        known_until=_day(raw, "until", where=where),
    )


def _value(raw: object, *, where: str) -> RuleValue:
    if isinstance(raw, bool | int | str):
        return raw
    if isinstance(raw, list) and all(isinstance(entry, str) for entry in raw):
        return tuple(raw)
    raise BadPolicyFile(f"{where}: a value is a whole number, true or false, a text, or a list of texts.")


def _text(raw: Mapping[str, object], key: str, *, where: str, optional: bool = False) -> str:
    found = raw.get(key, "")
    if not isinstance(found, str) or not (optional or found.strip()):
        raise BadPolicyFile(f"{where}: {key} must be a text that is not empty.")
    return found


def _day(raw: Mapping[str, object], key: str, *, where: str) -> date | None:
    found = raw.get(key)
    if found is None:
        return None
    if isinstance(found, datetime) or not isinstance(found, date):
        raise BadPolicyFile(f"{where}: {key} must be a date such as 2018-10-01.")
    return found
