"""Read the files of legal rules, strictly: TOML text to `LegalRule`. An unknown word is an error.

Comes in: the TOML files under `legal/`. Goes out: `LegalRulebook`. Nothing is decided here.
Docs: docs/reference/legal-rules.md. Tests: tests/rulebook/test_legal_files.py.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib import resources
from typing import Any

from posada.rulebook.legal_rule import (
    AS_OF_DATE,
    CONFIDENCES,
    KINDS,
    ROLLS,
    STATUSES,
    TRIGGER_DATE,
    UNITS,
    BadRuleFile,
    Holiday,
    LegalRule,
    LegalRulebook,
    Period,
    RuleVersion,
)

SCHEMA = "posada-legal-rules/1"
_FOLDER = "legal"
_TEXTS = (
    *("trigger", "trigger_note", "decided_by", "adds_days_of", "follows", "stays_removal_on"),
    *("decision_order", "effect", "consequence", "notes"),
)
_LISTS = ("predicate_words", "exceptions", "tolling", "area")
_RULE_KEYS = {
    *("id", "title", "kind", "authority", "versions", "recurs", "starts_from", "roll", "limits"),
    *("status_words", "observed", "holidays", *_TEXTS, *_LISTS),
}
_VERSION_DAYS = ("effective_from", "effective_to", "known_from", "known_to", "signed_off_on")
_VERSION_KEYS = {
    *("applies_by", "period", "minus_days", "roll", "amount", "waivable", "status", "known", "confidence"),
    *("operative_alternative", "signed_off_by", *_VERSION_DAYS),
}
_HOLIDAY_KEYS = {"name", "rule", "from_year", "from_date"}


@lru_cache
def load_legal_rules() -> LegalRulebook:
    """Every shipped legal rule. Raises BadRuleFile if a file is damaged or an id stands twice."""
    folder = resources.files("posada.rulebook").joinpath(_FOLDER)
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda f: f.name)
    rules: dict[str, LegalRule] = {}
    for file in files:
        for rule in parse_legal_rules(file.read_text(encoding="utf-8"), where=file.name):
            if rule.rule_id in rules:
                raise BadRuleFile(f"{file.name}: rule {rule.rule_id} stands in another file too.")
            rules[rule.rule_id] = rule
    return LegalRulebook(rules)


def parse_legal_rules(text: str, *, where: str) -> tuple[LegalRule, ...]:
    """TOML text to rules; `where` names the file in messages. Raises BadRuleFile."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRuleFile(f"{where}: not readable as TOML ({error}).") from error
    _only(table, {"schema", "title", "source", "checked_by", "rules"}, where=where)
    if table.get("schema") != SCHEMA:
        raise BadRuleFile(f"{where}: schema must be {SCHEMA!r}.")
    raw_rules = table.get("rules")
    if not isinstance(raw_rules, list) or not raw_rules:
        raise BadRuleFile(f"{where}: 'rules' must be a list of [[rules]] tables.")
    source = _text(table, "source", where=where)
    checked_by = _text(table, "checked_by", where=where)
    rules = tuple(_rule(raw, where=where, source=source, checked_by=checked_by) for raw in raw_rules)
    ids = [rule.rule_id for rule in rules]
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise BadRuleFile(f"{where}: rule {rule_id} is given twice.")
    return rules


def _rule(raw: Mapping[str, Any], *, where: str, source: str, checked_by: str) -> LegalRule:
    rule_id = _text(raw, "id", where=where)
    here = f"{where}, rule {rule_id}"
    _only(raw, _RULE_KEYS, where=here)
    kind = _choice(raw, "kind", KINDS, where=here)
    versions = raw.get("versions")
    if not isinstance(versions, list) or not versions:
        raise BadRuleFile(f"{here}: it needs at least one version.")
    words: dict[str, Any] = {key: _text(raw, key, where=here, optional=True) for key in _TEXTS}
    lists: dict[str, Any] = {key: _texts(raw, key, where=here) for key in _LISTS}
    applies = AS_OF_DATE if raw.get("trigger") == "birth" else TRIGGER_DATE
    return LegalRule(
        rule_id=rule_id,
        title=_text(raw, "title", where=here),
        kind=kind,
        authority=_texts(raw, "authority", where=here, filled=True),
        versions=tuple(
            _version(each, rule_id, number, applies=applies, checked_by=checked_by, where=here)
            for number, each in enumerate(versions, start=1)
        ),
        recurs=_boolean(raw, "recurs", where=here) or False,
        starts_from=_choice(raw, "starts_from", ("raw", "rolled"), where=here, default="raw"),
        roll=_choice(raw, "roll", ROLLS, where=here, default=""),
        limits=_table(raw, "limits", int, where=here),
        status_words=_table(raw, "status_words", str, where=here),
        observed=_table(raw, "observed", str, where=here),
        holidays=tuple(_holiday(each, where=here) for each in raw.get("holidays", [])),
        source=source,
        **words,
        **lists,
    )


