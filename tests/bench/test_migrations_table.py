"""The section on changes of tables adds up the seconds, and names the slowest change and the longest lock."""

from typing import Any

from migrations_table import migrations_section


def row(name: str, seconds: float, database: str, **more: Any) -> dict[str, Any]:
    kept = {"part": "migrations", "name": name, "seconds": seconds, "instance": database}
    return {**kept, "children": 60_000, "load": 2.0, **more}


def test_each_database_has_its_sum_and_its_longest_lock() -> None:
    rows = [
        row("one", 200.0, "sqlite"),
        row("two", 110.0, "sqlite"),
        row("one", 20.0, "postgresql", locked="", locked_seconds=0.0),
        row("two", 11.0, "postgresql", locked="intake_child", locked_seconds=3.5),
    ]
    text = "\n".join(migrations_section(rows))
    assert "| 60,000 | SQLite | 2 | 310 s | ≤ 300 s | **no** | the whole file, 200.0 s |" in text
    assert "| 60,000 | PostgreSQL | 2 | 31 s | ≤ 300 s | yes | `intake_child`, 3.5 s |" in text
    assert text.index("| 60,000 | SQLite | `one` | 200.0") < text.index("| 60,000 | SQLite | `two` | 110.0")


def test_without_rows_there_is_no_section() -> None:
    assert list(migrations_section([{"part": "office", "name": "import"}])) == []
