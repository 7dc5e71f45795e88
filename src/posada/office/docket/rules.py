"""The rules and the practice that this office computes with, and which of them a child's own birth starts.

Comes in: the shipped files. Goes out: one rulebook, its ids by kind, and the rules of a state.
Docs: docs/reference/legal-rules.md. Tests: tests/office/docket/test_rules.py.
"""

from datetime import date
from functools import lru_cache

from posada.docket.practice import Practice, shipped_practice
from posada.office.program import settings_of_program
from posada.rulebook.legal_files import load_legal_rules
from posada.rulebook.legal_rule import LegalRulebook

LIMITS = ("deadline_after", "deadline_before", "age_limit")
"""Kinds whose day is a last day to act: overdue once it is over."""
BIRTH, OF_HOMES, OF_MARYLAND = "birth", "home.", ("md.", "sij.md_")
ADDRESS = "eoir.address_court"
PASSES = ("window_opens", "age", "date")
"""Kinds of which nothing is left to be done once their day is over."""


def book() -> LegalRulebook:
    """Every legal rule."""
    return load_legal_rules()


def practice() -> Practice:
    """The program's own practice."""
    return shipped_practice()


@lru_cache
def ids_of(*kinds: str) -> frozenset[str]:
    """The ids of the rules of some kinds."""
    return frozenset(name for name, rule in book().rules.items() if rule.kind in kinds)


def for_this_state(rule_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some rules that hold where the program is: a state's own rules only in that state."""
    settings = settings_of_program()
    here = settings.state.upper() in ("MD", "MARYLAND") or (
        not settings.state and settings.policy == "maryland"
    )
    return tuple(each for each in rule_ids if here or not each.startswith(OF_MARYLAND))


def has_passed(rule_id: str, day: date | None, *, on: date) -> bool:
    """Whether a window has opened or a day has come and gone, so that nothing is to be done any more."""
    return day is not None and day < on and rule_id in ids_of(*PASSES)


def of_birth() -> tuple[str, ...]:
    """The rules that a child's birth starts here; those about adults of a household are not a child's."""
    found = (each.rule_id for each in book().by_trigger.get(BIRTH, ()))
    return for_this_state(tuple(each for each in found if not each.startswith(OF_HOMES)))
