"""The table of the office says what was asked, what was measured, and where it did not hold."""

from office_table import office_section

BASE = {"part": "office", "instance": "sqlite", "children": 100}


def test_nothing_measured_says_nothing() -> None:
    assert list(office_section([])) == []


def test_the_slowest_page_is_named_beside_what_was_asked() -> None:
    rows = [
        BASE | {"name": "page", "method": "auditor", "pages": "/log/", "median_ms": 12.0, "queries": 9},
        BASE | {"name": "page", "method": "x", "pages": "/plan/", "median_ms": 301.5, "queries": 30},
        BASE | {"name": "import", "seconds": 120.0, "rss_mib": 300, "load": 1.25},
    ]
    told = list(office_section(rows))
    assert "| slowest page, median | ≤ 300 ms | SQLite | 301.5 ms (`/plan/`) | **no** |" in told
    assert "| most queries of a page | ≤ 30  | SQLite | 30  (`/plan/`) | yes |" in told
    assert "| import | SQLite | 120.0 | 300 | 1.2 |" in told


def test_fifty_at_once_stand_by_database() -> None:
    row = BASE | {"instance": "postgresql", "name": "at once", "people": 50, "requests": 1000, "errors": 0}
    row |= {"median_ms": 40, "p95_ms": 900, "p99_ms": 1500, "web_and_worker_mib": 500}
    crowd = row | {"people": 200, "p95_ms": 9_000, "office_seconds": 20.0, "database_seconds": 5.5}
    told = list(office_section([row, crowd]))
    assert "| PostgreSQL | 50 | 1,000 | 0 | 40 ms | 900 ms | 1,500 ms |  | 500 |  |" in told
    assert "| PostgreSQL | 200 | 1,000 | 0 | 40 ms | 9,000 ms | 1,500 ms | 26 ms | 500 |  |" in told
    assert "| fifty at once: 95 % within | ≤ 1000 ms | PostgreSQL | 900 ms | yes |" in told


def test_three_times_the_busiest_hour_is_held_against_its_promise() -> None:
    row = BASE | {"name": "busiest hour", "crowd": 150, "wrong": 0, "docket_p95_ms": 900}
    told = list(office_section([row | {"while_planning_p95_ms": 2100}]))
    assert "| three times the busiest hour: wrong answers | ≤ 0  | SQLite | 0  | yes |" in told
    assert "| … the docket's pages: 95 % within | ≤ 2000 ms | SQLite | 900 ms | yes |" in told
    assert "| … while a plan is solved: 95 % within | ≤ 2000 ms | SQLite | 2,100 ms | **no** |" in told
