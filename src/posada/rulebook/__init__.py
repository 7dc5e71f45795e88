"""Dated rules and policies: the numbers of the hard rules are data with citations, not code."""

from posada.rulebook.changed import policy_of
from posada.rulebook.load import load_policy, shipped_policies
from posada.rulebook.policy import Policy
from posada.rulebook.resolve import RuleSource, policy_sources, resolve_policy, resolve_rule
from posada.rulebook.rule import BadPolicyFile, DatedValue, PolicyFile, Rule, RuleGap, UnknownPolicy

__all__ = [
    "BadPolicyFile",
    "DatedValue",
    "Policy",
    "PolicyFile",
    "Rule",
    "RuleGap",
    "RuleSource",
    "UnknownPolicy",
    "load_policy",
    "policy_of",
    "policy_sources",
    "resolve_policy",
    "resolve_rule",
    "shipped_policies",
]
