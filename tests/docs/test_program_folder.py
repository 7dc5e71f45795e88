"""The page of the program folder names every file, column, code and key that the code knows."""

import re
from pathlib import Path

import pytest

from posada.cli.sentences import REASON_WORDS
from posada.placement.plan import LEVEL_SENSE
from posada.programme import tables, write
from posada.rulebook import shipped_policies
from tests.programme.test_plan_summary import KEYS

DOCS = Path(__file__).parent.parent.parent / "docs"
FOLDER = (DOCS / "reference" / "program-folder.md").read_text(encoding="utf-8")
RULES = (DOCS / "reference" / "rules.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", tables.TABLES)
def test_every_column_of_a_file_is_named_and_marked_if_it_must_be_there(file: str) -> None:
    row = next((line for line in FOLDER.splitlines() if line.startswith(f"| `{file}`")), None)
    text = row or FOLDER.partition(f"### {file}\n")[2].partition("\n### ")[0]
    assert text
    for column in tables.TABLES[file].columns:
        assert re.search(rf"\b{column.name}\b", text), column.name
        assert (f"**{column.name}**" in text) == column.required, column.name


def test_every_column_of_the_output_is_named() -> None:
    output = FOLDER.partition("## Output")[2]
    for columns in (
        write.PLACEMENT_COLUMNS,
        write.UNPLACED_COLUMNS,
        write.UNREPRESENTED_COLUMNS,
        write.REJECTED_COLUMNS,
        write.RECRUIT_COLUMNS,
    ):
        for column in columns:
            assert re.search(rf"\b{column}\b", output), column


def test_every_key_of_the_summary_is_named() -> None:
    table = FOLDER.partition("### summary.json")[2]
    assert [key for key in (*KEYS, "peak_rss_mb") if f"`{key}`" not in table] == []


def test_every_reason_policy_and_level_is_named() -> None:
    assert [code for code in REASON_WORDS if f"`{code}`" not in RULES] == []
    assert [name for name in shipped_policies() if f"| `{name}` |" not in RULES] == []
    objective = (DOCS / "explanation" / "objective.md").read_text(encoding="utf-8")
    numbered = re.findall(r"^\| (\d) \| `(\w+)` \| (more|less) \|", objective, flags=re.MULTILINE)
    senses = {"max": "more", "min": "less"}
    assert [row[1:] for row in numbered] == [(name, senses[sense]) for name, sense in LEVEL_SENSE.items()]
