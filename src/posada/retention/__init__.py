"""How long what the office keeps may be kept: dated rules, and what is due to be erased on a day."""

from posada.retention.due import Due, Over, due_on
from posada.retention.rules import BadRules, Rule, load_rules

__all__ = ["BadRules", "Due", "Over", "Rule", "due_on", "load_rules"]
