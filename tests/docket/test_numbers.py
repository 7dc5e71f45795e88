"""No number of the law stands in the code of the docket."""

import ast
from pathlib import Path

import pytest

from tests.docket.made import BOOK

SOURCE = Path(__file__).parents[2] / "src" / "posada" / "docket"
MODULES = sorted(SOURCE.glob("*.py"))
SMALLEST = 8
"""Smaller numbers are months, weekdays and counts as often as law."""


def legal_numbers() -> set[int]:
    """Every period, amount and limit of the shipped rules."""
    found: set[int] = set()
    for rule in BOOK.rules.values():
        found |= set(rule.limits.values())
        for version in rule.versions:
            found |= {period.number for period in (version.period, version.operative_alternative) if period}
            found |= {version.amount or 0}
    return {number for number in found if number >= SMALLEST}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_no_number_of_the_law_stands_in_code(module: Path) -> None:
    assert {10, 18, 21, 30, 90, 180} <= legal_numbers()
    tree = ast.parse(module.read_text(encoding="utf-8"))
    numbers = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is int
    }
    assert numbers & legal_numbers() == set()
