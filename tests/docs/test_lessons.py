"""The page of lessons names tests that are there, and says of what it does not show that it is not kept."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "what-people-were-hurt-by.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_each_named_test_is_there() -> None:
    named = NAMED.findall(PAGE)
    assert len(named) > 100
    for path, name in named:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"^\s*(async )?def {name}\(", text, re.MULTILINE), f"{path}::{name}"


def test_a_line_without_a_test_says_that_it_is_not_kept() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("| ") and "---" not in line]
    lessons = [line for line in lines if "what hurt" not in line]
    assert len(lessons) > 50
    assert all(NAMED.search(line) or "Not kept:" in line for line in lessons)
