"""Counsel's sign-off of a rule version, recorded beside the files: it lapses when the version changes.

Comes in: a `LegalRulebook` and sign-offs. Goes out: the rulebook with their marks, and the stale ones.
Docs: docs/reference/legal-rules.md. Tests: tests/rulebook/test_sign_off.py.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from posada.rulebook.legal_rule import LegalRule, LegalRulebook, RuleVersion


@dataclass(frozen=True, slots=True)
class SignOff:
    """A named lawyer confirms one version of one rule, as it read on the day."""

    version: str  # such as eoir.bia_appeal#2
    digest: str  # of what was confirmed
    by: str
    on: date


def version_digest(rule: LegalRule, version: RuleVersion) -> str:
    """What a sign-off binds to: everything that the version says, and the rule's authorities and notes."""
    said = replace(version, signed_off_by=None, signed_off_on=None)
    text = repr(
        (rule.title, rule.kind, rule.trigger, rule.authority, rule.notes, sorted(rule.limits.items()))
    )
    return hashlib.sha256(f"{text}{said!r}".encode()).hexdigest()


def with_sign_offs(
    book: LegalRulebook, sign_offs: Iterable[SignOff]
) -> tuple[LegalRulebook, tuple[SignOff, ...]]:
    """The rulebook with every sign-off that still fits, and those that fit nothing any more."""
    by_version = {each.version: each for each in sign_offs}
    used: set[str] = set()
    rules = {}
    for rule_id, rule in book.rules.items():
        versions = []
        for version in rule.versions:
            given = by_version.get(version.name)
            if given is not None and given.digest == version_digest(rule, version) and given.by.strip():
                used.add(version.name)
                version = replace(version, signed_off_by=given.by, signed_off_on=given.on)
            versions.append(version)
        rules[rule_id] = replace(rule, versions=tuple(versions))
    stale = tuple(each for name, each in sorted(by_version.items()) if name not in used)
    return LegalRulebook(rules), stale