def _version(
    raw: Mapping[str, Any], rule_id: str, number: int, *, applies: str, checked_by: str, where: str
) -> RuleVersion:
    here = f"{where}, version {number}"
    _only(raw, _VERSION_KEYS, where=here)
    known = _day(raw, "known", where=here)
    if known is None:
        raise BadRuleFile(f"{here}: known (the day it was checked) is missing.")
    return RuleVersion(
        rule_id=rule_id,
        number=number,
        status=_choice(raw, "status", STATUSES, where=here),
        known=known,
        confidence=_choice(raw, "confidence", CONFIDENCES, where=here),
        checked_by=checked_by,
        applies_by=_choice(raw, "applies_by", (TRIGGER_DATE, AS_OF_DATE), where=here, default=applies),
        period=_period(raw, "period", where=here),
        minus_days=_count(raw, "minus_days", where=here) or 0,
        roll=_choice(raw, "roll", ROLLS, where=here, default="none"),
        amount=_count(raw, "amount", where=here),
        waivable=_boolean(raw, "waivable", where=here),
        operative_alternative=_period(raw, "operative_alternative", where=here),
        signed_off_by=_text(raw, "signed_off_by", where=here, optional=True) or None,
        **{key: _day(raw, key, where=here) for key in _VERSION_DAYS},
    )


def _holiday(raw: Mapping[str, Any], *, where: str) -> Holiday:
    _only(raw, _HOLIDAY_KEYS, where=where)
    return Holiday(
        name=_text(raw, "name", where=where),
        day=_text(raw, "rule", where=where),
        from_year=_count(raw, "from_year", where=where),
        from_date=_day(raw, "from_date", where=where),
    )


def _only(raw: object, keys: set[str], *, where: str) -> None:
    if not isinstance(raw, dict):
        raise BadRuleFile(f"{where}: a table was wanted.")
    unknown = sorted(set(raw) - keys)
    if unknown:
        raise BadRuleFile(f"{where}: {', '.join(unknown)} is not a word of these files.")


def _text(raw: Mapping[str, Any], key: str, *, where: str, optional: bool = False) -> str:
    found = raw.get(key, "")
    if not isinstance(found, str) or not (optional or found.strip()):
        raise BadRuleFile(f"{where}: {key} must be a text that is not empty.")
    return found


def _texts(raw: Mapping[str, Any], key: str, *, where: str, filled: bool = False) -> tuple[str, ...]:
    found = raw.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, str) and each.strip() for each in found):
        raise BadRuleFile(f"{where}: {key} must be a list of texts.")
    if filled and not found:
        raise BadRuleFile(f"{where}: {key} must name at least one source.")
    return tuple(found)


def _choice(
    raw: Mapping[str, Any], key: str, choices: tuple[str, ...], *, where: str, default: str | None = None
) -> str:
    found = raw.get(key, default)
    if found == default and default is not None:
        return default
    if found not in choices:
        raise BadRuleFile(f"{where}: {key} must be one of {', '.join(choices)}.")
    return str(found)


def _day(raw: Mapping[str, Any], key: str, *, where: str) -> date | None:
    found = raw.get(key)
    if found is None:
        return None
    if isinstance(found, datetime) or not isinstance(found, date):
        raise BadRuleFile(f"{where}: {key} must be a date such as 2018-10-01.")
    return found


def _count(raw: Mapping[str, Any], key: str, *, where: str) -> int | None:
    found = raw.get(key)
    if found is not None and (isinstance(found, bool) or not isinstance(found, int) or found < 0):
        raise BadRuleFile(f"{where}: {key} must be a whole number, not negative.")
    return found


def _boolean(raw: Mapping[str, Any], key: str, *, where: str) -> bool | None:
    found = raw.get(key)
    if found is not None and not isinstance(found, bool):
        raise BadRuleFile(f"{where}: {key} must be true or false.")
    return found


def _period(raw: Mapping[str, Any], key: str, *, where: str) -> Period | None:
    found = raw.get(key)
    if found is None:
        return None
    _only(found, {"number", "unit"}, where=f"{where}, {key}")
    number = _count(found, "number", where=f"{where}, {key}")
    if number is None:
        raise BadRuleFile(f"{where}, {key}: number is missing.")
    return Period(number, _choice(found, "unit", UNITS, where=f"{where}, {key}"))


def _table(raw: Mapping[str, Any], key: str, kind: type, *, where: str) -> dict[str, Any]:
    found = raw.get(key, {})
    if not isinstance(found, dict) or not all(type(each) is kind for each in found.values()):
        raise BadRuleFile(f"{where}: {key} must be a table of {'numbers' if kind is int else 'texts'}.")
    return dict(found)
